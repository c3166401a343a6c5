import fc from 'fast-check';
import { expect, test } from 'vitest';
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
        const scheduler = createScheduler({ concurrency, maxBufferedBytes: 5_000_000 });
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
