import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const minuteMs = 60_000;
let endpoint: LocalEndpoint;
let io: MemoryIo;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 7, insights: { runningPolls: 0 } } });
  for (const [group, count] of [
    ['/prod/api', 60],
    ['/prod/worker', 30],
  ] as const) {
    endpoint.store.createGroup(group, { creationTime: nowMs - 86_400_000 });
    const events = Array.from({ length: count }, (_, at) => ({
      timestamp: nowMs - (at + 1) * minuteMs,
      message: JSON.stringify({ level: at % 10 === 0 ? 'error' : 'info', status: at % 3 === 0 ? 500 : 200 }),
    }));
    endpoint.store.seedEvents(group, 's', events.reverse());
  }
});
afterAll(() => endpoint.close());
beforeEach(() => {
  io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
});

async function counts(
  ...options: string[]
): Promise<{ start: string; count: number; counts?: Record<string, number> }[]> {
  expect(await main(['histogram', ...options, '--format', 'json'], io)).toBe(0);
  return io.stdout
    .text()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('the last hour, in bars of what fits the width, is what was logged', async () => {
  expect(await main(['histogram', '/prod/api', '/prod/worker'], io)).toBe(0);
  expect(io.stdout.text()).toMatch(/^ {6}2 ┤ +█/);
  expect(io.stdout.text()).toMatch(/\n90 events; peak 2 in 1 min from 2026-11-20 15:00:00\n$/);
  expect(io.stderr.text()).toBe('');
});

test('counts by level, group and a field of the messages, in buckets that are asked for', async () => {
  expect(await counts('/prod/api', '--by', 'level', '--bucket', '30m')).toMatchObject([
    { start: '2026-11-20T14:30:00.000Z', count: 30, counts: { error: 3, info: 27 } },
    { start: '2026-11-20T15:00:00.000Z', count: 30, counts: { error: 3, info: 27 } },
  ]);
  io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
  expect((await counts('/prod/api', '/prod/worker', '--by', 'group', '--bucket', '1d'))[0]).toMatchObject({
    counts: { '/prod/api': 60, '/prod/worker': 30 },
  });
  io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
  expect((await counts('/prod/api', '--by', 'status', '--where', 'level=error', '--bucket', '1d'))[0]).toMatchObject({
    count: 6,
    counts: { '200': 4, '500': 2 },
  });
});

test('--svg on a folder, or a device: refused before it would take its place', async () => {
  const folder = temporaryFolder();
  expect(await main(['histogram', '/prod/api', '--svg', folder], io)).toBe(2);
  expect(io.stderr.text()).toContain('is a folder; try --svg events.svg');
  expect(await main(['histogram', '/prod/api', '--svg', '/dev/null'], io)).toBe(2);
  expect(io.stderr.text()).toContain('--svg "/dev/null" is not a regular file');
});

test.each([
  ['h.png', 'h.svg'],
  ['h', 'h.svg'],
  ['h.svg.gz', 'h.svg.gz.svg'],
])('--svg %s: a picture is called what it is', async (name, better) => {
  expect(await main(['histogram', '/prod/api', '--svg', name], io)).toBe(2);
  expect(io.stderr.text()).toBe(
    `cwlogs: --svg "${name}" does not end in .svg, and that is what it would be; try --svg ${better}\n`,
  );
});

test('--svg below a file: refused before any request', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await main(['histogram', '/prod/api', '--svg', join(file, 'deep', 'h.svg')], io)).toBe(2);
  expect(io.stderr.text()).toMatch(
    /^cwlogs: --svg "[^"]+" lies below "[^"]+file", which is a file, not a folder; choose another place\n$/,
  );
});

test('--svg writes the picture, with the range as times that stay true', async () => {
  const path = join(temporaryFolder(), 'deep', 'errors.svg');
  expect(await main(['histogram', '/prod/api', '--svg', path, '--utc'], io)).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('2026-11-20 14:30 → 15:30 (UTC)');
});

test('--svg leaves a file that holds something alone, before any request; --force replaces it', async () => {
  const path = join(temporaryFolder(), 'errors.svg');
  writeFileSync(path, 'precious');
  const asked = new Map(endpoint.requests);
  expect(await main(['histogram', '/prod/api', '--svg', path], io)).toBe(2);
  expect(io.stderr.text()).toBe(`cwlogs: --svg "${path}" exists and is not empty; --force replaces it\n`);
  expect(readFileSync(path, 'utf8')).toBe('precious');
  expect(endpoint.requests).toEqual(asked);
  expect(await main(['histogram', '/prod/api', '--svg', path, '--force'], io)).toBe(0);
  expect(readFileSync(path, 'utf8')).toMatch(/^<svg/);
});

test.skipIf(process.platform === 'win32')('--svg writes into an empty file, and through a link', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'real.svg'), '');
  symlinkSync('real.svg', join(folder, 'link.svg'));
  expect(await main(['histogram', '/prod/api', '--svg', join(folder, 'link.svg')], io)).toBe(0);
  expect(lstatSync(join(folder, 'link.svg')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'real.svg'), 'utf8')).toMatch(/^<svg/);
});

test('--force without a file is refused', async () => {
  expect(await main(['histogram', '/prod/api', '--force'], io)).toBe(2);
  expect(io.stderr.text()).toBe('cwlogs: --force needs a file; add --svg <file>\n');
});

