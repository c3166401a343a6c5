import { renderBytes, renderCount, renderNumber } from './quantity.js';

/** What a run has done. */
export interface Stats {
  readonly events: number;
  /** Of output, before compression; null where events are not written but counted. */
  readonly bytes: number | null;
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
  const size = bytes === null ? '' : ` (${renderBytes(bytes)})`;
  return (
    `${renderNumber(events, 'event')}${size} in ${seconds} s${span}; ` +
    `${renderNumber(pages, 'page')}, ${renderCount(emptyPages)} of them empty, in ${renderNumber(windows, 'window')}; ` +
    `${renderNumber(requests, 'request')}, ${renderCount(throttles)} throttled, ${renderCount(retries)} made again`
  );
}
