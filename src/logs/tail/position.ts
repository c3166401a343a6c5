/**
 * Where a source of a tail stands, in milliseconds since the epoch. Two numbers are enough to go on from after any
 * interruption: nothing that lies between them and the present is taken as read.
 */
export interface TailPosition {
  /** Read in order up to here; never later than the present was. */
  readonly newestMs: number;
  /** Whatever could be read at this moment has been read, as far back as events may arrive late. */
  readonly sweptMs: number;
}

/** A time range to be read; `endMs` is exclusive. */
export interface TailRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** A poll begins this far before the newest event: writers take turns of some seconds. */
export const maxOverlapMs = 8_000;
/** So little is enough where events come so thick that reading them again costs pages. */
export const minOverlapMs = 1_000;

/**
 * Writers may date events up to two hours ahead; the rest is for clocks that differ.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const horizonMs = 2 * 3_600_000 + 10 * 60_000;

/** The position after everything that could be read at `nowMs` has been read, up to an event of `newestMs`. */
export function startAt(nowMs: number, newestMs?: number): TailPosition {
  return { newestMs: Math.min(nowMs, Math.max(newestMs ?? 0, nowMs - maxOverlapMs)), sweptMs: nowMs };
}

/** The position after an event was read in order: one that is dated in the future does not take it past the present. */
export function readTo(position: TailPosition, timestampMs: number, nowMs: number): TailPosition {
  return { ...position, newestMs: Math.max(position.newestMs, Math.min(timestampMs, nowMs)) };
}

/** The position after a poll that began at `begunMs` has come to its end: what it did not find was not there then. */
export function readOut(position: TailPosition, begunMs: number): TailPosition {
  return { ...position, newestMs: Math.max(position.newestMs, begunMs - maxOverlapMs) };
}

/** The position after a sweep whose range was open until `begunMs` has come to its end. */
export function sweptOut(position: TailPosition, begunMs: number): TailPosition {
  return { ...position, sweptMs: Math.max(position.sweptMs, begunMs) };
}

/** The position under a clock that turns out to be earlier than it seemed: nothing was read in the future. */
export function clampTo({ newestMs, sweptMs }: TailPosition, nowMs: number): TailPosition {
  return { newestMs: Math.min(newestMs, nowMs), sweptMs: Math.min(sweptMs, nowMs) };
}

/** What a poll reads: from a little before the newest event, to beyond any event that is dated in the future. */
export function pollRange(position: TailPosition, overlapMs: number, nowMs: number): TailRange {
  // The present may turn out to be earlier than it seemed, when a wrong clock is put right.
  return { startMs: Math.max(0, Math.min(position.newestMs, nowMs) - overlapMs), endMs: nowMs + horizonMs };
}

/** Where a sweep begins: an event that arrives within the grace window after this has not been missed. */
export function sweepStartMs(position: TailPosition, graceMs: number, nowMs: number): number {
  return Math.max(0, Math.min(position.sweptMs, nowMs) - graceMs);
}

/** No read will begin before this, so that what is remembered of earlier events can be forgotten. */
export function forgetBeforeMs(position: TailPosition, graceMs: number, nowMs: number): number {
  return Math.min(sweepStartMs(position, graceMs, nowMs), pollRange(position, maxOverlapMs, nowMs).startMs);
}
