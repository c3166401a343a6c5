import { rm } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { onDisk, readWhole, writeWhole } from './disk.js';

/** How far a download has come, in a form that another run can go on from. */
export interface Checkpoint {
  readonly version: 1;
  /** The flags as they were written: another request must not continue this one. */
  readonly fingerprint: string;
  /** The request as it was resolved; a relative start stays what it was. */
  readonly request: unknown;
  /** Whether files that hold something already are replaced. */
  readonly force: boolean;
  /** Everything before it is in the files; undefined before the first event. */
  readonly position?: Position | undefined;
  readonly files: readonly FileState[];
  /** Files that were begun after this checkpoint: what they hold is of this download and may be replaced. */
  readonly started: readonly string[];
}

/** The last event written, and what else was written at its timestamp. */
interface Position {
  readonly timestamp: number;
  /** `region`, `group` and `eventId` of every event written at that timestamp, joined by a space. */
  readonly keys: readonly string[];
}

/** One file at a checkpoint. */
export interface FileState {
  readonly path: string;
  /** What events belong in it: the values of the placeholders, before names were made safe. */
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
  const text = await readWhole(path);
  return text === undefined ? undefined : parseCheckpoint(text, path);
}

/** Replaces a checkpoint: a crash leaves the old one or the new one. What was asked for is for the user alone. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(path, JSON.stringify(checkpoint), true);
}

/** Removes a checkpoint that is no longer needed. */
export async function removeCheckpoint(path: string): Promise<void> {
  await onDisk(path, () => rm(path, { force: true }));
}

function parseCheckpoint(text: string, path: string): Checkpoint {
  try {
    // Written by writeCheckpoint, whole or not at all.
    const checkpoint = JSON.parse(text) as Checkpoint;
    if (checkpoint.version === 1) return checkpoint;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError({
    value: path,
    problem: 'is not a checkpoint that this version of cwlogs can read',
    fix: 'remove it to start anew',
  });
}
