import { isThrottle } from '../../failures.js';
import type { Attempt } from '../client.js';
import type { EventPage } from './filter-events.js';

/** What a run has done so far; the reading functions add to it. */
export interface Monitor {
  pages: number;
  /** Events in the pages, before they are looked at any further here. */
  events: number;
  emptyPages: number;
  windows: number;
  requests: number;
  throttles: number;
  /** Attempts that failed and were made again. */
  retries: number;
  /** How much of the time range has been read, 0 to 1. */
  share(): number;
}

/** Makes a monitor in which nothing has happened. */
export function createMonitor(): Monitor {
  return { pages: 0, events: 0, emptyPages: 0, windows: 0, requests: 0, throttles: 0, retries: 0, share: () => 0 };
}

/** Counts one request on the wire. */
export function countAttempt(monitor: Monitor, { error }: Attempt): void {
  monitor.requests += 1;
  if (error === undefined) return;
  monitor.retries += 1;
  if (isThrottle(error)) monitor.throttles += 1;
}

/** Counts one page. */
export function countPage(monitor: Monitor, { events }: EventPage): void {
  monitor.pages += 1;
  monitor.events += events.length;
  if (events.length === 0) monitor.emptyPages += 1;
}
