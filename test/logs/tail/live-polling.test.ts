import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TailRequest } from '../../../src/logs/tail/open.js';
import type { TailNews } from '../../../src/logs/tail/outages.js';
import { openTail, type Tail } from '../../../src/logs/tail/tail-events.js';
import { toFailure } from '../fixtures.js';
import {
  createSimulatedService,
  type LiveArrival,
  type ServiceBehaviour,
  type SessionPlan,
} from './simulated-service.js';
import { toArrival } from './simulation.js';
import { createTimedClock, readFor, type TimedClock } from './timed-clock.js';

const nowMs = Date.UTC(2026, 10, 20, 12);
const graceMs = 20_000;
const groupNames = ['/a', '/b'] as const;

describe('every event is given once', () => {
  const arrivals = fc.array(
    fc.record({
      group: fc.constantFrom(...groupNames),
      offsetMs: fc.integer({ min: 1_000, max: 60_000 }),
      // Some events are equal but for their ids.
      kind: fc.nat(2),
      lateMs: fc.oneof(fc.constant(0), fc.nat(500), fc.nat(graceMs - 1), fc.constant(graceMs - 1)),
      liveLagMs: fc.oneof(fc.constant(0), fc.nat(3_000), fc.constant(undefined)),
      copies: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3 })),
    }),
    { maxLength: 30 },
  );
  const plans = fc.array(
    fc.record({
      lastsMs: fc.oneof(fc.nat(3_000), fc.nat(30_000)),
      ending: fc.constantFrom('timeout', 'break', 'silence', 'clean' as const),
      sampled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  );

  test('whatever sessions leave out and however they end, through outages of either way', async () => {
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        plans,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 10, max: 600 }),
        fc.array(fc.constantFrom('', 'FilterLogEvents', 'StartLiveTail', 'DescribeLogGroups'), { maxLength: 8 }),
        async (entries, sessions, pageSize, latencyMs, outages) => {
          const groups = new Map<string, LiveArrival[]>(groupNames.map((name) => [name, []]));
          let count = 0;
          for (const { group, offsetMs, kind, lateMs, liveLagMs, copies } of entries) {
            const timestamp = nowMs + Math.floor(offsetMs / 50) * 50;
            const visibleMs = timestamp + lateMs;
            for (let copy = 0; copy < copies; copy++) {
              const arrival = toArrival(count++, timestamp, visibleMs, `${group} ${timestamp} ${kind}`);
              const liveMs = liveLagMs === undefined ? undefined : visibleMs + liveLagMs;
              groups.get(group)?.push({ ...arrival, liveMs });
            }
          }
          const { read } = await follow(Object.fromEntries(groups), 150_000, (clock) => ({
            pageSize,
            latencyMs,
            session: (index) => sessions[index % sessions.length] ?? lasting,
            // Each ten seconds long; there is none while it is opened.
            failure: (operation) =>
              outages[Math.floor(clock.elapsed() / 10_000) - 1] === operation ? unreachable() : undefined,
          }));
          const written = [...groups.values()].flat().map(({ event }) => event.message);
          expect(read.toSorted()).toEqual(written.toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the pace of polling behind it', () => {
  const polls = async (session: (index: number) => SessionPlan, forMs = 120_000) => {
    const { requests } = await follow({ '/a': [] }, forMs, () => ({ session }));
    return requests('FilterLogEvents').length;
  };

  test('is slow while all comes live', async () => {
    expect(await polls(() => lasting)).toBeLessThan(20);
  });

  test('is full where updates leave events out', async () => {
    expect(await polls(() => ({ ...lasting, sampled: true }))).toBeGreaterThan(110);
  });

  test('is full soon after a session has fallen silent, and slow again with the next', async () => {
    const { requests } = await follow({ '/a': [] }, 120_000, () => ({
      session: (index) => (index === 0 ? { lastsMs: 30_000, ending: 'silence' } : lasting),
    }));
    const perTenSeconds = Array.from({ length: 12 }, () => 0);
    for (const { elapsedMs } of requests('FilterLogEvents')) {
      const at = Math.floor(elapsedMs / 10_000);
      perTenSeconds[at] = (perTenSeconds[at] ?? 0) + 1;
    }
    expect(requests('StartLiveTail').map(({ elapsedMs }) => Math.round(elapsedMs / 1_000))).toEqual([0, 45]);
    // Updates are missed after four seconds, and come again after about a quarter of a minute.
    expect(perTenSeconds.slice(3, 5).every((count) => count >= 5)).toBe(true);
    expect(perTenSeconds.slice(6).every((count) => count <= 2)).toBe(true);
  });

  test('does not leave a gap between two sessions to the next slow poll', async () => {
    const arrival = toArrival(0, nowMs + 25_200, nowMs + 25_200);
    const { delays } = await follow({ '/a': [arrival] }, 60_000, () => ({
      session: (index) => (index === 0 ? { lastsMs: 25_000, ending: 'break' } : lasting),
    }));
    expect(delays).toHaveLength(1);
    expect(Math.max(...delays)).toBeLessThan(1_500);
  });

  test('is full for a group that a session cannot show', async () => {
    const { requests, news } = await follow({ '/a': [] }, 60_000, () => ({}), { logGroups: ['/a', '/gone'] });
    const of = (name: string) => requests('FilterLogEvents').filter(({ input }) => input.logGroupName === name).length;
    expect(of('/a')).toBeLessThan(15);
    // Every five seconds, as a group is awaited.
    expect(of('/gone')).toBeGreaterThan(10);
    expect(news.map(({ kind }) => kind)).toEqual(['group-lost']);
  });
});

test('what comes live is given at once, and not again by the polls behind it', async () => {
  const lines = Array.from({ length: 100 }, (_, index) => {
    const timestamp = nowMs + 2_000 + index * 1_000;
    return { ...toArrival(index, timestamp, timestamp, `${index}`), liveMs: timestamp };
  });
  const { read, delays } = await follow({ '/a': lines }, 130_000);
  expect(read).toEqual(lines.map(({ event }) => event.message));
  expect(Math.max(...delays)).toBeLessThanOrEqual(1_100);
});

test.each<[string, TailRequest['from']]>([
  ['among the newest', { kind: 'newest', count: 10 }],
  ['since a start', { kind: 'start', startMs: nowMs - 60_000 }],
])('what was given before, %s, and comes live as well is not given again', async (_, from) => {
  const before = { ...toArrival(0, nowMs - 300, nowMs - 200, 'before'), liveMs: nowMs + 700 };
  const { read } = await follow({ '/a': [before] }, 30_000, () => ({}), { from });
  expect(read).toEqual(['before']);
});

test('polling that is out for ten minutes finds nothing new of what came live meanwhile', async () => {
  const lines = Array.from({ length: 800 }, (_, index) => {
    const timestamp = nowMs + 2_000 + index * 1_000;
    return { ...toArrival(index, timestamp, timestamp, `${index}`), liveMs: timestamp };
  });
  const { read } = await follow({ '/a': lines }, 900_000, (clock) => ({
    failure: (operation) =>
      operation === 'FilterLogEvents' && clock.elapsed() > 20_000 && clock.elapsed() < 620_000
        ? unreachable()
        : undefined,
  }));
  expect(read).toEqual(lines.map(({ event }) => event.message));
});

test('what arrives at the very end of the grace window and comes live only after it was polled is given once', async () => {
  const lines = Array.from({ length: 120 }, (_, index) => {
    const visibleMs = nowMs + 30_000 + index * 500;
    const isLate = index % 2 === 1;
    const arrival = toArrival(index, isLate ? visibleMs - graceMs + 1 : visibleMs, visibleMs, `${index}`);
    return { ...arrival, liveMs: visibleMs + 2_900 };
  });
  const { read } = await follow({ '/a': lines }, 130_000, () => ({ session: () => ({ ...lasting, sampled: true }) }));
  expect(read.toSorted()).toEqual(lines.map(({ event }) => event.message).toSorted());
});

test.each<[string, string]>([
  ['AccessDeniedException', 'StartLiveTail'],
  ['AccessDeniedException', 'DescribeLogGroups'],
  ['InvalidOperationException', 'StartLiveTail'],
])('where it is refused by %s to %s, that is said once, and polling goes on alone', async (name, refused) => {
  const refusal = toFailure(name, 'no', { operation: refused });
  const lines = Array.from({ length: 50 }, (_, index) =>
    toArrival(index, nowMs + 1_000 + index * 1_000, nowMs + 1_000 + index * 1_000, `${index}`),
  );
  const { read, news, delays, requests } = await follow({ '/a': lines }, 60_000, () => ({
    failure: (operation) => (operation === refused ? refusal : undefined),
  }));
  expect(read).toEqual(lines.map(({ event }) => event.message));
  expect(news).toEqual([{ kind: 'live-refused', error: refusal }]);
  expect(Math.max(...delays)).toBeLessThan(2_000);
  expect(requests(refused)).toHaveLength(1);
});

test('a service that is out of reach is no refusal: it is tried again, less and less often', async () => {
  const { requests, news } = await follow({ '/a': [] }, 60_000, (clock) => ({
    failure: (operation) => (operation === 'StartLiveTail' && clock.elapsed() < 30_000 ? unreachable() : undefined),
  }));
  expect(requests('StartLiveTail').map(({ elapsedMs }) => Math.round(elapsedMs / 1_000))).toEqual([
    0, 1, 3, 7, 15, 25, 35,
  ]);
  expect(news).toEqual([]);
});

test.each<[string, ServiceBehaviour]>([
  ['is there', {}],
  ['is refused', { failure: refuseLive }],
])('an hour leaves no more remembered than a few minutes of events where Live Tail %s', async (_, behaviour) => {
  const lines = Array.from({ length: 360 }, (_entry, index) => {
    const timestamp = nowMs + 2_000 + index * 10_000;
    return { ...toArrival(index, timestamp, timestamp, `${index}`), liveMs: index % 2 === 0 ? timestamp : undefined };
  });
  const held: number[] = [];
  const sample = (tail: Tail): void => void held.push(tail.heldEvents());
  const { read } = await follow({ '/a': lines }, 3_600_000, () => behaviour, { pollMs: 20_000, sample });
  expect(read.length).toBeGreaterThan(355);
  // Less than a minute of ids, and two of what has come one way so far.
  expect(Math.max(...held)).toBeLessThanOrEqual(6 + 12);
});

describe('groups share sessions', () => {
  const many = Array.from({ length: 23 }, (_, index) => `/g${index}`);
  const groups = Object.fromEntries(many.map((name) => [name, []]));

  test('ten of them each', async () => {
    const { requests } = await follow(groups, 5_000);
    expect(requests('StartLiveTail').map(({ input }) => input.logGroupIdentifiers?.length)).toEqual([10, 10, 3]);
  });

  test('but where streams are chosen', async () => {
    const streams = { kind: 'prefix', prefix: 'web/' } as const;
    const { requests } = await follow(groups, 5_000, () => ({}), { streams });
    expect(requests('StartLiveTail')).toHaveLength(23);
  });
});

test.each(['consumer', 'signal'])('sessions are closed when the %s ends it', async (by) => {
  const clock = createTimedClock(nowMs);
  const line = { ...toArrival(0, nowMs + 2_000, nowMs + 2_000), liveMs: nowMs + 2_000 };
  const service = createSimulatedService(
    clock,
    new Map([
      ['/a', [line]],
      ['/b', []],
    ]),
  );
  const stop = new AbortController();
  const options = { clock, live: true, signal: stop.signal };
  const tail = await clock.until(openTail([service.client], toRequest(['/a', '/b']), options));
  const pages = tail.follow();
  await clock.until(pages.next());
  expect(service.openSessions()).toBe(1);
  if (by === 'signal') stop.abort(new Error('stopped'));
  await clock.until(pages.return(undefined));
  expect(service.openSessions()).toBe(0);
  expect(clock.waiting()).toBe(0);
  const before = service.asked.length;
  await clock.advance(60_000);
  expect(service.asked).toHaveLength(before);
});

const lasting: SessionPlan = { lastsMs: 3 * 3_600_000, ending: 'timeout' };

interface Manner {
  readonly logGroups?: readonly string[];
  readonly from?: TailRequest['from'];
  readonly streams?: TailRequest['streams'];
  readonly pollMs?: number;
  /** Looks at the tail with every page. */
  readonly sample?: (tail: Tail) => void;
}

/** Follows groups live for so long. */
async function follow(
  groups: Readonly<Record<string, readonly LiveArrival[]>>,
  forMs: number,
  behave: (clock: TimedClock) => ServiceBehaviour = () => ({}),
  { logGroups = Object.keys(groups), from, streams, pollMs, sample = () => {} }: Manner = {},
) {
  const clock = createTimedClock(nowMs);
  const service = createSimulatedService(clock, new Map(Object.entries(groups)), behave(clock));
  const stop = new AbortController();
  const news: TailNews[] = [];
  const onNews = (item: TailNews): void => void news.push(item);
  const options = { clock, live: true, awaitGroups: true, signal: stop.signal, onNews, pollMs, graceMs };
  const request = { ...toRequest(logGroups, from), ...(streams === undefined ? {} : { streams }) };
  const tail = await clock.until(openTail([service.client], request, options));
  const delays: number[] = [];
  async function* whole() {
    for await (const events of tail.history()) yield* events;
    for await (const events of tail.follow()) {
      sample(tail);
      for (const event of events) delays.push(clock.now() - event.ingestionTime);
      yield* events;
    }
  }
  const read = await readFor(whole(), forMs, { clock, stop });
  return { read: read.map(({ message }) => message), delays, news, requests: service.requests };
}

function toRequest(
  logGroups: readonly string[],
  from: TailRequest['from'] = { kind: 'newest', count: 0 },
): TailRequest {
  return { logGroups, streams: { kind: 'all' }, filterPattern: undefined, unmask: false, from };
}

function unreachable(): Error {
  return toFailure('ThrottlingException', 'Rate exceeded');
}

function refuseLive(operation: string): Error | undefined {
  return operation === 'StartLiveTail' ? toFailure('AccessDeniedException', 'no', { operation }) : undefined;
}
