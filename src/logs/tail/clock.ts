import { setTimeout as sleep } from 'node:timers/promises';

/** The time as a tail sees it. */
export interface Clock {
  /** The present by the service's clock, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only ever grow: for how long something takes. */
  elapsed(): number;
  /** Waits; rejects when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A clock that is set by what the service says. */
export interface ServiceClock extends Clock {
  /** The service's clock showed this, in milliseconds since the epoch and to the second. */
  heard(dateMs: number): void;
}

/** Less than this is not told from the second that an HTTP date is rounded to, and the way it takes. */
const tolerableMs = 2_000;
const halfSecondMs = 500;

/**
 * Makes a clock that begins with the machine's time and follows the service's wherever they differ: where to read is a
 * matter of the service's time, and the clocks of laptops and virtual machines are wrong by minutes after a sleep.
 */
export function createServiceClock(
  now: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): ServiceClock {
  let anchor: { readonly dateMs: number; readonly elapsedMs: number } | undefined;
  const present = (): number =>
    anchor === undefined ? now() : Math.round(anchor.dateMs + elapsed() - anchor.elapsedMs);
  return {
    now: present,
    elapsed,
    async wait(ms, signal) {
      await sleep(ms, undefined, { signal });
    },
    heard(dateMs) {
      const middleMs = dateMs + halfSecondMs;
      const differs = Math.abs(middleMs - present()) > tolerableMs;
      // Once the service has been heard, a jump of the machine's clock is not followed: the next answer would undo it.
      anchor = { dateMs: differs ? middleMs : present(), elapsedMs: elapsed() };
    },
  };
}
