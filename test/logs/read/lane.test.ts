import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RepeatedTokenError } from '../../../src/errors.js';
import type { LogEvent } from '../../../src/logs/event.js';
import type { EventPage } from '../../../src/logs/read/filter-events.js';
import { createLane } from '../../../src/logs/read/lane.js';
import { compareEvents } from '../../../src/logs/read/merge.js';
import { createMonitor } from '../../../src/logs/read/monitor.js';
import { createScheduler } from '../../../src/logs/read/scheduler.js';

/** A range in which events crowd, leave gaps and share milliseconds. */
const layouts = fc
  .array(
    fc.record({ gapMs: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(2_000)), count: fc.oneof(fc.nat(3), fc.nat(60)) }),
    {
      maxLength: 30,
    },
  )
  .map((bursts) => {
    const events: LogEvent[] = [];
    let timestamp = 1_000;
    for (const { gapMs, count } of bursts) {
      timestamp += gapMs;
      for (let at = 0; at < count; at++) events.push(toEvent(timestamp, events.length));
    }
    return events;
  });

test('random layouts, page sizes and concurrency give every event of the range once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      layouts,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 2, max: 9 }),
      fc.nat(3_000),
      fc.integer({ min: 1, max: 20_000 }),
      fc.boolean(),
      fc.nat(4),
      fc.infiniteStream(fc.nat(5)),
      async (events, pageSize, concurrency, startOffset, length, inclusive, emptyRun, delays) => {
        const range = { startMs: 500 + startOffset, endMs: 500 + startOffset + length };
        const read = pagesOf(events, { pageSize, inclusive, emptyRun, delays });
        const scheduler = createScheduler({ concurrency, maxBufferedBytes: 5_000_000, busyMs: Number.MIN_VALUE });
        const lane = createLane(read, range, { concurrency, monitor: createMonitor(), onChange: scheduler.pump });
        scheduler.add(lane);
        const got: LogEvent[] = [];
        for await (const page of lane.pages()) got.push(...page);
        const truth = events.filter(({ timestamp }) => timestamp >= range.startMs && timestamp < range.endMs);
        expect(got.map(({ eventId }) => eventId)).toEqual(truth.map(({ eventId }) => eventId));
        expect([...got].sort(compareEvents)).toEqual(got);
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('a service that looks through so much log time a request', () => {
  const dayMs = 86_400_000;
  const hourMs = dayMs / 24;

  test.each([
    ['nothing to find', 2 * hourMs, []],
    ['a few events together at the start', 2 * hourMs, [10, 15, 20, 30]],
    ['a few events within seconds', 2 * hourMs, [1_000, 2_000, 3_000, 4_000]],
    ['pairs far apart', 2 * hourMs, [0, 5, 10 * hourMs, 10 * hourMs + 5, 20 * hourMs, 20 * hourMs + 5]],
    ['one early event and much looked through at once', 8 * hourMs, [hourMs]],
    ['many requests', hourMs / 10, [hourMs, 5 * hourMs, 5 * hourMs + 1, 17 * hourMs]],
  ])('%s: found with about as many requests as one after the other', async (_, scannedMs, offsets) => {
    const events = offsets.map((offset, index) => toEvent(1_000 + offset, index));
    const range = { startMs: 1_000, endMs: 1_000 + dayMs };
    const sequential = dayMs / scannedMs;
    const { lane, requests } = startLane(scanning(events, scannedMs), range, 10);
    expect((await collect(lane)).map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
    // The first slices are cut before anything is known: that many may be too many.
    expect(requests()).toBeLessThan(1.35 * sequential + 30);
  });
});

test('bursts longer than a page, gaps of a minute, tokens refused: no crawling through what follows a burst', async () => {
  const events: LogEvent[] = [];
  for (let burst = 0, timestamp = 1_000; burst < 8; burst++, timestamp += 60_000) {
    for (let at = 0; at < 1_500; at++) {
      if (at >= 900) timestamp += 40;
      events.push(toEvent(timestamp, events.length));
    }
  }
  const range = { startMs: 1_000, endMs: 1_000_000 };
  for (let concurrency = 2; concurrency <= 10; concurrency++) {
    for (const manner of [repeated(1), repeated(3), varied(concurrency), varied(concurrency + 100)]) {
      const pages = pagesOf(events, { pageSize: 400, inclusive: true, emptyRun: 0, delays: manner });
      const { lane, requests } = startLane(refusingTokens(pages, varied(concurrency)), range, concurrency);
      expect(await collect(lane)).toHaveLength(events.length);
      expect(requests()).toBeLessThan(3 * (events.length / 400) + 3 * concurrency);
    }
  }
});

describe('a lane that ends early', () => {
  const events = Array.from({ length: 5_000 }, (_, index) => toEvent(1_000 + index, index));
  const range = { startMs: 0, endMs: 10_000 };
  const read = () => pagesOf(events, { pageSize: 50, inclusive: true, emptyRun: 0, delays: repeated(1) });

  test('a consumer that leaves ends all chains, and nothing more is asked', async () => {
    const { lane, requests, open } = startLane(read(), range, 8);
    for await (const _ of lane.pages()) if (requests() > 20) break;
    const asked = requests();
    await turns(20);
    expect({ asked: requests(), open: open() }).toEqual({ asked, open: 0 });
  });

  test('an abort from outside ends it as it is', async () => {
    const ended = new AbortController();
    const { lane, requests, open } = startLane(read(), range, 8, ended.signal);
    for await (const _ of lane.pages()) if (requests() > 20) ended.abort();
    const asked = requests();
    await turns(20);
    expect({ asked: requests(), open: open() }).toEqual({ asked, open: 0 });
  });

  test('a failure in a later window comes after everything before it', async () => {
    const failing = 3_000;
    const whole = read();
    const broken: typeof whole = async function* (startMs, endMs, signal) {
      for await (const page of whole(startMs, endMs, signal)) {
        if ((page.events.at(-1)?.timestamp ?? 0) >= failing) throw new Error('broken');
        yield page;
      }
    };
    const { lane } = startLane(broken, range, 8);
    const got: LogEvent[] = [];
    const reading = (async () => {
      for await (const page of lane.pages()) got.push(...page);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(got).toEqual(events.slice(0, got.length));
    expect(got.at(-1)?.timestamp).toBeGreaterThan(failing - 100);
  });

  test('behind a request that has failed nothing is asked, also where nobody waits for its page', async () => {
    let isBroken = false;
    let failed = 0;
    const whole = read();
    const broken: typeof whole = async function* (startMs, endMs, signal) {
      for await (const page of whole(startMs, endMs, signal)) {
        if (isBroken) failed += 1;
        if (isBroken) throw new Error('broken');
        yield page;
      }
    };
    const { lane } = startLane(broken, range, 8);
    const pages = lane.pages();
    await pages.next();
    await pages.next();
    isBroken = true;
    await turns(100);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(20);
    await pages.return(undefined);
  });
});

type Read = (startMs: number, endMs: number, signal: AbortSignal) => AsyncGenerator<EventPage>;

/** A lane with its own scheduler, in which as many requests as allowed are always in flight. */
function startLane(read: Read, range: { startMs: number; endMs: number }, concurrency: number, signal?: AbortSignal) {
  let asked = 0;
  let open = 0;
  const counted: Read = async function* (startMs, endMs, abandoned) {
    open += 1;
    try {
      for await (const page of read(startMs, endMs, abandoned)) {
        asked += 1;
        yield page;
      }
    } finally {
      open -= 1;
    }
  };
  const scheduler = createScheduler({ concurrency, maxBufferedBytes: 5_000_000, busyMs: Number.MIN_VALUE });
  const lane = createLane(counted, range, { concurrency, monitor: createMonitor(), signal, onChange: scheduler.pump });
  scheduler.add(lane);
  return { lane, requests: () => asked, open: () => open };
}

async function collect(lane: { pages(): AsyncGenerator<LogEvent[]> }): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for await (const page of lane.pages()) events.push(...page);
  return events;
}

/** Finds what lies in the next so many milliseconds, whatever that is, as a sparse filter does. */
function scanning(events: readonly LogEvent[], scannedMs: number): Read {
  return async function* (startMs, endMs) {
    for (let fromMs = startMs; fromMs < endMs; fromMs += scannedMs) {
      await turns(1);
      const toMs = Math.min(endMs, fromMs + scannedMs);
      const found = events.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs);
      yield { events: found, last: toMs === endMs };
    }
  };
}

/** One token in seven is refused, so that the burst it stood in is read again. */
function refusingTokens(read: Read, luck: Iterator<number>): Read {
  return async function* (startMs, endMs, signal) {
    let first = true;
    for await (const page of read(startMs, endMs, signal)) {
      if (!first && luck.next().value === 0) throw new RepeatedTokenError('/g');
      first = false;
      yield page;
    }
  };
}

function* varied(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state % 7;
}

function* repeated(turnsEach: number): Generator<number> {
  for (;;) yield turnsEach;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

interface Manner {
  readonly pageSize: number;
  readonly inclusive: boolean;
  readonly emptyRun: number;
  readonly delays: Iterator<number>;
}

/** A service in a few lines: pages of the range, empty ones in between, answers in any order. */
function pagesOf(events: readonly LogEvent[], { pageSize, inclusive, emptyRun, delays }: Manner) {
  return async function* (startMs: number, endMs: number, signal: AbortSignal): AsyncGenerator<EventPage> {
    const hits = events.filter(({ timestamp: at }) => at >= startMs && (at < endMs || (inclusive && at === endMs)));
    const answer = async (page: LogEvent[], last: boolean): Promise<EventPage> => {
      for (let turns = delays.next().value ?? 0; turns > 0; turns--) await new Promise(setImmediate);
      signal.throwIfAborted();
      return { events: page.filter(({ timestamp }) => timestamp < endMs), last };
    };
    for (let at = 0; at < hits.length; at += pageSize) {
      for (let empty = 0; empty < emptyRun; empty++) yield await answer([], false);
      yield await answer(hits.slice(at, at + pageSize), false);
    }
    yield await answer([], true);
  };
}

function toEvent(timestamp: number, index: number): LogEvent {
  return {
    timestamp,
    ingestionTime: timestamp,
    message: `m${index}`,
    eventId: String(index).padStart(56, '0'),
    logStreamName: 's',
    logGroupName: 'g',
    region: 'r',
  };
}
