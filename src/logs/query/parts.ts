/** A part of a time, in whole seconds since the epoch. */
export interface Part {
  readonly fromS: number;
  readonly toS: number;
}

/**
 * How full a part is planned, of the rows that one query gives: events are never spread evenly, and a part that is too
 * full has to be read again.
 */
const plannedShare = 0.6;

/** The whole seconds around a range of milliseconds: a query knows no other times. */
export function toPart({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): Part {
  return { fromS: Math.floor(startMs / 1_000), toS: Math.ceil(endMs / 1_000) };
}

/** Whether a part is too short to be cut. */
export function isOneSecond({ fromS, toS }: Part): boolean {
  return toS - fromS <= 1;
}

/** Cuts a part so that each piece is likely to have fewer rows than one query gives; in the order of time. */
export function cutPart(part: Part, rows: number, maxRows: number): Part[] {
  const { fromS, toS } = part;
  const wanted = Math.max(2, Math.ceil(rows / (maxRows * plannedShare)));
  const count = Math.min(toS - fromS, wanted);
  const borderOf = (index: number): number => fromS + Math.round(((toS - fromS) * index) / count);
  return Array.from({ length: count }, (_, index) => ({ fromS: borderOf(index), toS: borderOf(index + 1) }));
}

/**
 * The times to ask for, both inclusive. Parts overlap by a second, so that no reading of "inclusive" leaves a gap
 * between two; one second alone cannot, or it could never be cut down to.
 */
export function timesOf(part: Part, whole: Part): { readonly startTime: number; readonly endTime: number } {
  const endTime = isOneSecond(part) ? part.toS : Math.min(part.toS + 1, whole.toS);
  return { startTime: part.fromS, endTime };
}
