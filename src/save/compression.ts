import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { UsageError } from '../errors.js';

/** Turns text into the bytes of one self-contained member; members may follow each other in a file. */
export type Compress = (text: Buffer) => Promise<Buffer>;

const gzip = promisify(zlib.gzip);
/** A third of level 6's time for a tenth more bytes. */
const gzipLevel = 3;

/** The compression that a file name asks for by its ending; undefined for plain text. */
export function compressionOf(path: string): Compress | undefined {
  const name = path.toLowerCase();
  if (name.endsWith('.gz')) return (text) => gzip(text, { level: gzipLevel });
  if (name.endsWith('.zst')) return zstd(path);
  return undefined;
}

/** What Node has since 22.15, and what its older types do not know. */
interface Zstd {
  zstdCompress(text: Buffer, callback: (error: Error | null, bytes: Buffer) => void): void;
}

function hasZstd(module: object): module is Zstd {
  return 'zstdCompress' in module;
}

function zstd(path: string): Compress {
  if (!hasZstd(zlib)) {
    throw new UsageError({
      flag: '--output',
      value: path,
      problem: `needs Node 22.15 or newer for .zst; this is Node ${process.versions.node}`,
      fix: 'write .gz',
    });
  }
  const { zstdCompress } = zlib;
  return (text) =>
    new Promise((resolve, reject) => {
      zstdCompress(text, (error, bytes) => (error === null ? resolve(bytes) : reject(error)));
    });
}
