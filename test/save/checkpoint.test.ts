import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SaveError, UsageError } from '../../src/errors.js';
import { type Checkpoint, readCheckpoint, removeCheckpoint, writeCheckpoint } from '../../src/save/checkpoint.js';
import { temporaryFolder } from './folder.js';

const checkpoint: Checkpoint = {
  version: 1,
  fingerprint: '["g"]',
  request: { endMs: 2 },
  force: false,
  position: { timestamp: 1, keys: ['r g \ud800'] },
  files: [{ path: 'a', key: 'k\0', events: 1, bytes: 2, sha256: 'x', firstEventId: '1', lastEventId: '1' }],
  started: ['b'],
};

test('a checkpoint is read as it was written, in a folder made for it, with nothing beside it', async () => {
  const folder = join(temporaryFolder(), 'new/folder');
  const path = join(folder, 'x.resume.json');
  await writeCheckpoint(path, checkpoint);
  expect(await readCheckpoint(path)).toEqual(checkpoint);
  expect(readdirSync(folder)).toEqual(['x.resume.json']);
});

test('a crash between writing and renaming leaves the old checkpoint', async () => {
  const path = join(temporaryFolder(), 'x.resume.json');
  await writeCheckpoint(path, checkpoint);
  writeFileSync(`${path}.new`, '{"version":1,"finge');
  expect(await readCheckpoint(path)).toEqual(checkpoint);
  await writeCheckpoint(path, { ...checkpoint, fingerprint: 'next' });
  expect(await readCheckpoint(path)).toMatchObject({ fingerprint: 'next' });
});

test('a failure to replace it leaves the old checkpoint and nothing beside it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'x.resume.json');
  // A folder cannot be replaced by a file.
  mkdirSync(join(path, 'inside'), { recursive: true });
  await expect(writeCheckpoint(path, checkpoint)).rejects.toThrow(SaveError);
  expect(readdirSync(folder)).toEqual(['x.resume.json']);
});

test.each(['x.resume.json', 'no/folder/x.resume.json', 'file/x.resume.json'])('there is none at %s', async (name) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(await readCheckpoint(join(folder, name))).toBeUndefined();
});

test.each(['', '{"version":1', '{"version":2}', '[]'])('%j is no checkpoint and is left alone', async (text) => {
  const path = join(temporaryFolder(), 'x.resume.json');
  writeFileSync(path, text);
  await expect(readCheckpoint(path)).rejects.toThrow(UsageError);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('removing takes away what is there and does not miss what is not', async () => {
  const path = join(temporaryFolder(), 'x.resume.json');
  await writeCheckpoint(path, checkpoint);
  await removeCheckpoint(path);
  await removeCheckpoint(path);
  expect(await readCheckpoint(path)).toBeUndefined();
});
