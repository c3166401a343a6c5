import type { LogEvent } from '../logs/event.js';

/** How many events there were in each stretch of time, by what they are told apart by. */
export interface Histogram {
  /** Edges of the buckets in epoch milliseconds, one more than there are buckets. */
  readonly edges: readonly number[];
  /** Counts for each bucket by key, the key with most events first; one key without a name where nothing tells apart. */
  readonly series: readonly Series[];
  readonly total: number;
}

/** The counts of one key. */
export interface Series {
  readonly key: string;
  readonly counts: readonly number[];
  readonly total: number;
}

/** Counts events as they come. */
export interface Counter {
  add(events: readonly LogEvent[]): void;
  /** Adds so many at a time, for counts that somebody else made. */
  addCount(timestamp: number, key: string, count: number): void;
  result(): Histogram;
}

/** Keys past these are counted as {@link otherKey}: what is told apart by an id would hold memory for each. */
const maxKeys = 1_000;

/** The key of all that is not told apart. */
const otherKey = '(other)';

/** Makes what counts events between edges, by a key of each. */
export function createCounter(edges: readonly number[], keyOf: (event: LogEvent) => string): Counter {
  const buckets = Math.max(0, edges.length - 1);
  const byKey = new Map<string, number[]>();
  const countsOf = (key: string): number[] => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    if (byKey.size >= maxKeys && key !== otherKey) return countsOf(otherKey);
    const counts = new Array<number>(buckets).fill(0);
    byKey.set(key, counts);
    return counts;
  };
  const addCount = (timestamp: number, key: string, count: number): void => {
    const at = bucketOf(edges, timestamp);
    if (at < 0 || at >= buckets) return;
    const counts = countsOf(key);
    counts[at] = (counts[at] ?? 0) + count;
  };
  return {
    add(events) {
      for (const event of events) addCount(event.timestamp, keyOf(event), 1);
    },
    addCount,
    result() {
      const series = [...byKey].map(([key, counts]) => ({ key, counts, total: sum(counts) }));
      series.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
      return { edges, series, total: sum(series.map(({ total }) => total)) };
    },
  };
}

/** The counts of all keys together, bucket by bucket. */
export function totalCounts({ edges, series }: Histogram): number[] {
  return Array.from({ length: Math.max(0, edges.length - 1) }, (_, at) =>
    sum(series.map(({ counts }) => counts[at] ?? 0)),
  );
}

/** The same with the rarer keys joined into one, so that there are so many at most. */
export function joinRareKeys(histogram: Histogram, maxSeries: number): Histogram {
  const own = histogram.series.filter(({ key }) => key !== otherKey);
  if (own.length <= maxSeries && own.length === histogram.series.length) return histogram;
  const kept = own.slice(0, maxSeries - 1);
  const joined = histogram.series.filter((one) => !kept.includes(one));
  const counts = totalCounts({ ...histogram, series: joined });
  return { ...histogram, series: [...kept, { key: otherKey, counts, total: sum(counts) }] };
}

/** The last edge at or before a time; -1 before the first. */
function bucketOf(edges: readonly number[], timestamp: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? 0) <= timestamp) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
