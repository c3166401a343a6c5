import { expect, test } from 'vitest';
import {
  readConsoleUrl,
  readGroupOperands,
  type SelectionFlags,
} from '../../../src/commands/operands/group-operands.js';
import { memoryIo } from '../../support/memory-io.js';

const flags: SelectionFlags = { color: 'auto' };
const names = { time: ['start', 'since'], messages: ['filter', 'where'] };
const page = 'https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/api';
const search = `${page}/log-events/web$252F1$3Fstart$3D-60000$26end$3D-1000$26filterPattern$3DERROR`;

test('names are left as they are, and stdin alone', async () => {
  expect(await readGroupOperands(['/a', '/b*'], flags, names, memoryIo({ stdin: ['x\n'] }))).toEqual({
    operands: ['/a', '/b*'],
    flags,
  });
});

test('- is the names on stdin, one a line, in its place', async () => {
  const io = memoryIo({ stdin: ['/a\r\n\n /b', ' \n/c*'] });
  expect((await readGroupOperands(['/x', '-', '/y'], flags, names, io)).operands).toEqual([
    '/x',
    '/a',
    '/b',
    '/c*',
    '/y',
  ]);
});

test('nothing on stdin is refused', async () => {
  await expect(readGroupOperands(['-'], flags, names, memoryIo({ stdin: ['\n'] }))).rejects.toThrow(
    '<group> "-" finds no group on stdin; pipe names into it, one a line',
  );
});

test('a console page is its group, and what it shows besides as if it were typed', async () => {
  expect(await readGroupOperands([search], flags, names, memoryIo())).toEqual({
    operands: ['api'],
    flags: {
      color: 'auto',
      region: ['eu-west-1'],
      start: '60000ms ago',
      end: '1000ms ago',
      stream: ['web/1'],
      filter: 'ERROR',
    },
  });
});

test.each([
  [{ start: '2h' }, { start: '2h', stream: ['web/1'], filter: 'ERROR' }, '--start decides: the times of the address'],
  [{ since: '2h' }, { since: '2h', stream: ['web/1'], filter: 'ERROR' }, '--since decides: the times of the address'],
  [
    { streamPrefix: 'x' },
    { streamPrefix: 'x', start: '60000ms ago', end: '1000ms ago', filter: 'ERROR' },
    '--stream-prefix decides: the stream of the address',
  ],
  [
    { where: ['a=b'] },
    { where: ['a=b'], stream: ['web/1'], start: '60000ms ago', end: '1000ms ago' },
    '--where decides: the filter of the address',
  ],
])('%j decides over the page, and it is said', async (given, meant, notice) => {
  const io = memoryIo({ isTTY: true });
  const read = await readGroupOperands([search], { ...flags, ...given }, names, io);
  expect(read.flags).toEqual({ color: 'auto', region: ['eu-west-1'], ...meant });
  expect(io.stderr.text()).toBe(`cwlogs: ${notice} not used\n`);
});

const event = `${page}/log-events/web$3FrefEventId$3D31132629274945519779805322857203735586714454643391594505`;
const unknown = `${page}/log-events/web$3FrefEventId$3D42`;
const around = ['start', 'around'];
test.each([
  [
    event,
    around,
    {},
    { around: '2014-03-28T19:36:18.988Z' },
    'the address points at one event: 1m before and after 2014-03-28T19:36:18.988Z is read; --window reads more',
  ],
  [
    event,
    around,
    { window: '1h' },
    { around: '2014-03-28T19:36:18.988Z', window: '1h' },
    'the address points at one event: 1h before and after 2014-03-28T19:36:18.988Z is read; --window reads more',
  ],
  [
    event,
    ['start', 'last'],
    {},
    { start: '2014-03-28T19:36:18.988Z' },
    'the address points at one event: what came since 2014-03-28T19:36:18.988Z is read',
  ],
  [event, around, { start: '1h' }, { start: '1h' }, '--start decides: the times of the address not used'],
  [
    unknown,
    around,
    {},
    {},
    'the address points at one event, and its time cannot be told from it: the usual times of its stream are read',
  ],
  [unknown, around, { start: '1h' }, { start: '1h' }, undefined],
  [`${event}$26start$3D-60000`, around, {}, { start: '60000ms ago' }, undefined],
])('a page that points at an event: %s', async (url, time, given, meant, notice) => {
  const io = memoryIo({ isTTY: true });
  const read = await readGroupOperands([url], { ...flags, ...given }, { ...names, time }, io);
  expect(read.flags).toEqual({ color: 'auto', region: ['eu-west-1'], stream: ['web'], ...meant });
  expect(io.stderr.text()).toBe(notice === undefined ? '' : `cwlogs: ${notice}\n`);
});

