import type { LogEvent } from '../event.js';
import type { Newest } from './newest-pages.js';
import { startAt } from './position.js';
import { createSeenIds } from './seen-ids.js';
import type { TailStart } from './tail-source.js';

/**
 * What a tail begins with: the newest so many events of all groups together, or all since a time in milliseconds since
 * the epoch; undefined there stands for the earliest event a group can hold.
 */
export type TailFrom =
  | { readonly kind: 'newest'; readonly count: number }
  | { readonly kind: 'start'; readonly startMs: number | undefined };

/** The newest events are looked for no further back. */
export const historyMs = 24 * 3_600_000;

/** Where a source begins whose newest events have been read; `newest` are those of all sources that are printed. */
export function toStart(
  { events, newestMs, ingestedMs }: Newest,
  newest: readonly LogEvent[],
  from: TailFrom,
  openedMs: number,
): TailStart {
  const seen = createSeenIds();
  const position = startAt(openedMs, newestMs);
  if (from.kind === 'start') {
    return { position, seen, floor: { startMs: from.startMs ?? 0, ingestedMs: Number.POSITIVE_INFINITY } };
  }
  // What is not printed of them is no news either.
  for (const event of events) seen.add(event);
  // An event that is dated ahead may be an old one.
  if (from.count === 0) return { position, seen, floor: { startMs: Number.POSITIVE_INFINITY, ingestedMs } };
  // Where fewer came than were asked for, there are no others.
  const oldest = newest.length < from.count ? undefined : newest[0];
  return { position, seen, floor: { startMs: openedMs - historyMs, oldest, ingestedMs } };
}

/** Where a source begins that is created later: all that it holds is new, however old it says it is. */
export function toAwaited(from: TailFrom, openedMs: number): TailStart {
  const pastMs = from.kind === 'start' ? (from.startMs ?? 0) : openedMs - historyMs;
  const floor = { startMs: pastMs, ingestedMs: from.kind === 'start' ? Number.POSITIVE_INFINITY : openedMs };
  return { position: { newestMs: pastMs, sweptMs: pastMs }, seen: createSeenIds(), floor };
}
