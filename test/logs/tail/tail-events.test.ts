import { describe, expect, test } from 'vitest';
import type { TailRequest } from '../../../src/logs/tail/open.js';
import type { TailNews } from '../../../src/logs/tail/outages.js';
import { openTail, type TailOptions, tailEvents } from '../../../src/logs/tail/tail-events.js';
import { collect, toFailure } from '../fixtures.js';
import { createSimulatedService, type LiveArrival, type ServiceBehaviour } from './simulated-service.js';
import { toArrival } from './simulation.js';
import { createTimedClock, readFor } from './timed-clock.js';

const nowMs = Date.UTC(2026, 10, 20, 12);

describe('the newest n', () => {
  test('of all groups together come first, then what comes', async () => {
    const { read } = await tail({
      groups: {
        '/a': [line('a1', -50), line('a2', -3), line('a3', 5)],
        '/b': [line('b1', -40), line('b2', -30), line('b3', -2), line('b4', 6)],
      },
      from: { kind: 'newest', count: 3 },
    });
    expect(read).toEqual(['b2', 'a2', 'b3', 'a3', 'b4']);
  });

  test('fewer, where there are fewer', async () => {
    const { read } = await tail({
      groups: { '/a': [line('a1', -50), line('a2', 3)] },
      from: { kind: 'newest', count: 9 },
    });
    expect(read).toEqual(['a1', 'a2']);
  });

  test('none: nothing old is shown, though sweeps read it, however it was ingested', async () => {
    const { read } = await tail({
      groups: {
        '/a': [
          line('long ago', -100),
          // Writers send what they have gathered: the newest event is not the one that came last.
          line('gathered', -6, { ingested: -0.5 }),
          line('newest', -2, { ingested: -1.5 }),
          line('dated ahead long ago', 600, { ingested: -3_600 }),
          line('new', 4),
        ],
      },
      from: { kind: 'newest', count: 0 },
    });
    expect(read).toEqual(['new']);
  });

  test('ten: what came before and is not of them is not shown after them', async () => {
    const { read } = await tail({
      groups: {
        '/a': [
          line('gathered', -6, { ingested: -0.5 }),
          line('a1', -2, { ingested: -1.5 }),
          line('a2', -1.9),
          line('a3', 4),
        ],
        '/b': [line('b1', -7, { ingested: -0.2 })],
      },
      from: { kind: 'newest', count: 2 },
    });
    expect(read).toEqual(['a1', 'a2', 'a3']);
  });

  test('an event below them that arrives later is shown', async () => {
    const { read } = await tail({
      groups: { '/a': [line('a1', -60), line('a2', -1), line('late', -30, { ingested: 10 }), line('a3', 4)] },
      from: { kind: 'newest', count: 1 },
    });
    expect(read).toEqual(['a2', 'a3', 'late']);
  });

  test('the first event of a quiet group is shown, though the clock of its writer or ours is a little off', async () => {
    const { read } = await tail({
      groups: { '/a': [line('first', -1.5, { ingested: -1, visible: 0.5 })] },
      from: { kind: 'newest', count: 0 },
    });
    expect(read).toEqual(['first']);
  });
});

describe('from a start', () => {
  const seam = Array.from({ length: 400 }, (_, index) =>
    line(`${index}`, (index - 200) / 10, { late: (index * 7) % 11 }),
  );

  test('the history, then what comes: each once across the seam, the late too', async () => {
    const { read } = await tail({ groups: { '/a': seam }, from: { kind: 'start', startMs: nowMs - 3_600_000 } });
    expect(read.toSorted(byNumber)).toEqual(Array.from({ length: 400 }, (_, index) => `${index}`));
  });

  test('even though reading the history takes minutes', async () => {
    const { read } = await tail({
      groups: { '/a': seam },
      from: { kind: 'start', startMs: nowMs - 3_600_000 },
      forMs: 600_000,
      latencyMs: 15_000,
      pageSize: 40,
    });
    expect(read.toSorted(byNumber)).toEqual(Array.from({ length: 400 }, (_, index) => `${index}`));
  });

  test('nothing before it is shown, however late it arrives', async () => {
    const { read } = await tail({
      groups: {
        '/a': [line('before', -11), line('late before', -11, { ingested: 5 }), line('after', -9, { ingested: 6 })],
      },
      from: { kind: 'start', startMs: nowMs - 10_000 },
    });
    expect(read).toEqual(['after']);
  });

  test('an outage while the history is read is outlived', async () => {
    const { read, news } = await tail({
      groups: { '/a': seam },
      from: { kind: 'start', startMs: nowMs - 3_600_000 },
      failure: (_, __, elapsedMs) => (elapsedMs > 30 && elapsedMs < 20_000 ? unreachable() : undefined),
    });
    expect(read.toSorted(byNumber)).toEqual(Array.from({ length: 400 }, (_, index) => `${index}`));
    expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered']);
  });
});

