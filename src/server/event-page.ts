import type { EventPosition } from './event-position.js';
import { type Cursor, type EventWindow, nextOf, restOf, walk } from './event-window.js';
import type { JsonList } from './json-list.js';
import { type StoredEvent, sizeOf } from './log-group.js';
import type { Service } from './service.js';

/** The events of one page, in the order in which they were met. */
export interface EventPage {
  readonly json: JsonList;
  readonly first: StoredEvent | undefined;
  readonly last: StoredEvent | undefined;
  /** What the next page goes on behind; undefined if all events were looked at and none was wanted. */
  readonly resume: EventPosition | undefined;
}

/** Which events a page is made of, and how. */
export interface PageRequest {
  readonly toJson: (event: StoredEvent) => string;
  /** Default: every event. */
  readonly isWanted?: (event: StoredEvent) => boolean;
  readonly limit: number | undefined;
  /** How many bytes of events are looked at, wanted or not; one event always is. Default: no end. */
  readonly scannedBytes?: number | undefined;
}

/** Collects events from a cursor on up to the limits of a page; one event always fits, whatever its size. */
export function collectPage(service: Service, window: EventWindow, cursor: Cursor, request: PageRequest): EventPage {
  const { json, page, drawEmptyPage } = service;
  const { toJson, isWanted, limit = page.events, scannedBytes } = request;
  const maxEvents = Math.min(limit, page.events);
  let first: StoredEvent | undefined;
  let last: StoredEvent | undefined;
  let scanned: StoredEvent | undefined;
  let bytes = 0;
  json.clear();
  const rest = restOf(window, cursor);
  const pause = drawEmptyPage(nextOf(rest, cursor.isForward), cursor);
  if (pause !== undefined) return { json, first, last, resume: pause };
  for (const event of walk(rest, cursor.isForward)) {
    if (scannedBytes !== undefined) {
      bytes += sizeOf(event);
      if (bytes > scannedBytes && scanned !== undefined) return { json, first, last, resume: scanned };
    }
    if (isWanted?.(event) !== false) {
      if (!json.add(toJson(event), page.bytes)) return { json, first, last, resume: scanned };
      first ??= event;
      last = event;
      if (json.count === maxEvents) break;
    }
    scanned = event;
  }
  // Not the last event looked at: one that arrives late, but behind the last one returned, is still to be found.
  return { json, first, last, resume: last };
}
