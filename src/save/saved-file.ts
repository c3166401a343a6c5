import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SaveError, UsageError } from '../errors.js';
import type { LogEvent } from '../logs/event.js';
import type { FileState } from './checkpoint.js';
import { type Compress, compressionOf } from './compression.js';

/** One file of a download, as far as it has been written. */
export interface SavedFile {
  readonly path: string;
  readonly key: string;
  /** Takes rendered events; plain text goes to the disk at once, text to compress at the next checkpoint. */
  append(events: readonly LogEvent[], text: string): Promise<void>;
  /** Ends the compressed member and brings everything to the disk. */
  settle(): Promise<void>;
  /** Closes the file until it is written to again. */
  close(): Promise<void>;
  state(): FileState;
}

/** Starts a file; one that holds something already is refused unless `replace`. */
export async function startFile(path: string, key: string, replace: boolean): Promise<SavedFile> {
  const compress = compressionOf(path);
  if (!replace && (await sizeOf(path)) > 0) {
    throw new UsageError({
      flag: '--output',
      value: path,
      problem: 'exists and is not empty',
      fix: '--resume goes on with an interrupted download, --force replaces the file',
    });
  }
  await onDisk(path, () => mkdir(dirname(path), { recursive: true }));
  const handle = await onDisk(path, () => open(path, 'w', 0o644));
  const state = { path, key, events: 0, bytes: 0, sha256: '', firstEventId: '', lastEventId: '' };
  return createSavedFile(state, compress, createHash('sha256'), handle);
}

/** Goes on with a file where a checkpoint left it; what was written after that is cut off. */
export async function continueFile(state: FileState): Promise<SavedFile> {
  const { path, bytes, sha256 } = state;
  const hash = createHash('sha256');
  const size = await sizeOf(path);
  if (size >= bytes && bytes > 0) {
    await onDisk(path, async () => {
      for await (const chunk of createReadStream(path, { end: bytes - 1 })) hash.update(chunk);
    });
  }
  if (size < bytes || hash.copy().digest('hex') !== sha256) {
    throw new UsageError({
      flag: '--resume',
      value: path,
      problem: 'has changed since the download was interrupted',
      fix: '--force starts anew',
    });
  }
  const handle = await onDisk(path, async () => {
    const opened = await open(path, 'a');
    await opened.truncate(bytes);
    return opened;
  });
  return createSavedFile(state, compressionOf(path), hash, handle);
}

function createSavedFile(start: FileState, compress: Compress | undefined, hash: Hash, opened: FileHandle): SavedFile {
  const { path, key } = start;
  let { events, bytes, firstEventId, lastEventId } = start;
  let handle: FileHandle | undefined = opened;
  let pending: string[] = [];
  let sha256 = hash.copy().digest('hex');

  async function write(chunk: Buffer): Promise<void> {
    handle ??= await open(path, 'a');
    await handle.appendFile(chunk);
    hash.update(chunk);
    bytes += chunk.length;
  }

  return {
    path,
    key,
    append: (added, text) =>
      onDisk(path, async () => {
        if (firstEventId === '') firstEventId = added[0]?.eventId ?? '';
        lastEventId = added.at(-1)?.eventId ?? lastEventId;
        events += added.length;
        if (compress === undefined) await write(Buffer.from(text));
        else pending.push(text);
      }),
    settle: () =>
      onDisk(path, async () => {
        const text = pending.join('');
        pending = [];
        if (compress !== undefined && text !== '') await write(await compress(Buffer.from(text)));
        handle ??= await open(path, 'a');
        await handle.sync();
        sha256 = hash.copy().digest('hex');
      }),
    close: () =>
      onDisk(path, async () => {
        const closing = handle;
        handle = undefined;
        await closing?.close();
      }),
    state: () => ({ path, key, events, bytes, sha256, firstEventId, lastEventId }),
  };
}

/** How large a file is; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw new SaveError(path, error);
  }
}

async function onDisk<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new SaveError(path, error);
  }
}