test.each<[string, TailRequest['from'], number]>([
  ['from a start', { kind: 'start', startMs: nowMs }, 1],
  ['after the newest none', { kind: 'newest', count: 0 }, 1],
  ['after the newest nine', { kind: 'newest', count: 9 }, 3],
])('what comes rarely is not looked for through a whole day before it is followed %s', async (_, from, requests) => {
  const clock = createTimedClock(nowMs);
  const groups = new Map([['/a', Array.from({ length: 50 }, (_entry, index) => line(`${index}`, -60 * (index + 1)))]]);
  // A page of few events stands for one that holds few matches of a filter.
  const service = createSimulatedService(clock, groups, { pageSize: 3 });
  await clock.until(openTail([service.client], toRequest(['/a'], from), { clock }));
  expect(service.asked).toHaveLength(requests);
});

describe('groups that cannot be read', () => {
  test('a missing one beside a good one: left out, and never asked for again', async () => {
    const { read, lost, news, asked } = await tail({
      groups: { '/good': [line('a', 3)] },
      logGroups: ['/good', '/gone'],
    });
    expect(read).toEqual(['a']);
    expect(lost).toEqual(['/gone']);
    expect(news).toEqual([]);
    expect(asked.filter(({ input }) => input.logGroupName === '/gone')).toHaveLength(1);
  });

  test('an awaited one is followed once it is there, from its first event', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>();
    const service = createSimulatedService(clock, groups);
    const { options, stop, news } = toOptions(clock, { awaitGroups: true });
    const values = tailEvents(service.client, { logGroups: ['/new'] }, options);
    const reading = readFor(values, 60_000, { clock, stop });
    await clock.advance(30_000);
    groups.set('/new', [line('before it was seen', 28, { ingested: 30 }), line('after', 40)]);
    expect((await reading).map(({ message }) => message)).toEqual(['before it was seen', 'after']);
    expect(news.map(({ kind }) => kind)).toEqual(['group-lost', 'group-back']);
  });

  test('none is left: it fails', async () => {
    const clock = createTimedClock(nowMs);
    const service = createSimulatedService(clock, new Map());
    const opening = openTail([service.client], toRequest(['/gone', '/lost']), { clock });
    await expect(clock.until(opening)).rejects.toMatchObject({ name: 'GroupNotFoundError', logGroup: '/gone' });
  });

  test('one that is deleted and made anew while it is followed loses nothing of the others or itself', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>([
      ['/a', [line('a1', 2), line('a2', 20), line('a3', 40)]],
      ['/b', [line('b1', 3)]],
    ]);
    const service = createSimulatedService(clock, groups);
    const { options, stop, news } = toOptions(clock);
    const reading = readFor(tailEvents(service.client, { logGroups: ['/a', '/b'] }, options), 60_000, { clock, stop });
    await clock.advance(10_000);
    groups.delete('/b');
    await clock.advance(20_000);
    groups.set('/b', [line('b2', 31)]);
    expect((await reading).map(({ message }) => message)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    expect(news).toMatchObject([
      { kind: 'group-lost', logGroup: '/b' },
      { kind: 'group-back', logGroup: '/b' },
    ]);
  });
});

test('an outage of all groups is said once, and nothing of it is left out or repeated', async () => {
  const every = (name: string) =>
    Array.from({ length: 300 }, (_, index) => line(`${name}${index}`, index, { late: index % 9 }));
  const { read, news } = await tail({
    groups: { '/a': every('a'), '/b': every('b') },
    forMs: 400_000,
    failure: (_, __, elapsedMs) => (elapsedMs > 30_000 && elapsedMs < 270_000 ? unreachable() : undefined),
  });
  expect(read.toSorted()).toEqual([...every('a'), ...every('b')].map(({ event }) => event.message).toSorted());
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered']);
});

