import { comparePositions, type EventPosition } from './event-position.js';

/** Events in the order in which they are returned, whatever the order of their arrival. */
export interface Timeline<E extends EventPosition> {
  add(event: E): void;
  /** Removes every event for which the test holds. */
  remove(test: (event: E) => boolean): void;
  /** All events, sorted; valid until the next change. */
  events(): readonly E[];
}

/** Creates an empty timeline. */
export function createTimeline<E extends EventPosition>(): Timeline<E> {
  let sorted: E[] = [];
  // Arrivals that belong somewhere before the end; merged in at the next reading, so that writing stays cheap.
  let late: E[] = [];
  return {
    add(event) {
      const last = sorted.at(-1);
      if (last === undefined || comparePositions(last, event) < 0) sorted.push(event);
      else late.push(event);
    },
    remove(test) {
      sorted = sorted.filter((event) => !test(event));
      late = late.filter((event) => !test(event));
    },
    events() {
      if (late.length > 0) {
        sorted = merge(sorted, late.sort(comparePositions));
        late = [];
      }
      return sorted;
    },
  };
}

/** The index of the first event for which the test holds; it must hold for all that follow. */
export function firstIndex<E>(events: readonly E[], holds: (event: E) => boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && holds(event)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Merges in place from the end, touching only what lies after the earliest late event. */
function merge<E extends EventPosition>(sorted: E[], late: readonly E[]): E[] {
  let from = sorted.length - 1;
  let to = sorted.length + late.length - 1;
  for (let index = late.length - 1; index >= 0; index -= 1) {
    const event = late[index];
    if (event === undefined) continue;
    for (let other = sorted[from]; from >= 0 && other !== undefined; other = sorted[from]) {
      if (comparePositions(other, event) < 0) break;
      sorted[to] = other;
      to -= 1;
      from -= 1;
    }
    sorted[to] = event;
    to -= 1;
  }
  return sorted;
}
