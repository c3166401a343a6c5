import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cleanEnvironment, finished } from '../support/bin.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'dist', 'cli') + sep;
/** What stands in the code of the SDK's client, of the local endpoint and of time zones. */
const marks = { sdk: 'Logs_20140328', endpoint: 'ResourceAlreadyExistsException', zones: 'getTimeZoneTransition' };

/** The chunks of the command line that a run loads, as text. */
async function chunksOf(...args: string[]): Promise<string[]> {
  const argv = ['--require', join(root, 'test/support/loaded-files.cjs'), join(root, 'bin/cwlogs.cjs'), ...args];
  const child = spawn(process.execPath, argv, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const { stderr, exitCode } = await finished(child);
  expect(exitCode).toBe(0);
  const loaded = [...stderr.matchAll(/^loaded (.+)$/gm)].flatMap(([, path = '']) =>
    path.startsWith(folder) ? [path] : [],
  );
  return loaded.map((path) => readFileSync(path, 'utf8'));
}

test('--version loads nothing but the launcher', async () => {
  expect(await chunksOf('--version')).toEqual([]);
});

test.each([
  [['--help'], ['sdk', 'endpoint', 'zones']],
  [
    ['fetch', '--help'],
    ['sdk', 'endpoint', 'zones'],
  ],
  [
    ['fetch', '/g', '--start', '1h', '--dry-run'],
    ['sdk', 'endpoint'],
  ],
  [
    ['pattern', 'ERROR', '--explain'],
    ['sdk', 'endpoint', 'zones'],
  ],
] as const)('%j loads no %j', async (args, absent) => {
  const text = (await chunksOf(...args)).join('');
  expect(text).not.toBe('');
  for (const part of absent) expect(text).not.toContain(marks[part]);
});

test('the marks by which parts are known stand in them', async () => {
  const text = (await chunksOf('demo', 'groups')).join('');
  for (const mark of [marks.sdk, marks.endpoint]) expect(text).toContain(mark);
  expect(
    (await chunksOf('fetch', '/g', '--start', '2026-11-20', '--tz', 'Europe/Berlin', '--dry-run')).join(''),
  ).toContain(marks.zones);
});