test('nothing found is said, and no picture is drawn', async () => {
  expect(await main(['histogram', '/prod/api', '--filter', 'nowhere'], io)).toBe(0);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toMatch(/no event matches/);
});

describe('--via insights', () => {
  test.each([
    [[]],
    [['--by', 'group']],
    [['--by', 'stream']],
    [['--by', 'region']],
    [['--by', 'status']],
    [['--by', '.level', '--bucket', '5m']],
    [['--start', '15:01:30.500', '--end', '15:20:00.001', '--bucket', '30s']],
    [['--tz', 'Asia/Kolkata', '--bucket', '1d', '--start', '2d']],
    [['--stream', 's*']],
  ])('%j gives the counts that reading gives', async (options) => {
    const read = await counts('/prod/api', '/prod/worker', ...options);
    io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
    expect(await counts('/prod/api', '/prod/worker', ...options, '--via', 'insights')).toEqual(read);
    expect(io.stderr.text()).toMatch(/^cwlogs: \d+ rows; [\d.]+ k?B scanned \(\d+ events\) by 1 query in \d s\n$/);
  });

  test('reads no event, and what lacks the field is of no key', async () => {
    const asked = endpoint.requests.get('FilterLogEvents');
    expect(await counts('/prod/api', '--by', 'user.id', '--via', 'insights', '--bucket', '1d')).toMatchObject([
      { counts: { '(none)': 60 } },
    ]);
    expect(endpoint.requests.get('FilterLogEvents')).toBe(asked);
  });

  test('a pattern means groups of class INFREQUENT_ACCESS too', async () => {
    endpoint.store.createGroup('/cold/a', { creationTime: nowMs - 86_400_000, logGroupClass: 'INFREQUENT_ACCESS' });
    endpoint.store.seedEvents('/cold/a', 's', [{ timestamp: nowMs - minuteMs, message: 'x' }]);
    expect(await counts('/cold/*', '--start', '15:00', '--bucket', '1h', '--via', 'insights')).toMatchObject([
      { count: 1 },
    ]);
    expect(io.stderr.text()).not.toContain('left out');
  });

  test.each(['events', '5xx', 'a-b', 'count'])(
    'the field %s counts as when it is read, empty or not',
    async (field) => {
      const group = `/fields/${field}`;
      endpoint.store.createGroup(group, { creationTime: nowMs - 86_400_000 });
      const messages = ['a', 'a', 'b', '', 7].map((value) => JSON.stringify({ [field]: value }));
      const events = [...messages, '{}'].map((message, at) => ({ timestamp: nowMs - minuteMs + at, message }));
      endpoint.store.seedEvents(group, 's', events);
      const expected = [{ counts: { a: 2, b: 1, '7': 1, '(none)': 2 } }];
      expect(await counts(group, '--by', field, '--bucket', '1h', '--start', '15:00')).toMatchObject(expected);
      io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
      const ofQuery = await counts(group, '--by', field, '--bucket', '1h', '--start', '15:00', '--via', 'insights');
      expect(ofQuery).toMatchObject(expected);
    },
  );

  test.each([
    [['--by', 'level'], '--by "level" cannot be told by a query; try --by .level'],
    [['--by', 'a`b'], '--by "a`b" is not a field of a query'],
    [['--where', 'level=error'], '--via insights excludes --filter and --where'],
    [['-g', 'x'], '--via insights excludes --grep and --exclude'],
  ])('%j is refused', async (options, message) => {
    expect(await main(['histogram', '/prod/api', '--via', 'insights', ...options], io)).toBe(2);
    expect(io.stderr.text()).toContain(message);
  });
});

describe('before any request', () => {
  test.each([
    [['--bucket', '7m'], '--bucket "7m" does not divide a day, nor is it of whole days; try --bucket 5m, 1h or 1d'],
    [
      ['--bucket', '1s', '--start', '30d'],
      '--bucket "1s" would make 2,592,000 buckets of this range; give a longer one',
    ],
    [['--format', 'png'], '--format "png" is not known; use bars, json, csv'],
  ])('%j is refused', async (options, message) => {
    const asked = endpoint.requests.get('FilterLogEvents');
    expect(await main(['histogram', '/prod/api', ...options], io)).toBe(2);
    expect(io.stderr.text()).toContain(message);
    expect(endpoint.requests.get('FilterLogEvents')).toBe(asked);
  });

  test('--dry-run prints what would be counted', async () => {
    const regions = ['--region', 'eu-west-1', '--region', 'us-west-2'];
    expect(await main(['histogram', '/prod/api', ...regions, '--dry-run'], io)).toBe(0);
    expect(JSON.parse(io.stdout.text())).toMatchObject({
      regions: ['eu-west-1', 'us-west-2'],
      startMs: nowMs - 60 * minuteMs,
      bucketMs: minuteMs,
      buckets: 60,
    });
  });
});

test('--stats says nothing of bytes, since none of the events is written', async () => {
  expect(await main(['histogram', '/prod/api', '--start', '1h', '--stats'], io)).toBe(0);
  expect(io.stderr.text()).toMatch(/^cwlogs: 60 events in \d/m);
  expect(await main(['histogram', '/prod/api', '--start', '1h', '--stats', '--format', 'json'], io)).toBe(0);
  expect(io.stderr.text()).toContain('{"events":60,"bytes":null,');
});