test('a machine’s clock that is an hour ahead until the service is heard hides nothing, also of an outage soon after', async () => {
  const clock = createTimedClock(nowMs);
  let wrongMs = 3_600_000;
  const lines = Array.from({ length: 400 }, (_, index) => line(`${index}`, index + 1));
  const service = createSimulatedService(clock, new Map([['/a', lines]]), {
    failure: (operation) => {
      // The first answer to the tail itself, not to its opening, puts it right.
      if (operation === 'FilterLogEvents' && service.requests(operation).length > 1) wrongMs = 0;
      return clock.elapsed() > 60_000 && clock.elapsed() < 300_000 ? unreachable() : undefined;
    },
  });
  const { options, stop } = toOptions(clock);
  const wrong = { ...options, clock: { ...clock, now: () => clock.now() + wrongMs } };
  const read = await readFor(tailEvents(service.client, { logGroups: ['/a'] }, wrong), 450_000, { clock, stop });
  expect(read.map(({ message }) => message)).toEqual(lines.map(({ event }) => event.message));
});

describe('the last look', () => {
  test('finds what has come since the last poll, in groups that were awaited too', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>([['/a', []]]);
    const service = createSimulatedService(clock, groups);
    const { options, stop } = toOptions(clock, { awaitGroups: true });
    const opened = await clock.until(openTail([service.client], toRequest(['/a', '/new', '/never']), options));
    const reading = readFor(opened.follow(), 10_000, { clock, stop });
    await clock.advance(3_000);
    groups.set('/new', [line('new 1', 4), line('new 2', 9.95)]);
    groups.set('/a', [line('a 1', 5), line('a 2', 9.9), line('late', -30, { ingested: 9.9 })]);
    const read = (await reading).flat().map(({ message }) => message);
    const last = await clock.until(collect(opened.lastLook(new AbortController().signal)));
    expect(read.toSorted()).toEqual(['a 1', 'new 1']);
    expect(last.flat().map(({ message }) => message)).toEqual(['late', 'a 2', 'new 2']);
  });
});

describe('groups that are created later', () => {
  test.each([2, 300])('are read for %i streams given by name without a request for each of many', async (count) => {
    const clock = createTimedClock(nowMs);
    const of = (logStreamName: string, arrival: LiveArrival) => ({
      ...arrival,
      event: { ...arrival.event, logStreamName },
    });
    const groups = new Map<string, readonly LiveArrival[]>([['/p/a', [of('s1', line('a', 5))]]]);
    const service = createSimulatedService(clock, groups);
    const findGroups = async () => [...groups.keys()].map((logGroup) => ({ client: service.client, logGroup }));
    const { options, stop } = toOptions(clock, { findGroups });
    const names = Array.from({ length: count }, (_, index) => `s${index}`);
    const request = { ...toRequest(['/p/a']), streams: { kind: 'names', names } as const };
    const opened = await clock.until(openTail([service.client], request, options));
    const reading = readFor(opened.follow(), 80_000, { clock, stop });
    await clock.advance(50_000);
    groups.set('/p/b', [of('s1', line('b', 62)), of('other', line('not meant', 63)), of('s0', line('c', 70))]);
    expect((await reading).flat().map(({ message }) => message)).toEqual(['a', 'b', 'c']);
    const ofNew = service.requests('FilterLogEvents').filter(({ input }) => input.logGroupName === '/p/b');
    expect(ofNew.length).toBeLessThan(50);
  });

  test('are followed though they were left out for not being there; those that may not be read stay left out', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>([
      ['/p/a', []],
      ['/p/denied', []],
    ]);
    const service = createSimulatedService(clock, groups, {
      failure: (_, logGroup) => (logGroup === '/p/denied' ? toFailure('AccessDeniedException', 'no') : undefined),
    });
    const findGroups = async () => [...groups.keys()].map((logGroup) => ({ client: service.client, logGroup }));
    const { options, stop, news } = toOptions(clock, { findGroups });
    const request = toRequest(['/p/a', '/p/b', '/p/denied']);
    const opened = await clock.until(openTail([service.client], request, options));
    const reading = readFor(opened.follow(), 80_000, { clock, stop });
    await clock.advance(50_000);
    groups.set('/p/b', [line('b', 51)]);
    expect((await reading).flat().map(({ message }) => message)).toEqual(['b']);
    expect(news).toEqual([{ kind: 'group-found', logGroup: '/p/b' }]);
    expect(opened.lost.map(({ logGroup }) => logGroup)).toEqual(['/p/b', '/p/denied']);
  });

  test('are found by the last look, though it was looked for others half a minute ago', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>([['/p/a', [line('a 1', 5)]]]);
    const service = createSimulatedService(clock, groups);
    const findGroups = async () => [...groups.keys()].map((logGroup) => ({ client: service.client, logGroup }));
    const { options, stop, news } = toOptions(clock, { findGroups });
    const opened = await clock.until(openTail([service.client], toRequest(['/p/a']), options));
    const reading = readFor(opened.follow(), 90_000, { clock, stop });
    await clock.advance(50_000);
    groups.set('/p/b', [line('b 1', 51), line('b 2', 62)]);
    await clock.advance(20_000);
    groups.set('/p/c', [line('c 1', 71)]);
    const read = (await reading).flat().map(({ message }) => message);
    const last = await clock.until(collect(opened.lastLook(new AbortController().signal)));
    expect(read).toEqual(['a 1', 'b 1', 'b 2']);
    expect(last.flat().map(({ message }) => message)).toEqual(['c 1']);
    expect(news.map((each) => each.kind === 'group-found' && each.logGroup)).toEqual(['/p/b', '/p/c']);
  });

  test('are found within a minute, and read from their beginning', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>([['/p/a', [line('a 1', 5), line('a 2', 70)]]]);
    const service = createSimulatedService(clock, groups);
    const news: TailNews[] = [];
    let looks = 0;
    const findGroups = async () => {
      looks += 1;
      if (looks === 1) throw toFailure('ThrottlingException', 'Rate exceeded');
      return [...groups.keys()].map((logGroup) => ({ client: service.client, logGroup }));
    };
    const { options, stop } = toOptions(clock, { findGroups, onNews: (each) => news.push(each) });
    const opened = await clock.until(openTail([service.client], toRequest(['/p/a']), options));
    const reading = readFor(opened.follow(), 200_000, { clock, stop });
    await clock.advance(62_000);
    groups.set('/p/b', [line('b 1', 63), line('b dated back', -3_000, { ingested: 64 }), line('b 2', 150)]);
    const read = (await reading).flat().map(({ message }) => message);
    expect(read).toEqual(['a 1', 'a 2', 'b dated back', 'b 1', 'b 2']);
    expect(news).toEqual([{ kind: 'group-found', logGroup: '/p/b' }]);
    expect(looks).toBe(3);
    expect(clock.waiting()).toBe(0);
  });
});

