import type { LogEvent } from '../logs/event.js';
import { type Checkpoint, type FileState, writeCheckpoint } from './checkpoint.js';
import { compressionOf } from './compression.js';
import { temporaryOf } from './disk.js';
import { createFileSet } from './file-set.js';
import type { OutputPath } from './output-path.js';
import type { RenderedEvents } from './saved-file.js';

/** A download to files: what it is of, and where it goes on from. */
export interface DownloadOptions {
  readonly output: OutputPath;
  readonly checkpointPath: string;
  /** Where the manifest will go: no other file takes its name. */
  readonly manifestPath?: string | undefined;
  /** The flags as they were written. */
  readonly fingerprint: string;
  /** The request as it was resolved. */
  readonly request: unknown;
  readonly render: Render;
  /** Replace what is there. */
  readonly force: boolean;
  /** Whether the user has asked to go on, be there a checkpoint or none. */
  readonly resumed?: boolean;
  /** Where an interrupted download goes on. */
  readonly from?: Checkpoint | undefined;
  /** Uncompressed output between two checkpoints; default {@link defaultCheckpointBytes}. */
  readonly checkpointBytes?: number;
}

/** Turns events into text; for several it gives what it gives for each of them, joined. */
type Render = (events: readonly LogEvent[]) => string;

/** Takes pages of events in order and brings them to the disk. */
export interface Download {
  /** Whether anything was written, by this run or by one that it goes on from. */
  readonly hasBegun: boolean;
  /** Resolves to the bytes of output, before compression. */
  write(events: readonly LogEvent[]): Promise<number>;
  /** All has come and goes to the disk; the checkpoint stays until it is removed. */
  complete(): Promise<readonly FileState[]>;
  /** The run ends before its end: what has come is left in the files, to go on from. */
  interrupt(): Promise<void>;
  /** The timestamp up to which everything has come, as far as anything has. */
  readonly upToMs: number | undefined;
}

/**
 * Checkpoints are made at this measure, so that the bytes of a compressed file do not depend on how fast its events
 * came or on where the download was interrupted.
 */
const defaultCheckpointBytes = 8 * 1024 * 1024;

/** Starts a download, or goes on with one. Nothing is written before the first event has come. */
export async function startDownload(options: DownloadOptions): Promise<Download> {
  const { output, checkpointPath, manifestPath, fingerprint, request, render, from } = options;
  const { checkpointBytes = defaultCheckpointBytes } = options;
  const force = from?.force ?? options.force;
  const isPlain = compressionOf(output.template) === undefined;
  const started = new Set(from?.started);
  let saved: Pick<Checkpoint, 'position' | 'files'> = { position: from?.position, files: from?.files ?? [] };
  let positionMs = from?.position?.timestamp;
  let keys = new Set(from?.position?.keys);
  const resumedMs = positionMs;
  const resumedKeys: ReadonlySet<string> = new Set(keys);
  let bytesSinceCheckpoint = 0;
  let hasBegun = false;
  /** Whether the files hold, or could be given, all that has come: not in the middle of a write, nor after a failed one. */
  let intact = true;
  const files = await createFileSet({
    output,
    reserved: [checkpointPath, temporaryOf(checkpointPath), ...(manifestPath === undefined ? [] : [manifestPath])],
    states: saved.files,
    mayReplace: (path) => force || started.has(path),
    resumed: options.resumed === true,
    async onBegin(paths) {
      hasBegun = true;
      for (const path of paths) started.add(path);
      await record();
    },
  });

  function isFresh(event: LogEvent): boolean {
    return event.timestamp !== resumedMs || !resumedKeys.has(toKey(event));
  }

  async function record(): Promise<void> {
    const checkpoint = { version: 1, fingerprint, request, force, ...saved, started: [...started] } as const;
    await writeCheckpoint(checkpointPath, checkpoint);
  }

  async function checkpoint(): Promise<void> {
    await files.settle();
    const position = positionMs === undefined ? undefined : { timestamp: positionMs, keys: [...keys] };
    saved = { position, files: files.states() };
    for (const { path } of saved.files) started.delete(path);
    bytesSinceCheckpoint = 0;
    await record();
  }

  function note(events: readonly LogEvent[]): void {
    const timestamp = events.at(-1)?.timestamp;
    if (timestamp !== positionMs) keys = new Set();
    positionMs = timestamp;
    for (let at = events.length - 1; events[at]?.timestamp === timestamp; at--) {
      const event = events[at];
      if (event !== undefined) keys.add(toKey(event));
    }
  }

  /** Takes events up to the next checkpoint at most. */
  async function append(events: readonly LogEvent[]): Promise<{ count: number; bytes: number }> {
    const room = checkpointBytes - bytesSinceCheckpoint;
    let taken = events;
    let parts = renderByFile(events, output, render);
    if (totalBytes(parts) > room) {
      taken = events.slice(0, countUpTo(events, room, render));
      parts = renderByFile(taken, output, render);
    }
    const bytes = totalBytes(parts);
    await files.append(parts);
    // Once no file is in the way.
    if (!hasBegun) await record();
    hasBegun = true;
    note(taken);
    bytesSinceCheckpoint += bytes;
    if (bytesSinceCheckpoint >= checkpointBytes) await checkpoint();
    return { count: taken.length, bytes };
  }

  return {
    get hasBegun() {
      return hasBegun || from !== undefined;
    },
    get upToMs() {
      return intact ? positionMs : saved.position?.timestamp;
    },
    async write(received) {
      const fresh = received[0]?.timestamp === resumedMs ? received.filter(isFresh) : received;
      if (fresh.length === 0) return 0;
      intact = false;
      let written = 0;
      for (let at = 0; at < fresh.length; ) {
        const { count, bytes } = await append(at === 0 ? fresh : fresh.slice(at));
        at += count;
        written += bytes;
      }
      intact = true;
      return written;
    },
    async complete() {
      intact = false;
      await files.settle();
      await files.check();
      intact = true;
      return files.states();
    },
    async interrupt() {
      if (positionMs === undefined || !intact) return;
      // What is compressed is cut into members at checkpoints, which must not depend on when a run was interrupted.
      if (isPlain) await checkpoint();
      else await files.settle();
    },
  };
}

function renderByFile(events: readonly LogEvent[], output: OutputPath, render: Render): RenderedEvents[] {
  if (!output.hasPlaceholders) return [toRendered('', events, render)];
  const byKey = new Map<string, LogEvent[]>();
  for (const event of events) {
    const key = output.keyOf(event);
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [event]);
    else own.push(event);
  }
  return [...byKey].map(([key, own]) => toRendered(key, own, render));
}

function toRendered(key: string, events: readonly LogEvent[], render: Render): RenderedEvents {
  const text = render(events);
  return { key, events, text, byteLength: Buffer.byteLength(text) };
}

function totalBytes(parts: readonly RenderedEvents[]): number {
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** How many events fit before the next checkpoint is due, the one that reaches it included. */
function countUpTo(events: readonly LogEvent[], room: number, render: Render): number {
  let bytes = 0;
  let count = 0;
  for (const event of events) {
    if (bytes >= room) break;
    bytes += Buffer.byteLength(render([event]));
    count += 1;
  }
  return count;
}

function toKey({ region, logGroupName, eventId }: LogEvent): string {
  return `${region} ${logGroupName} ${eventId}`;
}
