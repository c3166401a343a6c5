import type { EventPosition } from './event-position.js';
import { createJsonList, type JsonList } from './json-list.js';
import { type StoredEvent, sizeOf } from './log-group.js';
import type { Service } from './service.js';

/** The events of one page, in the order in which they were met. */
export interface EventPage {
  readonly list: JsonList;
  readonly first: StoredEvent | undefined;
  readonly last: StoredEvent | undefined;
  /** Where the next page goes on; undefined if all events were looked at and none was wanted. */
  readonly resume: EventPosition | undefined;
}

/** Which events a page is made of, and how. */
export interface PageRequest {
  readonly toJson: (event: StoredEvent) => string;
  /** Default: every event. */
  readonly isWanted?: (event: StoredEvent) => boolean;
  readonly limit?: number | undefined;
  /** How many bytes of events are looked at, wanted or not; one event always is. Default: no end. */
  readonly scannedBytes?: number;
}

/** Collects events up to the limits of a page; one event always fits, whatever its size. */
export function collectPage({ page }: Service, events: Iterable<StoredEvent>, request: PageRequest): EventPage {
  const { toJson, isWanted, limit = page.events, scannedBytes = Number.POSITIVE_INFINITY } = request;
  const maxEvents = Math.min(limit, page.events);
  const list = createJsonList(page.bytes);
  let first: StoredEvent | undefined;
  let last: StoredEvent | undefined;
  let scanned: StoredEvent | undefined;
  let bytes = 0;
  for (const event of events) {
    if (scannedBytes !== Number.POSITIVE_INFINITY) bytes += sizeOf(event);
    if (bytes > scannedBytes && scanned !== undefined) return { list, first, last, resume: scanned };
    if (isWanted?.(event) !== false) {
      if (!list.add(toJson(event))) return { list, first, last, resume: scanned };
      first ??= event;
      last = event;
      if (list.count === maxEvents) break;
    }
    scanned = event;
  }
  // Not the last event looked at: what arrives behind the last one returned is still to be found.
  return { list, first, last, resume: last };
}

/** A page without events, after which the next one goes on from a given place. */
export function emptyPage(resume: EventPosition): EventPage {
  return { list: createJsonList(0), first: undefined, last: undefined, resume };
}
