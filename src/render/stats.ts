import { renderBytes, renderCount } from './quantity.js';

/** What a run has done. */
export interface Stats {
  readonly events: number;
  /** Of output, before compression. */
  readonly bytes: number;
  readonly pages: number;
  readonly emptyPages: number;
  readonly windows: number;
  readonly requests: number;
  readonly throttles: number;
  readonly retries: number;
  readonly firstTimestamp: number | null;
  readonly lastTimestamp: number | null;
  readonly durationMs: number;
}

/** Renders what a run has done, in one line. */
export function renderStats(stats: Stats): string {
  const { events, bytes, pages, emptyPages, windows, requests, throttles, retries, durationMs } = stats;
  const { firstTimestamp: first, lastTimestamp: last } = stats;
  const seconds = (durationMs / 1_000).toFixed(1);
  const span =
    first === null || last === null ? '' : `, from ${new Date(first).toISOString()} to ${new Date(last).toISOString()}`;
  return (
    `${renderCount(events)} events (${renderBytes(bytes)}) in ${seconds} s${span}; ` +
    `${renderCount(pages)} pages, ${renderCount(emptyPages)} of them empty, in ${renderCount(windows)} windows; ` +
    `${renderCount(requests)} requests, ${renderCount(throttles)} throttled, ${renderCount(retries)} made again`
  );
}