test('what a page that points at an event stands for is said to a pipe too', async () => {
  const said = async (given: SelectionFlags): Promise<string> => {
    const io = memoryIo();
    await readGroupOperands([event], given, { ...names, time: around }, io);
    return io.stderr.text();
  };
  expect(await said(flags)).toContain('cwlogs: the address points at one event: 1m before and after');
  expect(await said({ ...flags, quiet: true })).toBe('');
  expect(await said({ ...flags, start: '1h' })).toBe('');
});

test.each([
  ['points at one event', event, {}],
  ['points at one event', unknown, {}],
  ['shows a time that has an end', search, {}],
  [undefined, event, { start: '2h' }],
  [undefined, search, { start: '2h' }],
  [undefined, `${page}/log-events/web$3Fstart$3D-60000`, {}],
])('what goes on for good and a page that %s: %s %j', async (problem, url, given) => {
  const reading = readGroupOperands([url], { ...flags, ...given }, { ...names, goesOn: true }, memoryIo());
  if (problem === undefined) return expect((await reading).operands).toEqual(['api']);
  await expect(reading).rejects.toThrow(
    `, and --follow goes on for good; leave --follow out, or say by --start where to begin`,
  );
  await expect(reading).rejects.toThrow(`<group> "${url.slice(0, 100)}`);
  await expect(reading).rejects.toThrow(problem);
});

test('what a page does not show needs no word', async () => {
  const io = memoryIo({ isTTY: true });
  await readGroupOperands([page], { ...flags, start: '2h', filter: 'x' }, names, io);
  expect(io.stderr.text()).toBe('');
});

test('another region than that of the page is refused, the same is not', async () => {
  await expect(readGroupOperands([page], { ...flags, region: ['us-east-1'] }, names, memoryIo())).rejects.toThrow(
    '--region us-east-1 and the region of the address, "eu-west-1", differ; leave --region out',
  );
  const same = await readGroupOperands([page], { ...flags, region: ['eu-west-1'] }, names, memoryIo());
  expect(same.flags.region).toEqual(['eu-west-1']);
});

test('a page beside other groups is refused', async () => {
  await expect(readGroupOperands([page, '/a'], flags, names, memoryIo())).rejects.toThrow(
    'is given beside other groups, which its stream and times are not meant for; give it alone, or the groups by name',
  );
});

test('what a command has no use for is left out of a page, and that is said', async () => {
  const io = memoryIo();
  const unused = { stream: 'all are read', filter: 'all is read' };
  const read = await readConsoleUrl([search], flags, { ...names, unused }, io);
  expect(read.flags).toEqual({ color: 'auto', region: ['eu-west-1'], start: '60000ms ago', end: '1000ms ago' });
  expect(io.stderr.text()).toBe(
    'cwlogs: the stream of the address is not used: all are read\n' +
      'cwlogs: the filter of the address is not used: all is read\n',
  );
});

test('a page that cannot be read is refused by what it was given by', async () => {
  const reading = readConsoleUrl(['https://example.com/'], flags, { ...names, flag: '--group' }, memoryIo());
  await expect(reading).rejects.toThrow('--group "https://example.com/" is not an address of the AWS console');
});
