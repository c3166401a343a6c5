import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { findDamage, type Manifest, readManifest, sidePath, writeManifest } from '../../src/save/manifest.js';
import { temporaryFolder } from './folder.js';

test.each([
  ['app.log', false, 'resume', 'app.log.resume.json'],
  ['x/app.log', false, 'manifest', 'x/app.log.manifest.json'],
  ['out/', true, 'resume', 'out/cwlogs.resume.json'],
  ['out/web-', true, 'manifest', 'out/cwlogs.manifest.json'],
  ['', true, 'resume', 'cwlogs.resume.json'],
  ['/', true, 'resume', '/cwlogs.resume.json'],
] as const)('beside %j (many files: %s) the %s is %s', (root, hasPlaceholders, kind, path) => {
  expect(sidePath(root, hasPlaceholders, kind)).toBe(path);
});

test('a folder that was moved is found undamaged by its name, its manifest or a file', async () => {
  const folder = temporaryFolder();
  const manifest = await savedIn(join(folder, 'out'));
  await writeManifest(join(folder, 'out/cwlogs.manifest.json'), manifest);
  renameSync(join(folder, 'out'), join(folder, 'moved'));
  for (const path of ['moved', 'moved/', 'moved/cwlogs.manifest.json']) {
    const read = await readManifest(join(folder, path));
    expect(await findDamage(read.manifest, read.folder)).toEqual([]);
    expect(read.manifest.files.map((file) => file.path)).toEqual(['g/a.log', 'b.log']);
    expect(read.manifest.files[0]).not.toHaveProperty('key');
  }
});

test('a download of JSON is not taken for its manifest', async () => {
  const path = join(temporaryFolder(), 'data.json');
  writeFileSync(path, '{"version":1,"files":[]}\n');
  await expect(readManifest(path)).rejects.toThrow('has no manifest beside it');
  await writeManifest(`${path}.manifest.json`, { ...manifestOf([]), events: 7 });
  expect((await readManifest(path)).manifest.events).toBe(7);
});

test.each(['{', '{}', '{"version":2,"files":[]}'])('%s is not a manifest', async (text) => {
  const path = join(temporaryFolder(), 'x.manifest.json');
  writeFileSync(path, text);
  await expect(readManifest(path)).rejects.toThrow(UsageError);
});

test.each<[string, (folder: string) => void, string]>([
  ['one byte is another', (folder) => writeFileSync(join(folder, 'b.log'), 'xb\n'), 'b.log has been changed'],
  ['a byte is missing', (folder) => writeFileSync(join(folder, 'b.log'), 'bb'), 'b.log has 2 bytes instead of 3'],
  ['a byte is added', (folder) => writeFileSync(join(folder, 'g/a.log'), 'aaa\n'), 'g/a.log has 4 bytes instead of 3'],
  ['a file is gone', (folder) => rmSync(join(folder, 'b.log')), 'b.log is missing'],
])('damage is found: %s', async (_, harm, words) => {
  const folder = temporaryFolder();
  const path = join(folder, 'cwlogs.manifest.json');
  await writeManifest(path, await savedIn(folder));
  harm(folder);
  const read = await readManifest(path);
  expect(await findDamage(read.manifest, read.folder)).toEqual([expect.stringContaining(words)]);
});

async function savedIn(folder: string): Promise<Manifest> {
  mkdirSync(join(folder, 'g'), { recursive: true });
  const texts = { 'g/a.log': 'aa\n', 'b.log': 'bb\n' };
  return manifestOf(
    Object.entries(texts).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { path: join(folder, name), key: name, events: 1, bytes: 3, sha256, firstEventId: '1', lastEventId: '1' };
    }),
  );
}

function manifestOf(files: readonly (Manifest['files'][number] & { key: string })[]): Manifest {
  const range = { start: '2026-11-20T00:00:00.000Z', end: '2026-11-21T00:00:00.000Z' };
  return { version: 1, request: {}, regions: ['eu-west-1'], ...range, events: 2, emptyPages: 0, throttles: 0, files };
}
