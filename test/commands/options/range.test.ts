import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addGlobalOptions } from '../../../src/commands/options/global.js';
import { addRangeOptions, addZoneOptions, rangeFlags } from '../../../src/commands/options/range.js';
import { addStreamOptions } from '../../../src/commands/options/streams.js';

test.each<[string, object]>([
  ['', { color: 'auto' }],
  ['--profile prod --endpoint-url http://127.0.0.1:1', { profile: 'prod', endpointUrl: 'http://127.0.0.1:1' }],
  ['--region eu-west-1 --region us-east-1', { region: ['eu-west-1', 'us-east-1'] }],
  ['-q --debug --color never', { quiet: true, debug: true, color: 'never' }],
  ['--tz Europe/Berlin --utc', { tz: 'Europe/Berlin', utc: true }],
  ['-s 2h -e 1h', { start: '2h', end: '1h' }],
  ['--since 2h --until 1h', { since: '2h', until: '1h' }],
  ['--on yesterday', { on: 'yesterday' }],
  ['--around 15:00 --window 5m', { around: '15:00', window: '5m' }],
  ['--stream a --stream b', { stream: ['a', 'b'] }],
  ['--stream-prefix web/', { streamPrefix: 'web/' }],
])('"%s" is read as %j', (line, flags) => {
  const command = new Command().argument('[group...]').exitOverride();
  for (const add of [addGlobalOptions, addZoneOptions, addStreamOptions]) add(command);
  addRangeOptions(command, 'an hour ago');
  command.parse(`${line} /app`.trim().split(' '), { from: 'user' });
  expect(command.opts()).toEqual({ color: 'auto', ...flags });
  expect(command.args).toEqual(['/app']);
});

test('--since and --until are other names of --start and --end', () => {
  expect(rangeFlags({ since: '2h', until: '1h', window: '5m' })).toEqual({ start: '2h', end: '1h', window: '5m' });
  expect(rangeFlags({ start: '2h' })).toEqual({ start: '2h' });
});

test.each([
  [{ start: '2h', since: '3h' }, '--start and --since cannot be used together; leave one out'],
  [{ end: '2h', until: '3h' }, '--end and --until cannot be used together; leave one out'],
])('%j is refused', (flags, message) => {
  expect(() => rangeFlags(flags)).toThrow(message);
});
