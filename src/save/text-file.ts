import { createReadStream } from 'node:fs';
import { pipeline, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { SaveError, UsageError } from '../errors.js';

/** Reads a text file piece by piece, unpacked where its name ends in `.gz` or `.zst`. */
export async function* readTextFile(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const unpack = unpackerOf(path);
  const file = createReadStream(path, { signal });
  // What breaks either stream is thrown by the one that is read.
  const text = unpack === undefined ? file : pipeline(file, unpack, () => {});
  try {
    yield* text.setEncoding('utf8');
  } catch (error) {
    signal.throwIfAborted();
    throw new SaveError(path, error, 'read');
  } finally {
    file.destroy();
  }
}

function unpackerOf(path: string): Transform | undefined {
  if (path.endsWith('.gz')) return zlib.createGunzip();
  if (!path.endsWith('.zst')) return undefined;
  if (hasZstd(zlib)) return zlib.createZstdDecompress();
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
