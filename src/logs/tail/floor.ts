import type { LogEvent } from '../event.js';
import { compareEvents } from '../read/merge.js';

/** Below what a tail shows nothing but what arrived after it began. */
export interface Floor {
  /** Milliseconds since the epoch; earlier events lie below. */
  readonly startMs: number;
  /** The oldest event printed: what comes before it in the order of events lies below as well. */
  readonly oldest?: LogEvent | undefined;
  /** Events below that were ingested after this are new all the same; Infinity where a start was asked for. */
  readonly ingestedMs: number;
}

/** Whether a tail that has this floor shows an event. */
export function isShown(event: LogEvent, { startMs, oldest, ingestedMs }: Floor): boolean {
  const above = event.timestamp >= startMs && (oldest === undefined || compareEvents(event, oldest) >= 0);
  return above || event.ingestionTime > ingestedMs;
}
