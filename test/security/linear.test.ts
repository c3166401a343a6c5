import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

/** What would be tried in two to the power of its length ways by an engine that goes back. */
const evil = '(a+)+$';
const long = `${'a'.repeat(500_000)}b`;
const nowMs = Date.UTC(2026, 10, 20, 15, 30);
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs });
  endpoint.store.createGroup('/g');
  endpoint.store.createGroup('/put');
  endpoint.store.seedEvents('/g', 's', [
    { timestamp: nowMs - 60_000, message: long },
    { timestamp: nowMs - 50_000, message: 'last' },
  ]);
});
afterAll(() => endpoint.close());

const digits = '1'.repeat(500_000);
const spaces = ' '.repeat(500_000);

// Where time is not linear, none of these comes to its end within the time of a test.
test.each<[string[], string, string?]>([
  [['fetch', '/g', '--start', '1h', '-g', evil, '-g', 'last'], 'last\n'],
  [['fetch', '/g', '--start', '1h', '-v', evil, '-v', 'b$'], 'last\n'],
  [['fetch', '/g', '--start', '1h', '--multiline', evil, '--format', '{time:HH}', '--where', 'x~(a+)+$'], ''],
  [['fetch', '/g', '--start', '1h', '--multiline', evil, '--format', '{time:HH}'], '15\n15\n'],
  [['fetch', '/g', '--start', '1h', '--filter', '%(a+)+$%', '--no-check'], ''],
  [['tail', '/g', '--no-follow', '-g', evil, '-n', '3'], ''],
  [['tail', '/g', '--start', '1h', '--until-match', `${evil}|last`], `${long}\nlast\n`],
  [['tail', '/g', '--start', '1h', '--fail-on', `${evil}|last`], `${long}\nlast\n`],
  [['pattern', '%a+a+a+$%', '--count'], '0\n', `${long}\n`],
  [['pattern', '{ $.x = %a+a+$% }', '--count'], '0\n', `{"x":"${long}"}\n`],
  [['put', '/put', 's', '--multiline', evil], '', `${long}\n`],
  [['put', '/put', 's', '--json-time', 'time'], '', `{"time":"${digits}"}\n{"time":"${spaces}x"}\n`],
  [
    ['put', '/put', 's', '--time-format', 'yyyy-MM-dd HH:mm:ss.SSS'],
    '',
    `${digits}\n${'1111-11-11 11:'.repeat(30_000)}\n`,
  ],
  [['put', '/put', 's', '--time-format', 'MMM d h:mm a'], '', `${spaces}x\n${'Nov 1 '.repeat(80_000)}\n`],
  [['put', '/put', '--from-json'], '', `${spaces}{"timestamp":1795188600000,"message":"x","stream":"s"}\n`],
])('%j', async (argv, stdout, line) => {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin: line === undefined ? [] : [line] });
  await main(argv, io);
  expect(io.stdout.text() === stdout, io.stdout.text().slice(0, 100) + io.stderr.text().slice(0, 300)).toBe(true);
});

test('what is said of a long value is short', async () => {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  for (const value of [
    digits,
    spaces,
    `http://${'a'.repeat(500_000)}`,
    '://a'.repeat(100_000),
    'x-amz-signature='.repeat(40_000),
  ]) {
    await main(['fetch', '/g', '--start', value], io);
    await main(['fetch', value, '--start', '1h'], io);
  }
  expect(io.stderr.text().length).toBeLessThan(20_000);
});
