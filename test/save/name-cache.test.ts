import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openNameCache } from '../../src/save/name-cache.js';

test('names are found for a minute, by what was asked', async () => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cwlogs-names-')) };
  await openNameCache(env, () => 1_000, ['groups', '/a']).write(['/a/b']);
  expect(await openNameCache(env, () => 60_999, ['groups', '/a']).read()).toEqual(['/a/b']);
  expect(await openNameCache(env, () => 61_000, ['groups', '/a']).read()).toBeUndefined();
  expect(await openNameCache(env, () => 1_000, ['groups', '/b']).read()).toBeUndefined();
});

test('files of names that are older go when others are written, and nothing else goes', async () => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cwlogs-names-')) };
  const folder = join(env.XDG_CACHE_HOME, 'cwlogs');
  await openNameCache(env, Date.now, ['old']).write(['a']);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
  writeFileSync(join(folder, 'compile'), '');
  utimesSync(join(folder, 'compile'), 1, 1);
  await openNameCache(env, Date.now, ['new']).write(['b']);
  expect(readdirSync(folder)).toEqual(['compile', expect.stringMatching(/^names-/)]);
});

test('what another program left in a file is no names', async () => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cwlogs-names-')) };
  const cached = openNameCache(env, () => 1_000, ['x']);
  await cached.write(['a']);
  const folder = join(env.XDG_CACHE_HOME, 'cwlogs');
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, file), '{"atMs":1000,"names":[1]}');
  expect(await cached.read()).toBeUndefined();
});

test.runIf(process.platform !== 'win32')('the user alone can read them', async () => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cwlogs-names-')) };
  await openNameCache(env, () => 1_000, ['x']).write(['a']);
  const folder = join(env.XDG_CACHE_HOME, 'cwlogs');
  const [file = ''] = readdirSync(folder);
  expect(statSync(folder).mode & 0o77).toBe(0);
  expect(statSync(join(folder, file)).mode & 0o77).toBe(0);
});
