import { type FileHandle, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SaveError } from '../errors.js';

/** Runs what touches a file; a failure names its path. */
export async function onDisk<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new SaveError(path, error);
  }
}

/** Whether something is there that is no file: a folder, a pipe, a device. */
export async function isNoFile(path: string): Promise<'a folder' | 'not a regular file' | undefined> {
  const found = await ifThere(path, () => stat(path));
  if (found === undefined || found.isFile()) return undefined;
  return found.isDirectory() ? 'a folder' : 'not a regular file';
}

/** What stands above a path where only a folder can stand; undefined where nothing does. */
export async function fileAbove(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const found = await ifThere(folder, () => stat(folder));
  if (found !== undefined) return found.isDirectory() ? undefined : folder;
  return folder === path ? undefined : fileAbove(folder);
}

/** How large a file is; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await ifThere(path, () => stat(path)))?.size;
}

/** Where a path leads to, through links; itself where nothing is there. */
export async function linkedPath(path: string): Promise<string> {
  return (await ifThere(path, () => realpath(path))) ?? path;
}

/** The names in a folder, and in those below it where wanted; none where there is no such folder. */
export async function namesIn(path: string, recursive = false): Promise<string[]> {
  const names = await ifThere(path, () => readdir(path, { recursive }));
  return (names ?? []).sort();
}

/** The text of a small file; undefined where there is none. */
export async function readWhole(path: string): Promise<string | undefined> {
  return ifThere(path, () => readFile(path, 'utf8'));
}

/** Writes a small file whole or not at all, with its folder where there is none; `isPrivate`: for the user alone. */
export async function writeWhole(path: string, text: string, isPrivate = false): Promise<void> {
  const temporary = temporaryOf(path);
  await onDisk(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    try {
      // Made anew: what lies there by that name may be a link that somebody else has laid.
      await rm(temporary, { force: true });
      await fill(await open(temporary, 'wx', isPrivate ? 0o600 : 0o644), text, true);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  });
}

/** Where {@link writeWhole} writes first. */
export function temporaryOf(path: string): string {
  return `${path}.new`;
}

/**
 * Writes a file anew, or goes on after `length` bytes of it, which must be all that it holds; `synced` also waits until
 * the disk has all of it.
 */
export async function writeBytes(
  path: string,
  content: string | Buffer,
  { length, synced }: { readonly length?: number | undefined; readonly synced: boolean },
): Promise<void> {
  await fill(await openAt(path, length), content, synced);
}

/** Writes to a file and closes it. */
async function fill(file: FileHandle, content: string | Buffer, synced: boolean): Promise<void> {
  try {
    await writeAll(file, content);
    if (synced) await file.sync().catch(unlessNotADisk);
  } finally {
    await file.close();
  }
}

async function openAt(path: string, length: number | undefined): Promise<FileHandle> {
  if (length === undefined) return open(path, 'w', 0o644);
  // Nobody else writes here, but anyone may remove or cut a file: going on would pass for complete.
  if ((await sizeOf(path)) !== length) throw new Error('it was changed or removed while it was written');
  return open(path, 'a', 0o644);
}

/** A text is written as one: as a buffer of ours it would stay in memory until the next garbage collection. */
async function writeAll(file: FileHandle, content: string | Buffer): Promise<void> {
  if (typeof content !== 'string') return file.writeFile(content);
  const { bytesWritten } = await file.write(content);
  if (bytesWritten < Buffer.byteLength(content)) await file.writeFile(Buffer.from(content).subarray(bytesWritten));
}

/** A rename is on disk only when its folder is; Windows has no such thing as syncing a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync().catch(unlessNotADisk);
  } finally {
    await folder.close();
  }
}

/** Devices, pipes and some network file systems have nothing to sync. */
function unlessNotADisk(error: unknown): void {
  if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
}

async function ifThere<Result>(path: string, act: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    // A path below a file, and a folder where a file was looked for, are no such file either.
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return undefined;
    throw new SaveError(path, error);
  }
}

/** The system's code of an error, such as `ENOENT`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
