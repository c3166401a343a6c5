import type { Clock } from '../../src/server/clock.js';

/** A clock that stands still until it is moved. */
export interface MovedClock extends Clock {
  /** Moves on, running what falls due at its own time; what a run leads to in sockets has a chance to happen. */
  advance(ms: number): Promise<void>;
  /** How much is still to run. */
  readonly waiting: number;
}

export function createMovedClock(startMs: number): MovedClock {
  let nowMs = startMs;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        timers.delete(next);
        nowMs = next.atMs;
        next.run();
        await new Promise(setImmediate);
      }
      nowMs = untilMs;
    },
    get waiting() {
      return timers.size;
    },
  };
}
