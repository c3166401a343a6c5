import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
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

/** How large a file is; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await ifThere(path, () => stat(path)))?.size;
}

/** The text of a small file; undefined where there is none. */
export async function readWhole(path: string): Promise<string | undefined> {
  return ifThere(path, () => readFile(path, 'utf8'));
}

/** Writes a small file whole or not at all, with its folder where there is none. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path);
  await onDisk(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeBytes(temporary, text, { flag: 'w', synced: true });
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

/** Writes to a file, from its start (`w`) or at its end (`a`); `synced` also waits until the disk has all of it. */
export async function writeBytes(
  path: string,
  content: string | Buffer,
  { flag, synced }: { readonly flag: 'w' | 'a'; readonly synced: boolean },
): Promise<void> {
  const file = await open(path, flag, 0o644);
  try {
    await writeAll(file, content);
    if (synced) await file.sync().catch(unlessNotADisk);
  } finally {
    await file.close();
  }
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

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
