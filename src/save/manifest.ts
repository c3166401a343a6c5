import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { type FileState, writeWhole } from './checkpoint.js';
import { sizeOf } from './saved-file.js';

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
    path: relative(folder, resolve(file)),
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
  for (const candidate of [path, `${path}.manifest.json`, join(path, folderManifestName)]) {
    if (!candidate.endsWith('.json')) continue;
    const text = await readFile(candidate, 'utf8').catch(() => undefined);
    // Written by writeManifest.
    if (text !== undefined) return { manifest: JSON.parse(text) as Manifest, folder: dirname(candidate) };
  }
  throw new UsageError({
    flag: '<path>',
    value: path,
    problem: 'has no manifest beside it',
    fix: 'cwlogs fetch … -o <path> --manifest writes one',
  });
}

const folderManifestName = 'cwlogs.manifest.json';

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
    if (size !== bytes) damage.push(`${basename(path)} has ${size} bytes instead of ${bytes}`);
    else if ((await sha256Of(file)) !== sha256) damage.push(`${basename(path)} has been changed: its sha256 differs`);
  }
  return damage;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
