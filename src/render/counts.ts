import type { Histogram } from '../shape/histogram.js';
import { csvCell } from './csv.js';

/** Renders the counts of a histogram, one object a bucket: its times, how many events, and how many of each key. */
export function renderCountsJson({ edges, series }: Histogram): string {
  let text = '';
  for (const { startMs, endMs, at } of bucketsOf(edges)) {
    const counts = Object.fromEntries(series.map(({ key, counts }) => [key, counts[at] ?? 0]));
    const count = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const isTold = series.some(({ key }) => key !== '');
    const bucket = { start: iso(startMs), end: iso(endMs), startMs, endMs, count, ...(isTold ? { counts } : {}) };
    text += `${JSON.stringify(bucket)}\n`;
  }
  return text;
}

/** Renders the counts of a histogram as CSV with a header: one line a bucket and key. */
export function renderCountsCsv({ edges, series }: Histogram): string {
  let text = 'start,end,key,count\n';
  for (const { startMs, endMs, at } of bucketsOf(edges)) {
    for (const { key, counts } of series) text += `${iso(startMs)},${iso(endMs)},${csvCell(key)},${counts[at] ?? 0}\n`;
  }
  return text;
}

function bucketsOf(edges: readonly number[]): { startMs: number; endMs: number; at: number }[] {
  return edges.slice(0, -1).map((startMs, at) => ({ startMs, endMs: edges[at + 1] ?? startMs, at }));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
