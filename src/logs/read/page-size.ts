import type { LogEvent } from '../event.js';
import { maxPageSize } from './filter-events.js';

/** The least text in a page that can only have been cut by its size: the service's limit of 1 MB counts more than text. */
const fullPageChars = 300_000;

/** Whether a page holds as much as one can, so that the service has looked no further than its last event. */
export function isFull(events: readonly LogEvent[]): boolean {
  if (events.length >= maxPageSize) return true;
  return events.length > 1 && events.reduce((chars, { message }) => chars + message.length, 0) >= fullPageChars;
}

/** What an event takes in memory besides its text, roughly. */
const eventOverheadBytes = 300;

/** About how much memory events take while they wait to be handed out. */
export function bytesOf(events: readonly LogEvent[]): number {
  let bytes = events.length * eventOverheadBytes;
  for (const { message } of events) bytes += message.length;
  return bytes;
}
