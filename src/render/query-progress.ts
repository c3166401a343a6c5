import { renderSpan } from './progress.js';
import { renderBytes, renderCount } from './quantity.js';

/** How far a query has come. */
export interface QueryProgress {
  readonly queries: number;
  readonly finished: number;
  readonly bytesScanned: number;
  readonly recordsScanned: number;
  readonly rows: number;
  /** What is likely to be scanned; undefined where that is not known. */
  readonly likelyBytes: number | undefined;
  readonly elapsedMs: number;
}

/** Renders how far a query has come, in one line: `12 s · 1.2 GB of about 3.1 GB scanned · 34,000 rows`. */
export function renderQueryProgress(progress: QueryProgress): string {
  const { queries, finished, bytesScanned, recordsScanned, rows, likelyBytes, elapsedMs } = progress;
  const about = likelyBytes === undefined || likelyBytes < bytesScanned ? '' : ` of about ${renderBytes(likelyBytes)}`;
  const parts = [
    renderSpan(elapsedMs),
    `${renderBytes(bytesScanned)}${about} scanned`,
    `${renderCount(recordsScanned)} events`,
  ];
  if (queries > 1) parts.push(`${renderCount(finished)} of ${renderCount(queries)} queries`);
  if (rows > 0) parts.push(`${renderCount(rows)} rows`);
  return parts.join(' · ');
}

/** Renders what a query has done, in one line: `20 rows; 1.2 GB scanned (13,000,000 events) by 1 query in 3 s`. */
export function renderScanned({ queries, bytesScanned, recordsScanned, rows, elapsedMs }: QueryProgress): string {
  const scanned = `${renderBytes(bytesScanned)} scanned (${counted(recordsScanned, 'event')})`;
  return `${counted(rows, 'row')}; ${scanned} by ${counted(queries, 'query')} in ${renderSpan(elapsedMs)}`;
}

/** Renders what a query is going to scan: `scans about 1.2 GB if the 31 GB that the groups store are spread evenly`. */
export function renderEstimate({ likelyBytes, storedBytes }: { likelyBytes: number; storedBytes: number }): string {
  return `scans about ${renderBytes(likelyBytes)} if the ${renderBytes(storedBytes)} that the groups store are spread evenly`;
}

function counted(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  return `${renderCount(count)} ${word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}
