import { maxBatchBytes, sizeOf } from './event-size.js';

/** One event as it is written. */
export interface WriteEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Events of one stream that may be sent as one request: never empty. */
export interface Batch {
  /** In the order of their times; those of one time in the order they were written. */
  readonly events: readonly WriteEvent[];
  readonly bytes: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What is cut from events, and what may still grow. */
export interface Cut {
  readonly batches: readonly Batch[];
  /** Fits in one batch, and would have room for more. */
  readonly rest: readonly WriteEvent[];
}

/**
 * The most events of one batch.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const maxBatchEvents = 10_000;
/** The most time from the first event of a batch to its last; the same page. */
export const maxBatchSpanMs = 24 * 3_600_000;

/**
 * Cuts events of one stream into batches that the service takes, in chronological and otherwise unchanged order. A cut
 * lies between two milliseconds unless those of one alone do not fit: what shares a millisecond keeps its order only
 * if it is sent one batch after the other. No event may be larger than a batch.
 */
export function cutBatches(events: readonly WriteEvent[]): Cut {
  const sorted = isSorted(events) ? events : [...events].sort((a, b) => a.timestamp - b.timestamp);
  const batches: Batch[] = [];
  let start = 0;
  // Where the last millisecond of the batch begins, and the bytes before it.
  let edge = 0;
  let edgeBytes = 0;
  let bytes = 0;
  const close = (end: number, closedBytes: number): void => {
    batches.push(toBatch(sorted.slice(start, end), closedBytes));
    start = end;
    bytes -= closedBytes;
    edge = start;
    edgeBytes = 0;
  };
  let at = 0;
  for (const event of sorted) {
    const size = sizeOf(event.message);
    const last = sorted[at - 1];
    if (last !== undefined && last.timestamp !== event.timestamp && at > start) {
      edge = at;
      edgeBytes = bytes;
    }
    while (at > start && !fits(sorted[start], event, at - start + 1, bytes + size)) {
      if (edge > start) close(edge, edgeBytes);
      else close(at, bytes);
    }
    bytes += size;
    at += 1;
  }
  return { batches, rest: sorted.slice(start) };
}

/** The batch that events fitting in one are. */
export function toBatch(events: readonly WriteEvent[], bytes = bytesOf(events)): Batch {
  return { events, bytes, firstMs: events[0]?.timestamp ?? 0, lastMs: events.at(-1)?.timestamp ?? 0 };
}

function bytesOf(events: readonly WriteEvent[]): number {
  return events.reduce((sum, { message }) => sum + sizeOf(message), 0);
}

function fits(first: WriteEvent | undefined, last: WriteEvent, count: number, bytes: number): boolean {
  const spanMs = last.timestamp - (first?.timestamp ?? 0);
  return count <= maxBatchEvents && bytes <= maxBatchBytes && spanMs <= maxBatchSpanMs;
}

function isSorted(events: readonly WriteEvent[]): boolean {
  return events.every(({ timestamp }, at) => at === 0 || timestamp >= (events[at - 1]?.timestamp ?? 0));
}
