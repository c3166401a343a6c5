import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const commands = [
  ['fetch', '/app'],
  ['histogram', '/app'],
  ['trace', 'id', '/app'],
  ['export', '/app', 's3://logs/a'],
  ['query', 'fields @message', '--group', '/app'],
];
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 2 } });
  endpoint.store.createGroup('/app');
  const events = Array.from({ length: 40 }, (_, at) => ({ timestamp: nowMs - 1_000 + at, message: `line ${at}` }));
  endpoint.store.seedEvents('/app', 's', events);
});
afterAll(() => endpoint.close());

async function run(argv: readonly string[], io = newIo()) {
  const exitCode = await main(argv, io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

function newIo(atMs = nowMs): MemoryIo {
  return memoryIo({ env: endpointEnv(endpoint), nowMs: atMs });
}

test.each(commands)('%s %s: a day that is not over ends now, about which there is nothing to say', async (...argv) => {
  const { exitCode, stdout, stderr } = await run([...argv, '--on', 'today', '--tz', 'Asia/Tokyo', '--dry-run']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ start: '2026-11-20T15:00:00.000Z', end: '2026-11-20T15:30:00.000Z' });
});

test.each(commands)('%s %s: an end in the future stays, and it is said once', async (...argv) => {
  const { exitCode, stdout, stderr } = await run([...argv, '--start', '1h', '--end', '+1h', '--utc', '--dry-run']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr:
      'cwlogs: --end "+1h" reaches into the future, to 2026-11-20 16:30:00 UTC: what comes until then is not in it\n',
  });
  expect(JSON.parse(stdout)).toMatchObject({ end: '2026-11-20T16:30:00.000Z' });
});

test.each([
  [['--around', 'now'], 'cwlogs: --around "now" reaches into the future, to 2026-11-20 15:31:00 UTC: what comes'],
  [['--start', '1h', '--until', 'today'], 'cwlogs: --end "today" reaches into the future, to 2026-11-21 00:00:00 UTC'],
])('%j is said too', async (range, words) => {
  const { stderr } = await run(['fetch', '/app', '--utc', ...range, '--dry-run']);
  expect(stderr).toContain(words);
});

test('--quiet leaves it out', async () => {
  expect((await run(['fetch', '/app', '--end', '+1h', '--quiet', '--dry-run'])).stderr).toBe('');
});

test('an interrupted download of today goes on to where it was to end at first', async () => {
  const path = join(temporaryFolder(), 'x.log');
  const argv = ['fetch', '/app', '--on', 'today', '--utc', '--manifest', '--concurrency', '1', '-o', path];
  const io = newIo();
  const running = main(argv, io);
  while ((endpoint.requests.get('FilterLogEvents') ?? 0) < 5) await setImmediate();
  io.interrupt('SIGINT');
  expect(await running).toBe(130);
  const tomorrowMs = nowMs + 86_400_000;
  expect(await run([...argv, '--resume'], newIo(tomorrowMs))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'cwlogs: complete: 40 events, 1 file\n',
  });
  expect(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8'))).toMatchObject({
    start: '2026-11-20T00:00:00.000Z',
    end: '2026-11-20T15:30:00.000Z',
  });
});
