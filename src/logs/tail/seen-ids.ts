import type { LogEvent } from '../event.js';

/** The events of one source that were read already, as far back as they may be read again. */
export interface SeenIds {
  /** Whether the event is new; it no longer is afterwards. */
  add(event: LogEvent): boolean;
  /** Forgets the events with timestamps before this. */
  forgetBefore(timestampMs: number): void;
  /** How far before `timestampMs` the last `count` events reach, to the second. */
  reachMs(timestampMs: number, count: number): number;
  readonly size: number;
}

const sliceMs = 1_000;

/**
 * Makes an empty memory of events. An id of 56 digits is kept as a number of 53 bits, beside those of the same second
 * only: at 5,000 events a second one in 10^12 would be taken for another.
 */
export function createSeenIds(): SeenIds {
  const slices = new Map<number, Set<number>>();
  return {
    add({ timestamp, eventId }) {
      const second = Math.floor(timestamp / sliceMs);
      const digest = digestOf(eventId);
      const slice = slices.get(second);
      if (slice?.has(digest) === true) return false;
      if (slice === undefined) slices.set(second, new Set([digest]));
      else slice.add(digest);
      return true;
    },
    forgetBefore(timestampMs) {
      for (const second of slices.keys()) {
        if ((second + 1) * sliceMs <= timestampMs) slices.delete(second);
      }
    },
    reachMs(timestampMs, count) {
      const newest = Math.floor(timestampMs / sliceMs);
      let left = count;
      for (let second = newest; second > newest - maxReach; second--) {
        left -= slices.get(second)?.size ?? 0;
        if (left <= 0) return (newest - second) * sliceMs;
      }
      return maxReach * sliceMs;
    },
    get size() {
      let size = 0;
      for (const slice of slices.values()) size += slice.size;
      return size;
    },
  };
}

/** Seconds that are looked back on for how thick events come. */
const maxReach = 60;

/** Mixes a text into a whole number below 2^53. */
export function digestOf(text: string): number {
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high + code, 0x2c1b3c6d) ^ (low >>> 13);
  }
  low = mixed(low ^ (high << 7));
  high = mixed(high ^ low);
  return (high & 0x1f_ffff) * 0x1_0000_0000 + (low >>> 0);
}

/** Spreads every bit over all others. */
function mixed(bits: number): number {
  let value = bits;
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return value ^ (value >>> 16);
}
