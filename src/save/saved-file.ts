import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import type { LogEvent } from '../logs/event.js';
import type { FileState } from './checkpoint.js';
import { type Compress, compressionOf } from './compression.js';
import { onDisk, sizeOf, writeBytes } from './disk.js';

/** One file of a download. */
export interface SavedFile {
  readonly path: string;
  readonly key: string;
  /** Whether this download has written to it; before that, whatever has its name is left alone. */
  readonly begun: boolean;
  /** Whether so much waits in memory that it should go to the disk before the next checkpoint. */
  readonly full: boolean;
  /** Takes rendered events. */
  append(rendered: RenderedEvents): void;
  /** Writes what waits; the first time, whatever has the file's name is replaced. */
  flush(): Promise<void>;
  /** Writes what waits, as one compressed member, and makes sure that the disk has it. */
  settle(): Promise<void>;
  /** The file as its last {@link settle} left it. */
  state(): FileState;
}

/** Events that belong in the same file, and the text they make. */
export interface RenderedEvents {
  /** `OutputPath.keyOf` each of them. */
  readonly key: string;
  readonly events: readonly LogEvent[];
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly byteLength: number;
}

/** A text that is not compressed waits for so much more, so that many small files are not each written page by page. */
const maxWaitingBytes = 16 * 1024;

/** What a file does that finds something under its name. */
export interface NewFileOptions {
  readonly replace: boolean;
  /** Whether the user has asked to go on, so that it is no use to propose it. */
  readonly resumed: boolean;
}

/** A file that is not there yet; one that holds something already is refused unless `replace`. */
export async function newFile(path: string, key: string, { replace, resumed }: NewFileOptions): Promise<SavedFile> {
  const compress = compressionOf(path);
  if (!replace && ((await sizeOf(path)) ?? 0) > 0) {
    throw new UsageError({
      flag: '--output',
      value: path,
      problem: 'exists and is not empty',
      fix: resumed
        ? 'it is complete, or not of cwlogs: --force replaces it'
        : '--resume goes on with an interrupted download, --force replaces the file',
    });
  }
  const state = { path, key, events: 0, bytes: 0, sha256: '', firstEventId: '', lastEventId: '' };
  return createSavedFile(state, compress, createHash('sha256'), false);
}

/** A file as a checkpoint left it; what was written after that is cut off. */
export async function continuedFile(state: FileState): Promise<SavedFile> {
  const { path, bytes } = state;
  const hash = createHash('sha256');
  const size = (await sizeOf(path)) ?? 0;
  if (bytes > 0 && size >= bytes) {
    await onDisk(path, async () => {
      for await (const chunk of createReadStream(path, { end: bytes - 1 })) hash.update(chunk);
    });
  }
  if (size < bytes || hash.copy().digest('hex') !== state.sha256) {
    throw new UsageError({
      flag: '--resume',
      value: path,
      problem: 'has changed since the download was interrupted',
      fix: '--force starts anew',
    });
  }
  if (size > bytes) await onDisk(path, () => truncate(path, bytes));
  return createSavedFile(state, compressionOf(path), hash, true);
}

function createSavedFile(start: FileState, compress: Compress | undefined, hash: Hash, hasBegun: boolean): SavedFile {
  const { path, key } = start;
  let { events, bytes, firstEventId, lastEventId } = start;
  let begun = hasBegun;
  let state = start;
  let waiting: string[] = [];
  let waitingBytes = 0;

  function take(): string {
    const text = waiting.join('');
    waiting = [];
    waitingBytes = 0;
    return text;
  }

  async function write({ synced }: { synced: boolean }): Promise<void> {
    const text = take();
    await onDisk(path, async () => {
      // A compressed file without a member could not be read as one, even if nothing is in it.
      const chunk = compress === undefined || (begun && text.length === 0) ? text : await compress(Buffer.from(text));
      if (!begun) await mkdir(dirname(path), { recursive: true });
      await writeBytes(path, chunk, { length: begun ? bytes : undefined, synced });
      begun = true;
      bytes += Buffer.byteLength(chunk);
      hash.update(chunk);
    });
  }

  return {
    path,
    key,
    get begun() {
      return begun;
    },
    get full() {
      return compress === undefined && waitingBytes >= maxWaitingBytes;
    },
    append({ events: added, text, byteLength }) {
      if (firstEventId === '') firstEventId = added[0]?.eventId ?? '';
      lastEventId = added.at(-1)?.eventId ?? lastEventId;
      events += added.length;
      waiting.push(text);
      waitingBytes += byteLength;
    },
    flush: () => write({ synced: false }),
    async settle() {
      await write({ synced: true });
      state = { path, key, events, bytes, sha256: hash.copy().digest('hex'), firstEventId, lastEventId };
    },
    state: () => state,
  };
}
