import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.js';
import type { FileState } from './checkpoint.js';
import { onDisk, readWhole, sizeOf, writeWhole } from './disk.js';

/** What a complete download holds, to check it against later. */
export interface Manifest {
  readonly version: 1;
  /** The request as it was resolved. */
  readonly request: unknown;
  readonly regions: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly events: number;
  readonly emptyPages: number;
  readonly throttles: number;
  /** Paths are relative to the manifest's folder. */
  readonly files: readonly Omit<FileState, 'key'>[];
}

/** Writes a manifest; the files' paths become relative to it, so that a folder can be moved. */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const folder = dirname(resolve(path));
  const files = manifest.files.map(({ path: file, events, bytes, sha256, firstEventId, lastEventId }) => ({
    path: relative(folder, resolve(file)).split(sep).join('/'),
    events,
    bytes,
    sha256,
    firstEventId,
    lastEventId,
  }));
  await writeWhole(path, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
}

/** Reads the manifest of a download: of a file, a folder, or named itself. */
export async function readManifest(path: string): Promise<{ readonly manifest: Manifest; readonly folder: string }> {
  // Last, and by its ending alone: the file itself may be a download of JSON.
  const named = path.endsWith('.manifest.json') ? [path] : [];
  for (const candidate of [`${path}.manifest.json`, join(path, 'cwlogs.manifest.json'), ...named]) {
    const text = await readWhole(candidate);
    if (text !== undefined) return { manifest: parseManifest(text, candidate), folder: dirname(candidate) };
  }
  throw new UsageError({
    flag: '<path>',
    value: path,
    problem: 'has no manifest beside it',
    fix: 'cwlogs fetch … -o <path> --manifest writes one',
  });
}

/** Where a download's manifest and checkpoint go: beside a single file, or in the folder of many. */
export function sidePath(root: string, hasPlaceholders: boolean, kind: 'manifest' | 'resume'): string {
  if (!hasPlaceholders) return `${root}.${kind}.json`;
  return join(root.endsWith('/') ? root : dirname(root === '' ? '.' : root), `cwlogs.${kind}.json`);
}

/** What is wrong with the files of a download; nothing where all is as the manifest says. */
export async function findDamage({ files }: Manifest, folder: string): Promise<string[]> {
  const damage: string[] = [];
  for (const { path, bytes, sha256 } of files) {
    const file = join(folder, path);
    const size = await sizeOf(file);
    if (size === undefined) damage.push(`${path} is missing`);
    else if (size !== bytes) damage.push(`${path} has ${size} bytes instead of ${bytes}`);
    else if ((await sha256Of(file)) !== sha256) damage.push(`${path} has been changed: its sha256 differs`);
  }
  return damage;
}

function parseManifest(text: string, path: string): Manifest {
  try {
    // Written by writeManifest, and perhaps changed since.
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.version === 1 && Array.isArray(manifest.files)) return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError({
    flag: '<path>',
    value: path,
    problem: 'is not a manifest that this version of cwlogs can read',
  });
}

async function sha256Of(path: string): Promise<string> {
  return onDisk(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex');
  });
}
