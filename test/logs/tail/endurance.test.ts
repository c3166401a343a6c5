import { expect, test } from 'vitest';
import type { EventPage } from '../../../src/logs/read/filter-events.js';
import type { Clock } from '../../../src/logs/tail/clock.js';
import { followSource } from '../../../src/logs/tail/follow.js';
import { createOutages } from '../../../src/logs/tail/outages.js';
import { startAt } from '../../../src/logs/tail/position.js';
import { createSeenIds } from '../../../src/logs/tail/seen-ids.js';
import { createTailSource } from '../../../src/logs/tail/tail-source.js';
import { createMovedClock, toArrival } from './simulation.js';

const startMs = Date.UTC(2026, 10, 20, 12);
const graceMs = 120_000;
const sweepMs = 8_500;
const hourMs = 3_600_000;

test('through a day with an outage an hour, nothing is left out and no more is remembered', async () => {
  const clock = createMovedClock(startMs);
  const stop = new AbortController();
  const everyMs = 5_000;
  async function* read(fromMs: number, toMs: number): AsyncGenerator<EventPage> {
    clock.move(100);
    if (clock.elapsed() % hourMs < 60_000) throw new Error('unreachable');
    const first = Math.ceil(Math.max(fromMs, startMs) / everyMs);
    const last = Math.ceil(Math.min(toMs, clock.now()) / everyMs);
    const numbers = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
    yield { events: numbers.map((number) => toArrival(number, number * everyMs, number * everyMs).event), last: true };
  }
  const source = createTailSource('/g', read, startOf(), { graceMs, sweepMs, clock });
  const outages = { failed: () => 5_000, answered: () => {} };
  const seen = new Set<string>();
  const held: number[] = [];
  let count = 0;
  for await (const page of followSource(source, { turnMs: () => 1_000, outages, clock, signal: stop.signal })) {
    for (const { eventId } of page) seen.add(eventId);
    count += page.length;
    held.push(source.heldIds);
    if (clock.elapsed() > 24 * hourMs) break;
  }
  expect(count).toBe(seen.size);
  expect(count).toBe(Math.ceil((clock.now() - startMs) / everyMs));
  // What came within the grace window and the longest outage.
  expect(Math.max(...held)).toBeLessThan((graceMs + 90_000) / everyMs);
});

test('of 200 groups at ten requests a second, every event is shown within 21 s', async () => {
  const { clock, run, spend } = createSharedTime();
  const stop = new AbortController();
  const delays: number[] = [];
  const outages = createOutages({ report: () => {}, renewable: false, clock });
  const sources = Array.from({ length: 200 }, (_, group) => {
    const arrivals = Array.from({ length: 10 }, (_event, at) => {
      const timestamp = startMs + at * 8_000 + ((group * 37) % 8_000);
      return toArrival(group * 100 + at, timestamp, timestamp);
    });
    async function* read(fromMs: number, toMs: number): AsyncGenerator<EventPage> {
      await spend(stop.signal);
      const there = arrivals.filter(({ visibleMs }) => visibleMs <= clock.now()).map(({ event }) => event);
      yield { events: there.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs), last: true };
    }
    return createTailSource(`/g${group}`, read, startOf(), { graceMs, sweepMs, clock });
  });
  const all = sources.map(async (source) => {
    for await (const page of followSource(source, { turnMs: () => 1_000, outages, clock, signal: stop.signal })) {
      for (const { timestamp } of page) delays.push(clock.now() - timestamp);
    }
  });
  const ended = Promise.allSettled(all);
  await run(110_000);
  stop.abort();
  await run(1_000);
  await ended;
  expect(delays).toHaveLength(2_000);
  expect(Math.max(...delays)).toBeLessThanOrEqual(21_000);
});

function startOf() {
  return { position: startAt(startMs), floor: { startMs, ingestedMs: startMs }, seen: createSeenIds() };
}

/** One time for many that wait in it, and ten requests a second for all together, first come first served. */
function createSharedTime() {
  let nowMs = startMs;
  let freeMs = startMs;
  const timers: { readonly atMs: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => nowMs,
    elapsed: () => nowMs - startMs,
    async wait(ms, signal) {
      signal.throwIfAborted();
      await new Promise<void>((wake) => timers.push({ atMs: nowMs + ms, wake }));
      signal.throwIfAborted();
    },
  };
  return {
    clock,
    async spend(signal: AbortSignal) {
      freeMs = Math.max(freeMs, nowMs) + 100;
      await clock.wait(freeMs - nowMs, signal);
    },
    async run(forMs: number) {
      const untilMs = nowMs + forMs;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        timers.sort((a, b) => a.atMs - b.atMs);
        const next = timers[0];
        if (next === undefined || next.atMs > untilMs) break;
        timers.shift();
        nowMs = next.atMs;
        next.wake();
      }
      nowMs = untilMs;
      for (const { wake } of timers.splice(0)) wake();
    },
  };
}
