import { type Random, randomInteger } from './random.js';

/** A fair choice of so many of all that is added, however many that will be. */
export interface EventSample<E> {
  add(event: E): void;
  /** What was chosen, in the order of arrival, and whether anything was left out; the next choice then begins. */
  take(): { readonly events: E[]; readonly sampled: boolean };
}

/** Creates an empty choice of at most so many. */
export function createEventSample<E>(size: number, random: Random): EventSample<E> {
  let chosen: { readonly event: E; readonly order: number }[] = [];
  let added = 0;
  return {
    add(event) {
      const order = added;
      added += 1;
      // Reservoir sampling: each of n so far stays with the same chance, size / n.
      const place = order < size ? order : randomInteger(random, 0, order);
      if (place < size) chosen[place] = { event, order };
    },
    take() {
      const events = chosen.sort((a, b) => a.order - b.order).map(({ event }) => event);
      const sampled = added > size;
      chosen = [];
      added = 0;
      return { events, sampled };
    },
  };
}
