import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../src/logs/event.js';
import type { EventPage } from '../../../src/logs/read/filter-events.js';
import { compareEvents } from '../../../src/logs/read/merge.js';
import { createServiceClock } from '../../../src/logs/tail/clock.js';
import { followSource } from '../../../src/logs/tail/follow.js';
import { createOutages } from '../../../src/logs/tail/outages.js';
import { startAt } from '../../../src/logs/tail/position.js';
import { createSeenIds } from '../../../src/logs/tail/seen-ids.js';
import { createTailSource } from '../../../src/logs/tail/tail-source.js';
import { toFailure } from '../fixtures.js';
import { type Arrival, toArrival } from './simulation.js';

const startMs = Date.UTC(2026, 10, 20, 12);
const hourMs = 3_600_000;
const graceMs = 20_000;

/** What happens at the request with a number. */
interface Incident {
  readonly request: number;
  /** The machine sleeps; whoever reads the output does not; the service throttles; a page token is refused. */
  readonly kind: 'sleep' | 'stall' | 'throttle' | 'token';
  readonly ms: number;
}

const arrivals = fc
  .array(
    fc.record({
      offsetMs: fc.nat(hourMs),
      lateMs: fc.oneof(fc.constant(0), fc.nat(graceMs - 1), fc.integer({ min: -hourMs, max: 0 })),
      burst: fc.integer({ min: 1, max: 6 }),
      stepMs: fc.nat(1),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((entries) =>
    entries.flatMap(({ offsetMs, lateMs, burst, stepMs }, entry) =>
      Array.from({ length: burst }, (_, at) => {
        const timestamp = startMs + 1 + offsetMs + at * stepMs;
        return toArrival(entry * 10 + at, timestamp, Math.max(startMs + 1, timestamp + lateMs));
      }),
    ),
  );
const incidents = fc.array(
  fc.record({
    request: fc.nat(300),
    kind: fc.constantFrom('sleep', 'stall', 'throttle', 'token' as const),
    ms: fc.oneof(fc.nat(900_000), fc.constant(3 * hourMs)),
  }),
  { maxLength: 12 },
);

test('through an hour of sleep, blocked output, throttling and refused tokens every event is given once', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 7 }), incidents, async (events, pageSize, planned) => {
      const given = await followThrough(events, pageSize, planned);
      expect(given.toSorted()).toEqual(events.map(({ event }) => event.eventId).toSorted());
    }),
    { numRuns: 100 },
  );
});

/** Follows a source that brings these events until all has happened and a while has passed; gives the ids in the order in which they came. */
async function followThrough(
  events: readonly Arrival[],
  pageSize: number,
  planned: readonly Incident[],
): Promise<string[]> {
  const sorted = events.toSorted((a, b) => compareEvents(a.event, b.event));
  const plan = [...planned];
  let nowMs = startMs;
  let awakeMs = 0;
  let throttledMs = 0;
  let requests = 0;
  const pass = (ms: number): void => {
    nowMs += ms;
    awakeMs += ms;
  };
  const service = createServiceClock(
    () => startMs,
    () => awakeMs,
  );
  const due = (isOurs: (kind: Incident['kind']) => boolean): Incident[] => {
    const ours = plan.filter(({ request, kind }) => request <= requests && isOurs(kind));
    for (const incident of ours) plan.splice(plan.indexOf(incident), 1);
    return ours;
  };
  async function* read(fromMs: number, toMs: number): AsyncGenerator<EventPage> {
    let after: LogEvent | undefined;
    for (;;) {
      requests += 1;
      pass(40);
      const now = due((kind) => kind !== 'stall');
      for (const { kind, ms } of now) {
        if (kind === 'sleep') nowMs += ms;
        if (kind === 'throttle') throttledMs = nowMs + ms;
      }
      // A refusal has a date like any answer.
      service.heard(Math.floor(nowMs / 1_000) * 1_000);
      if (nowMs < throttledMs) throw toFailure('ThrottlingException', 'Rate exceeded');
      if (now.some(({ kind }) => kind === 'token')) {
        throw toFailure('InvalidParameterException', 'The specified nextToken is invalid.');
      }
      const from = after;
      const page = sorted
        .filter(({ visibleMs }) => visibleMs <= nowMs)
        .map(({ event }) => event)
        .filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs)
        .filter((event) => from === undefined || compareEvents(event, from) > 0)
        .slice(0, pageSize);
      after = page.at(-1) ?? after;
      yield { events: page, last: page.length === 0 };
      if (page.length === 0) return;
    }
  }
  const stop = new AbortController();
  let quietTurns = 0;
  const clock = {
    ...service,
    async wait(ms: number, signal: AbortSignal): Promise<void> {
      // Where nothing is given any more, a stall has nothing to hold up.
      const isOver =
        plan.every(({ kind }) => kind === 'stall') && nowMs > Math.max(startMs + hourMs + 2 * graceMs, throttledMs);
      quietTurns = isOver ? quietTurns + 1 : 0;
      if (quietTurns > 400) stop.abort(new Error('over'));
      signal.throwIfAborted();
      pass(ms);
    },
  };
  const start = { position: startAt(startMs), floor: { startMs, ingestedMs: startMs }, seen: createSeenIds() };
  const source = createTailSource('/g', read, start, { graceMs, sweepMs: 8_500, clock });
  const outages = createOutages({ report: () => {}, renewable: false, clock, random: () => 1 });
  const given: string[] = [];
  const following = async (): Promise<void> => {
    const pages = followSource(source, { turnMs: () => 1_000, outages, clock, signal: stop.signal });
    for await (const page of pages) {
      given.push(...page.map(({ eventId }) => eventId));
      for (const { ms } of due((kind) => kind === 'stall')) pass(ms);
    }
  };
  await expect(following()).rejects.toThrow('over');
  return given;
}
