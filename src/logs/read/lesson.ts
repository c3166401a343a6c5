import type { LogEvent } from '../event.js';
import { isFull } from './page-size.js';
import type { Window } from './segments.js';

/** What a window has seen so far. */
export type Seen = Pick<Window, 'lastEventMs' | 'requests' | 'emptyInARow' | 'filledInARow'>;

/**
 * Notes in a window what a page of it held; returns how much log time a request covers here, in milliseconds, and
 * undefined while that cannot be told.
 */
export function learn(window: Seen, events: readonly LogEvent[]): number | undefined {
  window.requests += 1;
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined) {
    window.emptyInARow += 1;
    window.filledInARow = 0;
    return undefined;
  }
  const fromMs = window.lastEventMs;
  const requests = window.emptyInARow + 1;
  window.lastEventMs = last.timestamp;
  window.emptyInARow = 0;
  window.filledInARow += 1;
  // A full page covers just what its events do. Any other may have looked far beyond them: only the next one tells.
  if (requests === 1 && isFull(events)) return Math.max(1, last.timestamp - first.timestamp);
  return fromMs === undefined ? undefined : Math.max(1, (last.timestamp - fromMs) / requests);
}

/** So many empty pages in a row are taken for a filter that matches rarely, so many with events for the end of that. */
export const emptyPagesToSlice = 2;
const filledPagesToRunOn = 2;

/** Whether requests come back empty; a page that does not tell leaves it as it was before. */
export function isSparse({ emptyInARow, filledInARow }: Seen, before: boolean): boolean {
  if (emptyInARow >= emptyPagesToSlice) return true;
  return filledInARow < filledPagesToRunOn && before;
}
