import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { readTextFile } from '../../src/save/text-file.js';
import { temporaryFolder } from './folder.js';

const patient = new AbortController().signal;

async function textOf(path: string, signal = patient): Promise<string> {
  let text = '';
  for await (const piece of readTextFile(path, signal)) text += piece;
  return text;
}

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

test('a plain file', async () => {
  expect(await textOf(await fileOf('a.log', 'GET /\nérror\n'))).toBe('GET /\nérror\n');
});

test('a character on the border of two reads stays whole', async () => {
  const text = `${'x'.repeat(65_535)}é東`;
  expect(await textOf(await fileOf('a.log', text))).toBe(text);
});

test.each(['a.log.gz', 'A.LOG.GZ'])('a compressed file of several members: %s', async (name) => {
  const members = Buffer.concat([zlib.gzipSync('one\n'), zlib.gzipSync('two\n')]);
  expect(await textOf(await fileOf(name, members))).toBe('one\ntwo\n');
});

test('a .zst file is read where Node can, and else refused with what to do', async () => {
  const path = await fileOf('a.log.zst', Buffer.concat(['one\n', 'two\n'].map(zstd)));
  if (hasZstd(zlib)) expect(await textOf(path)).toBe('one\ntwo\n');
  else await expect(textOf(path)).rejects.toThrow('needs Node 22.15 or newer for .zst');
});

test.runIf(hasZstd(zlib))('a .zst file that was cut is an error that names it', async () => {
  const path = await fileOf('cut.log.zst', zstd('one\ntwo\n').subarray(0, -1));
  await expect(textOf(path)).rejects.toMatchObject({ name: 'SaveError', path });
  await expect(textOf(path)).rejects.toThrow('unexpected end of file');
});

test('a compressed file that was cut gives what there is, and then an error that names it', async () => {
  const whole = zlib.gzipSync(Array.from({ length: 50_000 }, (_, line) => `line ${line}\n`).join(''));
  const path = await fileOf('cut.log.gz', whole.subarray(0, whole.length / 2));
  let text = '';
  const reading = (async () => {
    for await (const piece of readTextFile(path, patient)) text += piece;
  })();
  await expect(reading).rejects.toThrow('unexpected end of file');
  expect(text).toMatch(/^line 0\nline 1\n/);
});

test.each(['none.log', 'none.log.gz'])('%s that is not there is named', async (name) => {
  const path = join(temporaryFolder(), name);
  await expect(textOf(path)).rejects.toMatchObject({ name: 'SaveError', path });
});

test('a folder is no file', async () => {
  const path = join(temporaryFolder(), 'folder');
  await mkdir(path);
  await expect(textOf(path)).rejects.toThrow('EISDIR');
});

test('an interruption ends it with its reason', async () => {
  const stop = new AbortController();
  const reason = new Error('interrupted');
  const path = await fileOf('a.log', 'x'.repeat(1_000_000));
  const reading = (async () => {
    for await (const _ of readTextFile(path, stop.signal)) stop.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
});

function zstd(text: string): Buffer {
  return hasZstd(zlib) ? zlib.zstdCompressSync(text) : Buffer.alloc(0);
}

function hasZstd(module: object): module is { zstdCompressSync(text: string): Buffer } {
  return 'zstdCompressSync' in module;
}
