import { renderBytes, renderCount } from './quantity.js';

/** How far a download has come. */
export interface Progress {
  /** 0 to 1. */
  readonly share: number;
  readonly events: number;
  readonly bytes: number;
  readonly requests: number;
  readonly throttles: number;
  readonly elapsedMs: number;
}

/** Renders how far a download has come, in one line: `42 % · 1,234 events · 3.1 MB/s · 21 requests/s · 8 s left`. */
export function renderProgress({ share, events, bytes, requests, throttles, elapsedMs }: Progress): string {
  const seconds = Math.max(elapsedMs, 1) / 1_000;
  const parts = [
    `${Math.floor(share * 100)} %`,
    `${renderCount(events)} events`,
    `${renderBytes(bytes / seconds)}/s`,
    `${Math.round(requests / seconds)} requests/s`,
  ];
  if (throttles > 0) parts.push(`${renderCount(throttles)} throttles`);
  if (share > 0.01 && seconds > 2) parts.push(`${renderSpan((elapsedMs * (1 - share)) / share)} left`);
  return parts.join(' · ');
}

/** Renders a length of time as its two largest units: `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function renderSpan(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
