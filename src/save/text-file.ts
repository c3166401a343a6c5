import { createReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { SaveError, UsageError } from '../errors.js';
import { zstdBlocks } from './zstd-blocks.js';

/** Reads a text file piece by piece, unpacked where its name ends in `.gz` or `.zst`. */
export async function* readTextFile(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const unpack = unpackerOf(path);
  const file = createReadStream(path, { signal });
  const text = unpack(file);
  try {
    yield* text.setEncoding('utf8');
  } catch (error) {
    signal.throwIfAborted();
    throw new SaveError(path, error, 'read');
  } finally {
    file.destroy();
  }
}

function unpackerOf(path: string): (file: Readable) => Readable {
  const name = path.toLowerCase();
  // What breaks any of the streams is thrown by the one that is read.
  if (name.endsWith('.gz')) return (file) => pipeline(file, zlib.createGunzip(), () => {});
  if (!name.endsWith('.zst')) return (file) => file;
  if (hasZstd(zlib)) {
    const decoder = zlib.createZstdDecompress();
    return (file) => pipeline(file, zstdBlocks, decoder, () => {});
  }
  throw new UsageError({
    flag: '<file>',
    value: path,
    problem: `needs Node 22.15 or newer for .zst; this is Node ${process.versions.node}`,
    fix: 'unpack it by zstd -dc and a pipe',
  });
}

/** What Node has since 22.15, and what its older types do not know. */
function hasZstd(module: object): module is { createZstdDecompress(): Transform } {
  return 'createZstdDecompress' in module;
}