describe('it ends', () => {
  test('by the signal, with its reason, and asks no further', async () => {
    const clock = createTimedClock(nowMs);
    const service = createSimulatedService(clock, new Map([['/a', [line('a', 1)]]]));
    const { options, stop } = toOptions(clock);
    await readFor(tailEvents(service.client, { logGroups: ['/a'] }, options), 10_000, { clock, stop });
    const before = service.asked.length;
    await clock.advance(60_000);
    expect(service.asked).toHaveLength(before);
  });

  test('by a signal that was aborted before', async () => {
    const clock = createTimedClock(nowMs);
    const service = createSimulatedService(clock, new Map([['/a', []]]));
    const { options, stop } = toOptions(clock);
    stop.abort(new Error('stopped'));
    await expect(clock.until(collect(tailEvents(service.client, { logGroups: ['/a'] }, options)))).rejects.toThrow(
      'stopped',
    );
    expect(service.asked).toEqual([]);
  });

  test.each([
    ['in the history', 1],
    ['while it follows', 4],
  ])('when its consumer leaves %s, and asks no further', async (_, count) => {
    const clock = createTimedClock(nowMs);
    const groups = { '/a': [line('a1', -5), line('a2', -4), line('a3', 2)], '/b': [line('b1', 3), line('b2', 40)] };
    const service = createSimulatedService(clock, new Map(Object.entries(groups)));
    const { options } = toOptions(clock);
    const from = { kind: 'newest', count: 10 } as const;
    const values = tailEvents(service.client, { logGroups: ['/a', '/b'], from }, options);
    const leave = async (): Promise<number> => {
      let left = count;
      for await (const _event of values) if (--left === 0) break;
      return service.asked.length;
    };
    const before = await clock.until(leave());
    await clock.advance(60_000);
    // What was under way in the other group is let go of.
    expect(service.asked).toHaveLength(before);
    expect(clock.waiting()).toBe(0);
  });

  test('by what cannot be outlived, and then asks no further', async () => {
    const clock = createTimedClock(nowMs);
    const expired = toFailure('ExpiredTokenException', 'The security token included in the request is expired');
    const service = createSimulatedService(
      clock,
      new Map([
        ['/a', []],
        ['/b', []],
      ]),
      {
        failure: (_, logGroup) => (logGroup === '/b' && clock.elapsed() > 5_000 ? expired : undefined),
      },
    );
    const { options } = toOptions(clock);
    await expect(clock.until(collect(tailEvents(service.client, { logGroups: ['/a', '/b'] }, options)))).rejects.toBe(
      expired,
    );
    const before = service.asked.length;
    await clock.advance(60_000);
    expect(service.asked).toHaveLength(before);
  });
});

