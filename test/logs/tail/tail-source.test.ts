import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startAt } from '../../../src/logs/tail/position.js';
import { createSeenIds } from '../../../src/logs/tail/seen-ids.js';
import { createTailSource, type TailSource } from '../../../src/logs/tail/tail-source.js';
import {
  type Arrival,
  type Behaviour,
  createMovedClock,
  createReader,
  type MovedClock,
  toArrival,
} from './simulation.js';

const startMs = Date.UTC(2026, 10, 20, 12);
const graceMs = 20_000;
const sweepMs = 5_000;
const pollMs = 1_000;

describe('every event is given once', () => {
  const arrivals = fc
    .array(
      fc.record({
        offsetMs: fc.oneof(fc.nat(40_000), fc.nat(200)),
        lateMs: fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(graceMs - 1), fc.integer({ min: -3_600_000, max: 0 })),
        burst: fc.oneof(fc.constant(1), fc.nat(6)),
      }),
      { maxLength: 40 },
    )
    .map((entries) => {
      const events: Arrival[] = [];
      for (const { offsetMs, lateMs, burst } of entries) {
        const timestamp = startMs + offsetMs - Math.min(0, lateMs);
        const visibleMs = startMs + offsetMs + Math.max(0, lateMs);
        for (let at = 0; at < burst; at++) events.push(toArrival(events.length, timestamp, visibleMs));
      }
      return events;
    });

  test('in any order of arrival within the grace window, with any page size, pace and failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 20, max: 900 }),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(12), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 50, max: 4_000 }),
        async (events, pageSize, latencyMs, empties, failures, turnMs) => {
          const clock = createMovedClock(startMs);
          const behaviour: Behaviour = {
            pageSize,
            latencyMs,
            isEmpty: (request) => empties[request % (empties.length + 1)] === 0,
            failure: (request) =>
              failures[request % (failures.length + 1)] === 0 ? new Error('a failure') : undefined,
          };
          const hostileMs = 45_000 + graceMs;
          const { source, read } = startSource(events, clock, {
            ...behaviour,
            failure: (request) => (clock.elapsed() < hostileMs ? behaviour.failure?.(request) : undefined),
            isEmpty: (request) => clock.elapsed() < hostileMs && behaviour.isEmpty?.(request) === true,
          });
          await follow(source, clock, hostileMs, turnMs, read);
          await follow(source, clock, hostileMs + (events.length / pageSize) * 4 * pollMs + 6 * sweepMs, pollMs, read);
          expect(read.toSorted(byNumber)).toEqual(events.map((_, index) => index));
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

test('an event of the future is given at once, and nothing after it waits', async () => {
  const clock = createMovedClock(startMs);
  const events = [
    toArrival(0, startMs + 7_200_000, startMs + 500),
    ...Array.from({ length: 50 }, (_, index) => toArrival(index + 1, startMs + index * 1_000, startMs + index * 1_000)),
  ];
  const { source } = startSource(events, clock, { pageSize: 100, latencyMs: 100 });
  const delays: number[] = [];
  await follow(source, clock, 55_000, pollMs, [], (index) =>
    delays.push(clock.now() - (events[index]?.visibleMs ?? 0)),
  );
  expect(delays).toHaveLength(events.length);
  expect(Math.max(...delays)).toBeLessThan(2_500);
});

test('an event at the last millisecond that was read is not taken for one of those', async () => {
  const clock = createMovedClock(startMs);
  const events = [toArrival(0, startMs + 100, startMs + 100), toArrival(1, startMs + 100, startMs + 5_000)];
  const { source, read } = startSource(events, clock, { pageSize: 10, latencyMs: 50 });
  await follow(source, clock, 10_000, pollMs, read);
  expect(read).toEqual([0, 1]);
});

test('after an hour without an answer the hour is read, late arrivals of before it included', async () => {
  const clock = createMovedClock(startMs);
  const hourMs = 3_600_000;
  const events = [
    toArrival(0, startMs + 1_000, startMs + 1_000),
    toArrival(1, startMs + 2_000, startMs + 2_000 + graceMs / 2),
    ...Array.from({ length: 300 }, (_, index) => {
      const timestamp = startMs + 5_000 + index * 12_000;
      return toArrival(index + 2, timestamp, timestamp);
    }),
  ];
  const { source, read } = startSource(events, clock, {
    pageSize: 50,
    latencyMs: 100,
    failure: () =>
      clock.elapsed() > 4_000 && clock.elapsed() < hourMs ? new Error('the network is unreachable') : undefined,
  });
  await follow(source, clock, 4_000, pollMs, read);
  await follow(source, clock, hourMs, 60_000, read);
  await follow(source, clock, hourMs + 60_000, pollMs, read);
  expect(read.toSorted(byNumber)).toEqual(events.map((_, index) => index));
});

test('what is remembered stays the same through a day', async () => {
  const clock = createMovedClock(startMs);
  const dayMs = 86_400_000;
  const held: number[] = [];
  const events: Arrival[] = [];
  const { source, read } = startSource(events, clock, { pageSize: 1_000, latencyMs: 100 }, (nowMs) =>
    // Twelve events a minute, made as they are asked for: a day of them at once would be slow to look through.
    events.splice(0, events.length, ...recentEvents(nowMs)),
  );
  for (let hour = 1; hour <= 24; hour++) {
    await follow(source, clock, (dayMs / 24) * hour, 5_000, read);
    held.push(source.heldIds);
  }
  expect(read).toHaveLength(new Set(read).size);
  expect(read.length).toBeGreaterThan(24 * 60 * 12 - 20);
  expect(Math.max(...held)).toBeLessThan(20);
});

test('a quiet group costs one request a turn', async () => {
  const clock = createMovedClock(startMs);
  const { source, requests } = startSource([], clock, { pageSize: 10, latencyMs: 50 });
  await follow(source, clock, 60_000, pollMs);
  // The first sweep is made apart, since nobody knows how long it will be.
  expect(requests()).toBeLessThanOrEqual(60 + 2);
});

test('sweeps come in pieces, so that they do not hold up the polls between them', async () => {
  const clock = createMovedClock(startMs);
  const events = Array.from({ length: 2_000 }, (_, index) => {
    const timestamp = startMs + index * 20;
    return toArrival(index, timestamp, timestamp, 'x'.repeat(6_000));
  });
  const { source } = startSource(events, clock, { pageSize: 50, latencyMs: 180 });
  const delays: number[] = [];
  await follow(source, clock, 45_000, pollMs, [], (index) =>
    delays.push(clock.now() - (events[index]?.visibleMs ?? 0)),
  );
  expect(delays).toHaveLength(events.length);
  expect(Math.max(...delays)).toBeLessThan(5 * pollMs);
});

test('a turn that is not taken to its end asks no further', async () => {
  const clock = createMovedClock(startMs);
  const events = Array.from({ length: 30 }, (_, index) => toArrival(index, startMs + index, startMs));
  const { source, requests } = startSource(events, clock, { pageSize: 10, latencyMs: 50 });
  for await (const page of source.turn(1_000)) {
    expect(page).toHaveLength(10);
    break;
  }
  expect(requests()).toBe(1);
});

function recentEvents(nowMs: number): Arrival[] {
  const first = Math.floor((nowMs - 2 * graceMs) / 5_000);
  return Array.from({ length: 12 }, (_, at) => {
    const timestamp = (first + at) * 5_000;
    return toArrival((timestamp - startMs) / 5_000, timestamp, timestamp);
  }).filter(({ event }) => event.timestamp >= startMs);
}

function startSource(
  events: readonly Arrival[],
  clock: MovedClock,
  behaviour: Behaviour,
  beforeRead: (nowMs: number) => void = () => {},
): { source: TailSource; read: number[]; requests: () => number } {
  const reader = createReader(events, clock, behaviour);
  const read = (fromMs: number, toMs: number) => {
    beforeRead(clock.now());
    return createReader(events, clock, behaviour).read(fromMs, toMs);
  };
  const start = { position: startAt(startMs), floor: { startMs, ingestedMs: startMs }, seen: createSeenIds() };
  const usesBefore = beforeRead.length > 0;
  const source = createTailSource('/g', usesBefore ? read : reader.read, start, { graceMs, sweepMs, clock });
  return { source, read: [], requests: reader.requests };
}

async function follow(
  source: TailSource,
  clock: MovedClock,
  untilMs: number,
  turnMs: number,
  read: number[] = [],
  onRead: (index: number) => void = () => {},
): Promise<void> {
  while (clock.elapsed() < untilMs) {
    const dueMs = clock.elapsed() + turnMs;
    try {
      for await (const page of source.turn(dueMs)) {
        for (const { eventId } of page) {
          read.push(Number(eventId));
          onRead(Number(eventId));
        }
      }
    } catch {
      await source.abandon();
    }
    clock.move(Math.max(0, dueMs - clock.elapsed()));
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
