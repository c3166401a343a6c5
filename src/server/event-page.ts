import { comparePositions, type EventPosition } from './event-position.js';
import type { StoredEvent } from './log-group.js';
import type { Service } from './service.js';
import { firstIndex } from './timeline.js';

/** The events of one page, already as JSON, in the order in which they were met. */
export interface EventPage {
  readonly jsons: readonly string[];
  readonly first: StoredEvent | undefined;
  readonly last: StoredEvent | undefined;
}

/** Collects events up to the limits of a page; one event always fits, whatever its size. */
export function collectPage(
  { page }: Service,
  events: Iterable<StoredEvent>,
  toJson: (event: StoredEvent) => string,
  limit: number = page.events,
): EventPage {
  const maxEvents = Math.min(limit, page.events);
  const jsons: string[] = [];
  let first: StoredEvent | undefined;
  let last: StoredEvent | undefined;
  let bytes = 0;
  for (const event of events) {
    const json = toJson(event);
    bytes += Buffer.byteLength(json) + 1;
    if (jsons.length > 0 && bytes > page.bytes) break;
    jsons.push(json);
    first ??= event;
    last = event;
    if (jsons.length === maxEvents) break;
  }
  return { jsons, first, last };
}

/** A stretch of sorted events: the indices `from` up to but not including `to`. */
export interface Window {
  readonly events: readonly StoredEvent[];
  readonly from: number;
  readonly to: number;
}

/** The events from `startMs` up to but not including `endMs`. */
export function windowOf(events: readonly StoredEvent[], startMs: number, endMs: number): Window {
  const from = firstIndex(events, ({ timestamp }) => timestamp >= startMs);
  return {
    events,
    from,
    to: Math.max(
      from,
      firstIndex(events, ({ timestamp }) => timestamp >= endMs),
    ),
  };
}

/** Where a page begins and which way it goes. */
export interface Cursor {
  readonly isForward: boolean;
  /** The page begins with the event next to this position; undefined for the end of the window. */
  readonly beyond: EventPosition | undefined;
}

/** Walks through a window from a cursor on. */
export function walk(window: Window, { isForward, beyond }: Cursor): Iterable<StoredEvent> {
  if (isForward) return ascending(beyond === undefined ? window : after(window, beyond));
  return descending(beyond === undefined ? window : before(window, beyond));
}

function after(window: Window, position: EventPosition): Window {
  const from = firstIndex(window.events, (event) => comparePositions(event, position) > 0);
  return { ...window, from: Math.max(window.from, from) };
}

function before(window: Window, position: EventPosition): Window {
  const to = firstIndex(window.events, (event) => comparePositions(event, position) >= 0);
  return { ...window, to: Math.min(window.to, to) };
}

function* ascending({ events, from, to }: Window): Generator<StoredEvent> {
  for (let index = from; index < to; index += 1) {
    const event = events[index];
    if (event !== undefined) yield event;
  }
}

function* descending({ events, from, to }: Window): Generator<StoredEvent> {
  for (let index = to - 1; index >= from; index -= 1) {
    const event = events[index];
    if (event !== undefined) yield event;
  }
}
