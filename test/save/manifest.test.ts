import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import {
  findDamage,
  findUncovered,
  type Manifest,
  readManifests,
  sidePath,
  writeManifest,
} from '../../src/save/manifest.js';
import { temporaryFolder } from './folder.js';

test.each([
  ['app.log', false, 'resume', 'app.log.resume.json'],
  ['x/app.log', false, 'manifest', 'x/app.log.manifest.json'],
  ['out/', true, 'resume', 'out/cwlogs.2d711642b7.resume.json'],
  ['out/web-', true, 'manifest', 'out/cwlogs.2d711642b7.manifest.json'],
  ['', true, 'resume', 'cwlogs.2d711642b7.resume.json'],
  ['/', true, 'resume', '/cwlogs.2d711642b7.resume.json'],
] as const)('beside %j (many files: %s) the %s is %s', (root, hasPlaceholders, kind, path) => {
  expect(sidePath({ root, hasPlaceholders }, kind, 'x')).toBe(path);
});

test('two downloads into one folder have a manifest each, and a file of neither is told', async () => {
  const folder = temporaryFolder();
  await writeManifest(join(folder, 'cwlogs.0a.manifest.json'), await savedIn(folder));
  await writeManifest(join(folder, 'cwlogs.0b.manifest.json'), manifestOf([]));
  writeFileSync(join(folder, 'extra.log'), 'x');
  const manifests = await readManifests(folder);
  expect(manifests.map(({ manifest }) => manifest.files.length)).toEqual([2, 0]);
  expect(await findUncovered(folder, manifests)).toEqual([join(folder, 'extra.log')]);
});

test('a folder that was moved is found undamaged by its name, its manifest or a file', async () => {
  const folder = temporaryFolder();
  const manifest = await savedIn(join(folder, 'out'));
  await writeManifest(join(folder, 'out/cwlogs.0a.manifest.json'), manifest);
  renameSync(join(folder, 'out'), join(folder, 'moved'));
  for (const path of ['moved', 'moved/', 'moved/cwlogs.0a.manifest.json']) {
    const [read] = await readManifests(join(folder, path));
    expect(await findDamage(read.manifest, read.folder)).toEqual([]);
    expect(read.manifest.files.map((file) => file.path)).toEqual(['g/a.log', 'b.log']);
    expect(read.manifest.files[0]).not.toHaveProperty('key');
  }
});

test('a download of JSON is not taken for its manifest', async () => {
  const path = join(temporaryFolder(), 'data.json');
  writeFileSync(path, '{"version":1,"files":[]}\n');
  await expect(readManifests(path)).rejects.toThrow('has no manifest beside it');
  await writeManifest(`${path}.manifest.json`, manifestOf([]));
  const [{ manifest }] = await readManifests(path);
  expect(manifest.files).toEqual([]);
});

const wrongSum = JSON.stringify({ version: 1, request: {}, regions: [], events: 2, files: [] });

test.each(['{', '{}', '{"version":1,"files":[]}', '{"version":2,"files":[]}', wrongSum])(
  '%s is not a manifest',
  async (text) => {
    const path = join(temporaryFolder(), 'x.manifest.json');
    writeFileSync(path, text);
    await expect(readManifests(path)).rejects.toThrow(UsageError);
  },
);

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
  const [read] = await readManifests(path);
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
  return {
    version: 1,
    request: {},
    regions: ['eu-west-1'],
    ...range,
    events: files.reduce((sum, file) => sum + file.events, 0),
    emptyPages: 0,
    throttles: 0,
    files,
  };
}
