import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 21, 0, 30);
const minuteMs = 60_000;
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 2 } });
  const { store } = endpoint;
  for (const group of ['/app/api', '/app/worker']) store.createGroup(group);
  store.seedEvents('/app/api', '2026/11/20/[$LATEST]1', [at(-50, 'api 1'), at(-20, 'api 3')]);
  store.seedEvents('/app/api', '..', [at(-40, 'api 2')]);
  store.seedEvents('/app/worker', 'w', [at(-45, 'worker 1'), at(-10, 'worker 2')]);
});
afterAll(() => endpoint.close());
beforeEach(() => {
  folder = temporaryFolder();
});

test.each<[name: string, files: Record<string, string>]>([
  ['all.log', { 'all.log': 'api 1\nworker 1\napi 2\napi 3\nworker 2\n' }],
  ['new/folder/all.log.gz', { 'new/folder/all.log.gz': 'api 1\nworker 1\napi 2\napi 3\nworker 2\n' }],
  ['{group}.log', { '_app_api.log': 'api 1\napi 2\napi 3\n', '_app_worker.log': 'worker 1\nworker 2\n' }],
  [
    '{group}/{stream}.log.gz',
    {
      '_app_api/%2E%2E.log.gz': 'api 2\n',
      '_app_api/2026_11_20_%5B%24LATEST%5D1.log.gz': 'api 1\napi 3\n',
      '_app_worker/w.log.gz': 'worker 1\nworker 2\n',
    },
  ],
  ['{time:yyyy-MM-dd}.log', { '2026-11-20.log': 'api 1\nworker 1\napi 2\n', '2026-11-21.log': 'api 3\nworker 2\n' }],
])('-o %s makes its files and no other', async (name, files) => {
  expect(await fetch('-o', join(folder, name))).toMatchObject({ exitCode: 0, stdout: '' });
  expect(textsIn(folder)).toEqual(files);
});

test('days are those of --tz', async () => {
  await fetch('--tz', 'America/New_York', '-o', join(folder, '{time:yyyy-MM-dd}.log'));
  expect(Object.keys(textsIn(folder))).toEqual(['2026-11-20.log']);
});

test('a file holds the bytes that stdout would have had', async () => {
  for (const form of [['--format', 'json'], ['--with-name'], ['--format', 'short'], ['--last', '3']]) {
    const { stdout } = await fetch(...form, '-o', '-');
    const path = join(folder, `${form.join('')}.log`);
    await fetch(...form, '-o', path);
    expect(readFileSync(path, 'utf8')).toBe(stdout);
  }
});

test('a dry run writes no file', async () => {
  expect(await fetch('--dry-run', '-o', join(folder, 'x.log'))).toMatchObject({ exitCode: 0 });
  expect(readdirSync(folder)).toEqual([]);
});

async function fetch(...flags: string[]): Promise<{ exitCode: number; stdout: string }> {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const exitCode = await main(['fetch', '/app/api', '/app/worker', '--start', '1h', ...flags], io);
  return { exitCode, stdout: io.stdout.text() };
}

/** The text of every file below a folder, by its path from there. */
function textsIn(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
  return Object.fromEntries(
    names.sort().map((name) => {
      const bytes = readFileSync(join(root, name));
      return [name.replaceAll('\\', '/'), (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()];
    }),
  );
}

function at(minutes: number, message: string): { timestamp: number; message: string } {
  return { timestamp: nowMs + minutes * minuteMs, message };
}
