import type { LogEvent } from '../event.js';
import { digestOf } from './seen-ids.js';

/** Which events of a group came by both ways, live and by polling: live ones carry no id to tell by. */
export interface LiveCover {
  /** Whether an event that came live has not come by polling. */
  addLive(event: LogEvent): boolean;
  /** Whether an event that came by polling has not come live. */
  addPolled(event: LogEvent): boolean;
  /** No more events come live: those that came so far are all that polling need not show. */
  close(): void;
  /** Forgets events with timestamps before this. */
  forgetBefore(timestampMs: number): void;
  /** Events that are remembered, equal ones as one. */
  readonly size: number;
}

const sliceMs = 1_000;

/**
 * Makes a multiset of events that came one way and are still to come the other: equal events are counted, above zero
 * those that came live, below zero those that were polled.
 */
export function createLiveCover(): LiveCover {
  const slices = new Map<number, Map<number, number>>();
  let isOpen = true;
  const count = (event: LogEvent, step: 1 | -1): boolean => {
    const second = Math.floor(event.timestamp / sliceMs);
    const slice = slices.get(second) ?? new Map<number, number>();
    if (isOpen) slices.set(second, slice);
    const key = digestOf(`${event.timestamp}:${event.logStreamName}:${event.message}`);
    const before = slice.get(key) ?? 0;
    // Nothing will come that would ask for it.
    if (!isOpen && before <= 0) return true;
    if (before + step === 0) slice.delete(key);
    else slice.set(key, before + step);
    return before * step >= 0;
  };
  return {
    addLive: (event) => count(event, 1),
    addPolled: (event) => count(event, -1),
    close() {
      isOpen = false;
    },
    forgetBefore(timestampMs) {
      for (const second of slices.keys()) {
        if ((second + 1) * sliceMs <= timestampMs) slices.delete(second);
      }
    },
    get size() {
      let size = 0;
      for (const slice of slices.values()) size += slice.size;
      return size;
    },
  };
}