test('a day of events leaves no more remembered than an hour of them', async () => {
  const clock = createTimedClock(nowMs);
  const hourMs = 3_600_000;
  const groups = new Map<string, readonly LiveArrival[]>();
  const service = createSimulatedService(clock, groups);
  const { options, stop } = toOptions(clock, { pollMs: 20_000 });
  const opened = await clock.until(
    openTail([service.client], toRequest(['/a', '/b']), { ...options, awaitGroups: true }),
  );
  let count = 0;
  const reading = (async () => {
    for await (const page of opened.follow()) count += page.length;
  })().catch(() => {});
  const held: number[] = [];
  for (let hour = 0; hour < 24; hour++) {
    for (const group of ['/a', '/b']) {
      const lines = Array.from({ length: 120 }, (_, index) =>
        line(`${group} ${hour} ${index}`, hour * 3_600 + index * 30),
      );
      groups.set(group, [...(groups.get(group) ?? []).slice(-20), ...lines]);
    }
    await clock.advance(hourMs);
    held.push(opened.heldEvents());
  }
  stop.abort();
  await reading;
  expect(count).toBe(24 * 240);
  expect(Math.max(...held)).toBeLessThanOrEqual(20);
});

interface Run extends Pick<TailOptions, 'pollMs'>, Omit<ServiceBehaviour, 'failure'> {
  readonly groups: Readonly<Record<string, readonly LiveArrival[]>>;
  readonly logGroups?: readonly string[];
  readonly from?: TailRequest['from'];
  readonly forMs?: number;
  readonly failure?: (operation: string, logGroup: string, elapsedMs: number) => Error | undefined;
}

/** Opens a tail, reads what there was and what came within a minute, and stops it. */
async function tail({ groups, logGroups = Object.keys(groups), from, forMs = 60_000, failure, ...behaviour }: Run) {
  const clock = createTimedClock(nowMs);
  const service = createSimulatedService(clock, new Map(Object.entries(groups)), {
    ...behaviour,
    failure: (operation, logGroup) => failure?.(operation, logGroup, clock.elapsed()),
  });
  const { options, stop, news } = toOptions(clock);
  const opened = await clock.until(openTail([service.client], toRequest(logGroups, from), options));
  async function* whole() {
    for await (const events of opened.history()) yield* events;
    for await (const events of opened.follow()) yield* events;
  }
  const read = await readFor(whole(), forMs, { clock, stop });
  return {
    read: read.map(({ message }) => message),
    lost: opened.lost.map(({ logGroup }) => logGroup),
    news,
    asked: service.asked,
  };
}

function toOptions(clock: NonNullable<TailOptions['clock']>, more: TailOptions = {}) {
  const stop = new AbortController();
  const news: TailNews[] = [];
  const options = { clock, signal: stop.signal, onNews: (item: TailNews) => news.push(item), ...more };
  return { options, stop, news };
}

function toRequest(
  logGroups: readonly string[],
  from: TailRequest['from'] = { kind: 'newest', count: 10 },
): TailRequest {
  return { logGroups, streams: { kind: 'all' }, filterPattern: undefined, unmask: false, from };
}

let lineCount = 0;

/** An event with a message, all in seconds from the opening: its timestamp, and when it is ingested and can be read. */
function line(
  message: string,
  second: number,
  {
    late = 0,
    ingested = second + late,
    visible = ingested,
  }: { late?: number; ingested?: number; visible?: number } = {},
): LiveArrival {
  const { event, visibleMs } = toArrival(lineCount++, nowMs + second * 1_000, nowMs + visible * 1_000, message);
  return { event: { ...event, ingestionTime: nowMs + ingested * 1_000 }, visibleMs };
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}

function unreachable() {
  return toFailure('ThrottlingException', 'Rate exceeded');
}
