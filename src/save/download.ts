import type { LogEvent } from '../logs/event.js';
import { type Checkpoint, type FileState, removeCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { OutputPath } from './output-path.js';
import { continueFile, type SavedFile, startFile } from './saved-file.js';

/** A download to files: what it is of, and where it goes on from. */
export interface DownloadOptions {
  readonly output: OutputPath;
  readonly checkpointPath: string;
  /** The flags as they were written. */
  readonly fingerprint: string;
  /** The request as it was resolved. */
  readonly request: unknown;
  readonly render: (events: readonly LogEvent[]) => string;
  /** Replace what is there. */
  readonly force: boolean;
  /** Where an interrupted download goes on. */
  readonly from?: Checkpoint | undefined;
}

/** Takes pages of events in order and brings them to the disk. */
export interface Download {
  /** Resolves to the bytes of output, before compression. */
  write(events: readonly LogEvent[]): Promise<number>;
  /** All has come: settles the files and removes the checkpoint. */
  complete(): Promise<readonly FileState[]>;
  /** The run ends before its end: what has come is left in the files, to go on from the last checkpoint. */
  interrupt(): Promise<void>;
  /** The timestamp up to which everything has come, as far as anything has. */
  readonly upToMs: number | undefined;
}

/**
 * Uncompressed output between two checkpoints. They are made at this measure and nowhere else, so that the bytes of
 * a file do not depend on how fast its events came or on where the download was interrupted.
 */
const checkpointBytes = 8 * 1024 * 1024;
/** Files that are open at a time. */
const maxOpenFiles = 64;

/** Starts a download, or goes on with one. The first checkpoint is on the disk before the first byte. */
export async function startDownload(options: DownloadOptions): Promise<Download> {
  const { output, checkpointPath, fingerprint, request, render, force, from } = options;
  const files = new Map<string, SavedFile>();
  const open = new Set<SavedFile>();
  const dirty = new Set<SavedFile>();
  const paths = new Set<string>();
  let positionMs = from?.position?.timestamp;
  let keys = new Set(from?.position?.keys);
  const resumedMs = positionMs;
  const resumedKeys: ReadonlySet<string> = new Set(keys);
  let bytesSinceCheckpoint = 0;

  for (const state of from?.files ?? []) await keep(await continueFile(state));
  if (!output.hasPlaceholders && from === undefined) await keep(await startFile(output.text, output.text, force));
  await checkpoint();

  async function keep(file: SavedFile): Promise<SavedFile> {
    files.set(file.key, file);
    paths.add(file.path.toLowerCase());
    await use(file);
    return file;
  }

  async function use(file: SavedFile): Promise<void> {
    // A set keeps its order: the file that was longest not written to is closed first.
    open.delete(file);
    open.add(file);
    const [oldest] = open;
    if (open.size <= maxOpenFiles || oldest === undefined) return;
    open.delete(oldest);
    await oldest.close();
  }

  async function fileOf(event: LogEvent): Promise<SavedFile> {
    const key = output.keyOf(event);
    return files.get(key) ?? keep(await startFile(freePath(output.pathOf(event)), key, force));
  }

  /** Different names may look the same once they are safe, or where the file system ignores case. */
  function freePath(path: string): string {
    const dot = path.indexOf('.', path.lastIndexOf('/') + 2);
    const [stem, ending] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
    let free = path;
    for (let number = 2; paths.has(free.toLowerCase()); number++) free = `${stem}~${number}${ending}`;
    return free;
  }

  async function append(events: readonly LogEvent[]): Promise<void> {
    for (const [file, own] of await byFile(events)) {
      await use(file);
      await file.append(own, render(own));
      dirty.add(file);
    }
    note(events);
  }

  async function byFile(events: readonly LogEvent[]): Promise<ReadonlyMap<SavedFile, LogEvent[]>> {
    const groups = new Map<SavedFile, LogEvent[]>();
    for (const event of events) {
      const file = await fileOf(event);
      const own = groups.get(file);
      if (own === undefined) groups.set(file, [event]);
      else own.push(event);
    }
    return groups;
  }

  function note(events: readonly LogEvent[]): void {
    const timestamp = events.at(-1)?.timestamp;
    if (timestamp === undefined) return;
    if (timestamp !== positionMs) keys = new Set();
    positionMs = timestamp;
    for (let at = events.length - 1; events[at]?.timestamp === timestamp; at--) {
      const event = events[at];
      if (event !== undefined) keys.add(toKey(event));
    }
  }

  async function checkpoint(): Promise<void> {
    for (const file of dirty) await file.settle();
    dirty.clear();
    bytesSinceCheckpoint = 0;
    const states = [...files.values()].map((file) => file.state());
    const position = positionMs === undefined ? undefined : { timestamp: positionMs, keys: [...keys] };
    await writeCheckpoint(checkpointPath, { version: 1, fingerprint, request, position, files: states });
  }

  async function closeAll(): Promise<void> {
    for (const file of dirty) await file.settle();
    await Promise.all([...files.values()].map((file) => file.close()));
  }

  return {
    get upToMs() {
      return positionMs;
    },
    async write(received) {
      const fresh = received.filter((event) => event.timestamp !== resumedMs || !resumedKeys.has(toKey(event)));
      let rest: readonly LogEvent[] = fresh;
      let written = 0;
      while (rest.length > 0) {
        const { count, bytes } = upToCheckpoint(rest, checkpointBytes - bytesSinceCheckpoint, render);
        await append(rest.slice(0, count));
        bytesSinceCheckpoint += bytes;
        written += bytes;
        if (bytesSinceCheckpoint >= checkpointBytes) await checkpoint();
        rest = rest.slice(count);
      }
      return written;
    },
    async complete() {
      await closeAll();
      await removeCheckpoint(checkpointPath);
      return [...files.values()].map((file) => file.state());
    },
    interrupt: closeAll,
  };
}

/** How many events fit before the next checkpoint is due, the one that reaches it included. */
function upToCheckpoint(
  events: readonly LogEvent[],
  room: number,
  render: (events: readonly LogEvent[]) => string,
): { count: number; bytes: number } {
  const whole = Buffer.byteLength(render(events));
  if (whole < room) return { count: events.length, bytes: whole };
  let bytes = 0;
  let count = 0;
  while (count < events.length && bytes < room) {
    bytes += Buffer.byteLength(render(events.slice(count, count + 1)));
    count += 1;
  }
  return { count, bytes };
}

function toKey({ region, logGroupName, eventId }: LogEvent): string {
  return `${region} ${logGroupName} ${eventId}`;
}
