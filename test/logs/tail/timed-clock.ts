import { expect } from 'vitest';
import type { Clock } from '../../../src/logs/tail/clock.js';

/** A clock that many can wait on: its time passes only while it is told to, from one that is due to the next. */
export interface TimedClock extends Clock {
  /** Lets time pass. Whoever is due is woken in order, and does all it can before the next. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until a promise is settled. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** How many wait. */
  waiting(): number;
}

interface Waiter {
  readonly dueMs: number;
  wake(): void;
}

/** Makes a clock that shows a time and waits to be told on. */
export function createTimedClock(startMs: number): TimedClock {
  let elapsedMs = 0;
  let waiters: Waiter[] = [];

  const wakeNext = (untilMs: number): boolean => {
    const [next] = waiters;
    if (next === undefined || next.dueMs > untilMs) return false;
    waiters = waiters.slice(1);
    elapsedMs = Math.max(elapsedMs, next.dueMs);
    next.wake();
    return true;
  };

  return {
    now: () => startMs + elapsedMs,
    elapsed: () => elapsedMs,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const stop = (): void => {
          waiters = waiters.filter((other) => other !== waiter);
          reject(signal.reason);
        };
        const waiter = {
          dueMs: elapsedMs + ms,
          wake() {
            signal.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal.addEventListener('abort', stop, { once: true });
        const at = waiters.findIndex(({ dueMs }) => dueMs > waiter.dueMs);
        waiters.splice(at === -1 ? waiters.length : at, 0, waiter);
      }),
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      do await allDone();
      while (wakeNext(untilMs));
      elapsedMs = untilMs;
    },
    async until(promise) {
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      promise.then(settle, settle);
      await allDone();
      while (!isSettled) {
        if (!wakeNext(Number.MAX_SAFE_INTEGER)) throw new Error('it waits for something else than this clock');
        await allDone();
      }
      return promise;
    },
    waiting: () => waiters.length,
  };
}

/** Reads for so long and then stops the reading, which is to end by that and nothing else. */
export async function readFor<Value>(
  values: AsyncIterable<Value>,
  ms: number,
  { clock, stop }: { readonly clock: TimedClock; readonly stop: AbortController },
): Promise<Value[]> {
  const read: Value[] = [];
  const reading = (async () => {
    for await (const value of values) read.push(value);
  })();
  // Whatever ended it is looked at below, after the time has passed.
  reading.catch(() => {});
  await clock.advance(ms);
  const stopped = new Error('stopped');
  stop.abort(stopped);
  await expect(clock.until(reading)).rejects.toBe(stopped);
  return read;
}

/** Resolves when every promise that can go on has gone on. */
function allDone(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
