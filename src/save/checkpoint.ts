import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SaveError } from '../errors.js';

/** How far a download has come, in a form that another run can go on from. */
export interface Checkpoint {
  readonly version: 1;
  /** The flags as they were written: another request must not continue this one. */
  readonly fingerprint: string;
  /** The request as it was resolved; a relative start stays what it was. */
  readonly request: unknown;
  /** Everything before it is in the files; undefined before the first event. */
  readonly position: Position | undefined;
  readonly files: readonly FileState[];
}

/** The last event written, and what else was written at its timestamp. */
export interface Position {
  readonly timestamp: number;
  /** `region`, `group` and `eventId` of every event written at that timestamp, joined by a space. */
  readonly keys: readonly string[];
}

/** One file at a checkpoint. */
export interface FileState {
  readonly path: string;
  /** What events belong in it, before names were made safe. */
  readonly key: string;
  readonly events: number;
  /** Bytes in the file; what lies beyond them was written after the checkpoint. */
  readonly bytes: number;
  /** Of those bytes, in hexadecimal. */
  readonly sha256: string;
  readonly firstEventId: string;
  readonly lastEventId: string;
}

/** Reads a checkpoint; undefined where there is none. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    // Written by writeCheckpoint, whole or not at all.
    return JSON.parse(await readFile(path, 'utf8')) as Checkpoint;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces a checkpoint: a crash leaves the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(path, JSON.stringify(checkpoint));
}

/** Removes a checkpoint that is no longer needed. */
export async function removeCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Writes a small file whole or not at all, with its folder where there is none. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw new SaveError(path, error);
  }
}

/** A rename is on disk only when its folder is; Windows has no such thing as syncing a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
