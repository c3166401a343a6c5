import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.js';
import type { FileState } from './checkpoint.js';
import { isNoFile, namesIn, onDisk, readWhole, sizeOf, writeWhole } from './disk.js';
import type { OutputPath } from './output-path.js';

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

/** Removes a manifest that no longer says what there is. */
export async function removeManifest(path: string): Promise<void> {
  await onDisk(path, () => rm(path, { force: true }));
}

/** A manifest, and the folder that its paths start from. */
export interface FoundManifest {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** Reads the manifest of a file, those of a folder, or one that is named itself. */
export async function readManifests(path: string): Promise<readonly [FoundManifest, ...FoundManifest[]]> {
  // Last, and by its ending alone: the file itself may be a download of JSON.
  const named = path.endsWith('.manifest.json') ? [path] : [];
  const inFolder = (await namesIn(path)).filter((name) => manifestName.test(name)).map((name) => join(path, name));
  const manifests: FoundManifest[] = [];
  for (const candidate of [`${path}.manifest.json`, ...inFolder, ...named]) {
    const text = await readWhole(candidate);
    if (text !== undefined) manifests.push({ manifest: parseManifest(text, candidate), folder: dirname(candidate) });
  }
  const [first, ...others] = manifests;
  if (first !== undefined) return [first, ...others];
  const exists = (await sizeOf(path)) !== undefined;
  throw new UsageError({
    flag: '<path>',
    value: path,
    problem: exists ? 'has no manifest beside it' : 'does not exist',
    fix: 'cwlogs fetch … -o <path> --manifest writes one; that of many files is in their folder: cwlogs verify <folder>',
  });
}

/** Files in a folder that no manifest names: nothing is known of them. */
export async function findUncovered(path: string, manifests: readonly FoundManifest[]): Promise<string[]> {
  const known = new Set(
    manifests.flatMap(({ manifest, folder }) => manifest.files.map((file) => join(folder, file.path))),
  );
  const files = (await namesIn(path, true)).map((name) => join(path, name));
  const uncovered: string[] = [];
  for (const file of files) {
    const isOurs = /\.(manifest|resume)\.json(\.lock|\.new)?$/.test(file);
    if (!isOurs && !known.has(file) && (await isNoFile(file)) === undefined) uncovered.push(file);
  }
  return uncovered;
}

/**
 * Where a download's manifest and checkpoint go: beside a single file, or in the folder of many, where `subject` tells
 * those of several downloads apart.
 */
export function sidePath(
  { root, hasPlaceholders }: Pick<OutputPath, 'root' | 'hasPlaceholders'>,
  kind: 'manifest' | 'resume',
  subject: string,
): string {
  if (!hasPlaceholders) return `${root}.${kind}.json`;
  const digest = createHash('sha256').update(subject).digest('hex').slice(0, digestLength);
  return join(folderOf(root), `cwlogs.${digest}.${kind}.json`);
}

/** Where the files of a download with placeholders lie, or their folders. */
export function folderOf(root: string): string {
  return root.endsWith('/') ? root : dirname(root === '' ? '.' : root);
}

const digestLength = 10;
const manifestName = /^cwlogs\.[0-9a-f]+\.manifest\.json$/;

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
    if (manifest.version === 1 && isWhole(manifest)) return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError({
    flag: '<path>',
    value: path,
    problem: 'is not a manifest that this version of cwlogs can read',
  });
}

/** Whether the parts that are relied on are there, and add up. */
function isWhole({ request, regions, events, files }: Manifest): boolean {
  if (typeof request !== 'object' || !Array.isArray(regions) || !Array.isArray(files)) return false;
  const isFile = (file: Partial<FileState> | null): boolean =>
    typeof file?.path === 'string' && typeof file.sha256 === 'string' && Number.isInteger(file.bytes);
  return files.every(isFile) && files.reduce((sum, file) => sum + file.events, 0) === events;
}

async function sha256Of(path: string): Promise<string> {
  return onDisk(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex');
  });
}
