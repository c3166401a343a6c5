import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { sharedSignal } from '../shared-signal.js';
import { createServiceClock, type ServiceClock } from '../tail/clock.js';
import { type Batch, cutBatches, maxBatchEvents, toBatch, type WriteEvent } from './batches.js';
import { createDelivery } from './delivery.js';
import { eventOverheadBytes, maxBatchBytes, type Oversize, sizeOf, splitMessage } from './event-size.js';
import type { WriterNews } from './news.js';
import { newTally, type WriteTally } from './tally.js';

/** Where a writer writes, and how. */
export interface WriterOptions {
  readonly logGroup: string;
  /** The stream of events that name none; made where it is missing, as all streams are. */
  readonly logStream: string;
  /** Make the group where it does not exist; default: that is a failure. */
  readonly createGroup?: boolean | undefined;
  /** Set on the group if the writer made it; one of the numbers of days that CloudWatch Logs knows. */
  readonly retentionDays?: number | undefined;
  /** What is done with a message larger than the service takes; default `split`. */
  readonly oversize?: Oversize | undefined;
  /** How long events may wait for others to go with; default 1 s. */
  readonly batchIntervalMs?: number | undefined;
  /** Requests in flight at once; default 16. */
  readonly concurrency?: number | undefined;
  /** What may wait to be delivered before `write` says so, with what it takes to hold it in memory; default 8 MiB. */
  readonly maxQueuedBytes?: number | undefined;
  /** How long events are held in an outage before they are given up on, each batch for itself; default ten minutes. */
  readonly maxOutageMs?: number | undefined;
  /** Gives up at once on all that is not delivered. */
  readonly signal?: AbortSignal | undefined;
  /** Told what happens, synchronously. */
  readonly onNews?: ((news: WriterNews) => void) | undefined;
  readonly clock?: ServiceClock | undefined;
}

/** Takes events one by one and delivers them in batches, at least once and in order per stream. */
export interface Writer {
  /**
   * Takes an event without waiting, always; false where the queue is full and the caller should await {@link ready}
   * before it goes on.
   */
  write(event: WriteEvent & { readonly logStream?: string | undefined }): boolean;
  /** Resolves when the queue has room again. */
  ready(): Promise<void>;
  /** Resolves when all that was written before is delivered, rejected or given up on. */
  flush(): Promise<void>;
  /** As {@link flush}, and takes no more; what is not delivered within `withinMs` is given up on. */
  close(options?: { readonly withinMs?: number | undefined }): Promise<WriteTally>;
  /** What has become of the events so far. */
  readonly tally: WriteTally;
  /** Bytes that are neither delivered nor given up on. */
  readonly queuedBytes: number;
}

const usual = { batchIntervalMs: 1_000, concurrency: 16, maxQueuedBytes: 8 * 1024 * 1024, maxOutageMs: 600_000 };

/** What an event takes in memory besides its text, about. */
const heldBytes = 100;

/** The events of one stream that are not yet cut into batches, and the batches that are not yet done with. */
interface Lane {
  readonly logStream: string;
  events: WriteEvent[];
  bytes: number;
  jobs: Job[];
  /** A first put has been answered: the stream exists. */
  isOpen: boolean;
  /** Its events have waited long enough, but a batch before them still does. */
  isDue: boolean;
}

interface Job {
  readonly lane: Lane;
  readonly batch: Batch;
  /** When it was cut, by the clock's {@link ServiceClock.elapsed}. */
  readonly sinceMs: number;
  isStarted: boolean;
}

/**
 * Makes a writer. Batches go out in parallel; one that shares time with an earlier batch of its stream waits for it, so
 * that events of the same millisecond keep their order.
 */
