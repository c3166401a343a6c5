import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const streams = [
  '..',
  '.',
  '../../../outside',
  '/etc/outside',
  '..\\outside',
  'C:\\outside',
  'con',
  'NUL.txt',
  'ends.',
  'ends ',
  ' ',
  'Web',
  'web',
  'a/b',
  'a_b',
  'nul\0byte',
  'line\nbreak',
  '.hidden',
  '-rf',
  '%2E%2E',
  `${'x'.repeat(511)}1`,
  `${'x'.repeat(511)}2`,
  'é'.repeat(300),
  '🙂'.repeat(200),
];
let endpoint: LocalEndpoint;
let outer: string;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 3 } });
  endpoint.store.createGroup('/app');
  for (const [at, stream] of streams.entries()) {
    const message = JSON.stringify({ stream });
    const events = [0, 1, 2, 3].map((step) => ({ timestamp: nowMs - 60_000 + at + step * 100, message }));
    endpoint.store.seedEvents('/app', stream, events);
  }
});
afterAll(() => endpoint.close());
beforeEach(() => {
  outer = temporaryFolder();
  folder = join(outer, 'inner');
  mkdirSync(folder);
});

async function fetchTo(path: string, { interruptAfter }: { readonly interruptAfter?: number } = {}): Promise<number> {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const before = endpoint.requests.get('FilterLogEvents') ?? 0;
  const running = main(['fetch', '/app', '--start', '1h', '-o', path, '--manifest', '--concurrency', '1'], io);
  if (interruptAfter !== undefined) {
    while ((endpoint.requests.get('FilterLogEvents') ?? 0) < before + interruptAfter) await setImmediate();
    io.interrupt('SIGINT');
  }
  return running;
}

const filesIn = (path: string): string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();

test('files named by streams stay in their folder, one for each stream', async () => {
  expect(await fetchTo(join(folder, '{stream}.log'))).toBe(0);
  expect(readdirSync(outer)).toEqual(['inner']);
  const logs = filesIn(folder).filter((name) => name.endsWith('.log'));
  const told = logs.map((name) => new Set(readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')));
  expect(told.every((messages) => messages.size === 1)).toBe(true);
  expect(told.flatMap((messages) => [...messages]).sort()).toEqual(
    streams.map((stream) => JSON.stringify({ stream })).sort(),
  );
  // On a file system that takes upper and lower case for the same they would be one.
  expect(new Set(logs.map((name) => name.toLowerCase())).size).toBe(streams.length);
  for (const name of logs) expect(name).toMatch(/^[A-Za-z0-9_%~-][A-Za-z0-9._%~-]{0,254}$/);
});

test('folders named by groups and streams neither', async () => {
  expect(await fetchTo(join(folder, '{group}', '{stream}', '{region}.log.gz'))).toBe(0);
  expect(readdirSync(outer)).toEqual(['inner']);
  expect(filesIn(folder).filter((name) => name.endsWith('.log.gz'))).toHaveLength(streams.length);
});

test.skipIf(process.platform === 'win32')(
  'no file may be run, or written by others; the checkpoint is for the user alone',
  async () => {
    expect(await fetchTo(join(folder, '{stream}.log'), { interruptAfter: 8 })).toBe(130);
    expect(await fetchTo(join(folder, 'whole.log.gz'))).toBe(0);
    const modes = filesIn(folder).map((name) => [name, statSync(join(folder, name)).mode] as const);
    expect(modes.length).toBeGreaterThan(3);
    for (const [name, mode] of modes) expect(mode & 0o133, name).toBe(0);
    const checkpoints = modes.filter(([name]) => /\bresume\b/.test(name));
    expect(checkpoints).toHaveLength(1);
    for (const [name, mode] of checkpoints) expect(mode & 0o077, name).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')(
  'a link that was laid where a small file is written first is not followed',
  async () => {
    const victim = join(outer, 'victim');
    writeFileSync(victim, 'mine');
    // The names are those of another download of the same form.
    await fetchTo(join(folder, 'x.log'), { interruptAfter: 8 });
    const names = [...filesIn(folder), 'x.log.manifest.json'];
    const other = join(outer, 'other');
    mkdirSync(other);
    for (const name of names) if (!name.endsWith('.log')) symlinkSync(victim, join(other, `${name}.new`));
    expect(await fetchTo(join(other, 'x.log'))).toBe(0);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readFileSync(join(other, 'x.log'), 'utf8').split('\n')).toHaveLength(4 * streams.length + 1);
  },
);
