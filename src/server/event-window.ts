import { comparePositions, type EventPosition } from './event-position.js';
import type { StoredEvent } from './log-group.js';
import { firstIndex } from './timeline.js';

/** A stretch of sorted events: the indices `from` up to but not including `to`. */
export interface EventWindow {
  readonly events: readonly StoredEvent[];
  readonly from: number;
  readonly to: number;
}

/** The events from `startMs` up to but not including `endMs`. */
export function windowOf(events: readonly StoredEvent[], startMs: number, endMs: number): EventWindow {
  const from = firstIndex(events, ({ timestamp }) => timestamp >= startMs);
  const to = firstIndex(events, ({ timestamp }) => timestamp >= endMs);
  return { events, from, to: Math.max(from, to) };
}

/** Where a page begins and which way it goes. */
export interface Cursor {
  readonly isForward: boolean;
  /** The page begins with the event next to this position; undefined for the end of the window. */
  readonly beyond: EventPosition | undefined;
}

/** What a window still holds from a cursor on. */
export function restOf(window: EventWindow, { isForward, beyond }: Cursor): EventWindow {
  if (beyond === undefined) return window;
  const { events, from, to } = window;
  if (isForward) {
    const next = firstIndex(events, (event) => comparePositions(event, beyond) > 0);
    return { events, from: Math.max(from, next), to };
  }
  const previous = firstIndex(events, (event) => comparePositions(event, beyond) >= 0);
  return { events, from, to: Math.min(to, previous) };
}

/** The event with which a page of a window begins, if there is one. */
export function nextOf({ events, from, to }: EventWindow, isForward: boolean): StoredEvent | undefined {
  return from < to ? events[isForward ? from : to - 1] : undefined;
}

/** Walks through a window, ascending or descending. */
export function* walk({ events, from, to }: EventWindow, isForward: boolean): Generator<StoredEvent> {
  const step = isForward ? 1 : -1;
  for (let index = isForward ? from : to - 1; index >= from && index < to; index += step) {
    const event = events[index];
    if (event !== undefined) yield event;
  }
}