export function createWriter(client: CloudWatchLogsClient, options: WriterOptions): Writer {
  const { oversize = 'split', clock = createServiceClock(), onNews: report = () => {} } = options;
  const batchIntervalMs = options.batchIntervalMs ?? usual.batchIntervalMs;
  const concurrency = options.concurrency ?? usual.concurrency;
  const maxQueuedBytes = options.maxQueuedBytes ?? usual.maxQueuedBytes;
  const stop = new AbortController();
  const signal = sharedSignal(options.signal, stop.signal);
  const tally = newTally();
  const deliver = createDelivery(client, {
    logGroup: options.logGroup,
    createGroup: options.createGroup === true,
    retentionDays: options.retentionDays,
    maxOutageMs: options.maxOutageMs ?? usual.maxOutageMs,
    report,
    tally,
    clock,
    signal,
  });
  const lanes = new Map<string, Lane>();
  const waiting = new Set<Job>();
  const running = new Set<Promise<void>>();
  let queuedBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let roomAwaited: (() => void)[] = [];

  const hasRoom = (): boolean => queuedBytes < maxQueuedBytes;
  const laneOf = (logStream: string): Lane => {
    const lane = lanes.get(logStream) ?? newLane(logStream);
    lanes.set(logStream, lane);
    return lane;
  };
  const enqueue = (lane: Lane, event: WriteEvent, bytes: number): void => {
    const hadRoom = hasRoom();
    lane.events.push(event);
    lane.bytes += bytes;
    queuedBytes += bytes + heldBytes;
    if (lane.events.length > maxBatchEvents || lane.bytes > maxBatchBytes) cut(lane);
    if (hadRoom) cutWhenFull();
    // It holds the process until what was written is on its way.
    timer ??= setTimeout(cutDue, batchIntervalMs);
  };
  const cut = (lane: Lane, whole = false): void => {
    const { batches, rest } = cutBatches(lane.events);
    const all = whole && rest.length > 0 ? [...batches, toBatch(rest)] : batches;
    for (const batch of all) {
      const job = { lane, batch, sinceMs: clock.elapsed(), isStarted: false };
      lane.jobs.push(job);
      waiting.add(job);
    }
    lane.events = whole ? [] : [...rest];
    lane.bytes -= all.reduce((sum, { bytes }) => sum + bytes, 0);
    lane.isDue = false;
    pump();
  };
  const cutDue = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const lane of lanes.values()) {
      if (lane.events.length === 0) continue;
      // Where a batch waits anyway, the events behind it had better grow into a larger one.
      if (lane.jobs.some(({ isStarted }) => !isStarted)) lane.isDue = true;
      else cut(lane, true);
    }
  };
  /** No more may come before something has gone. */
  const cutWhenFull = (): void => {
    if (!hasRoom() && waiting.size === 0) cutDue();
  };
  const pump = (): void => {
    for (const job of waiting) {
      if (running.size >= concurrency) return;
      if (isBlocked(job)) continue;
      waiting.delete(job);
      job.isStarted = true;
      const run = start(job).finally(() => {
        running.delete(run);
        pump();
      });
      running.add(run);
      if (job.lane.isDue) cut(job.lane, true);
    }
  };
  const start = async ({ lane, batch, sinceMs }: Job): Promise<void> => {
    const isDelivered = await deliver(lane.logStream, batch, sinceMs);
    lane.isOpen ||= isDelivered;
    lane.jobs = lane.jobs.filter((job) => job.batch !== batch);
    if (lane.jobs.length === 0 && lane.events.length === 0 && lanes.size > maxIdleLanes) lanes.delete(lane.logStream);
    queuedBytes -= batch.bytes + batch.events.length * heldBytes;
    if (!hasRoom()) return cutWhenFull();
    for (const resolve of roomAwaited) resolve();
    roomAwaited = [];
  };
  const flush = async (): Promise<void> => {
    for (const lane of lanes.values()) if (lane.events.length > 0) cut(lane, true);
    clearTimeout(timer);
    timer = undefined;
    const last = [...lanes.values()].flatMap(({ jobs }) => jobs);
    while (last.some((job) => job.lane.jobs.includes(job))) await Promise.race(running);
  };

  return {
    write({ timestamp, message, logStream = options.logStream }) {
      if (isClosed) throw new Error('the writer is closed');
      if (!Number.isFinite(timestamp)) throw new RangeError(`${timestamp} is not a time in milliseconds`);
      if (message === '') {
        tally.rejected.empty += 1;
        return hasRoom();
      }
      const bytes = sizeOf(message);
      const isAscii = bytes === message.length + eventOverheadBytes;
      const event = { timestamp: Math.floor(timestamp), message: isAscii ? message : toWellFormed(message) };
      if (bytes <= maxBatchBytes) enqueue(laneOf(logStream), event, bytes);
      else if (oversize === 'reject') {
        tally.rejected.oversize += 1;
        report({ kind: 'rejected', logStream, counts: { oversize: 1 } });
      } else {
        tally.cut += 1;
        const parts = splitMessage(event.message);
        for (const part of oversize === 'split' ? parts : parts.slice(0, 1)) {
          enqueue(laneOf(logStream), { ...event, message: part }, sizeOf(part));
        }
      }
      return hasRoom();
    },
    ready() {
      return hasRoom() ? Promise.resolve() : new Promise((resolve) => roomAwaited.push(resolve));
    },
    flush,
    async close({ withinMs } = {}) {
      isClosed = true;
      const limit = withinMs === undefined ? undefined : setTimeout(() => stop.abort(), withinMs);
      await flush();
      clearTimeout(limit);
      return tally;
    },
    tally,
    get queuedBytes() {
      return queuedBytes;
    },
  };
}

/** Streams that nothing waits for are kept up to so many, since most will be written to again. */
const maxIdleLanes = 1_000;

function newLane(logStream: string): Lane {
  return { logStream, events: [], bytes: 0, jobs: [], isOpen: false, isDue: false };
}

/** Whether a batch has to wait for an earlier one of its stream: for the first, and for one that shares its time. */
function isBlocked({ lane, batch }: Job): boolean {
  for (const earlier of lane.jobs) {
    if (earlier.batch === batch) return false;
    if (!lane.isOpen) return true;
    if (earlier.batch.firstMs <= batch.lastMs && earlier.batch.lastMs >= batch.firstMs) return true;
  }
  return false;
}

/** Half a surrogate pair has no UTF-8, and the service would refuse it with the whole batch. */
function toWellFormed(message: string): string {
  return /\p{Surrogate}/u.test(message) ? Buffer.from(message).toString() : message;
}
