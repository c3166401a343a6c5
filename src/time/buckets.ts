import { Temporal } from 'temporal-polyfill';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Lengths of a bucket that a clock's or a calendar's reader counts in. */
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 7, 14, 28, 91, 364].map((days) => days * dayMs),
];

/** The shortest round length of which so many buckets at most make up a range. */
export function roundStepMs(rangeMs: number, maxBuckets: number): number {
  // One more than the range needs: its ends seldom lie on edges.
  return steps.find((stepMs) => rangeMs / stepMs + 1 <= maxBuckets) ?? Math.ceil(rangeMs / maxBuckets / dayMs) * dayMs;
}

/**
 * The edges of the buckets that hold a range, ascending, on the wall clock of a zone: parts of a day count from its
 * midnight, whole days from the first. The first edge is at or before the start, the last at or after the end.
 */
export function bucketEdges(startMs: number, endMs: number, stepMs: number, zone: string): readonly number[] {
  const edges: number[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone).toPlainDate();
  const days = Math.max(1, Math.round(stepMs / dayMs));
  for (;;) {
    const next = day.add({ days });
    const fromMs = startOf(day, zone);
    const untilMs = startOf(next, zone);
    for (const edgeMs of stepMs < dayMs ? edgesOfDay(fromMs, untilMs, stepMs, zone) : [fromMs]) {
      if (edgeMs <= startMs) edges.length = 0;
      edges.push(edgeMs);
      if (edgeMs >= endMs) return edges;
    }
    day = next;
  }
}

function startOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
}

/** Several hours are those that the clock shows, though one may be missing or come twice; shorter steps just go on. */
function edgesOfDay(fromMs: number, untilMs: number, stepMs: number, zone: string): number[] {
  const edges: number[] = [];
  if (stepMs <= hourMs) {
    for (let edgeMs = fromMs; edgeMs < untilMs; edgeMs += stepMs) edges.push(edgeMs);
    return edges;
  }
  const day = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone).toPlainDate();
  for (let hour = 0; hour < 24; hour += stepMs / hourMs) {
    const { epochMilliseconds } = day.toZonedDateTime({ timeZone: zone, plainTime: { hour } });
    if (epochMilliseconds > (edges.at(-1) ?? Number.NEGATIVE_INFINITY)) edges.push(epochMilliseconds);
  }
  return edges;
}
