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

test('the last look asks many groups at once, and leaves nothing open when it is stopped', async () => {
  const clock = createTimedClock(nowMs);
  const names = Array.from({ length: 40 }, (_, index) => `/${index}`);
  const service = createSimulatedService(clock, new Map(names.map((name) => [name, [line(name, 3)]])), {
    latencyMs: 1_000,
  });
  const { options, stop } = toOptions(clock);
  const opened = await clock.until(openTail([service.client], toRequest(names), options));
  const left = await clock.until(openTail([service.client], toRequest(names), options));
  stop.abort(new Error('stopped'));
  await clock.advance(4_000);
  const leave = async (): Promise<void> => {
    for await (const _page of left.lastLook(new AbortController().signal)) return;
  };
  await clock.until(leave());
  expect(clock.waiting()).toBe(0);
  const begunMs = clock.elapsed();
  const last = await clock.until(collect(opened.lastLook(new AbortController().signal)));
  expect(last.flat()).toHaveLength(40);
  expect(clock.elapsed() - begunMs).toBeLessThanOrEqual(2_000);
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

describe('streams given by name', () => {
  const of = (logStreamName: string, arrival: LiveArrival) => ({
    ...arrival,
    event: { ...arrival.event, logStreamName },
  });
  /** Groups with streams that are made at so many seconds, and one event of each five seconds later. */
  function inGroups(made: Readonly<Record<string, Readonly<Record<string, number>>>>, more: TailOptions = {}) {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>();
    for (const [group, streams] of Object.entries(made)) {
      const lines = Object.entries(streams).map(([name, second]) => of(name, line(`${group} ${name}`, second + 5)));
      groups.set(group, lines);
    }
    const service = createSimulatedService(clock, groups, {
      hasStream: (group, stream) => (made[group]?.[stream] ?? Number.POSITIVE_INFINITY) * 1_000 <= clock.elapsed(),
    });
    const { options, stop, news } = toOptions(clock, more);
    const read = async (logGroups: readonly string[], names: readonly string[], ms: number, live = false) => {
      const streams = { kind: 'names', names, mayLack: true } as const;
      const opening = openTail([service.client], { ...toRequest(logGroups), streams }, { ...options, live });
      const opened = await clock.until(opening);
      const pages = await readFor(opened.follow(), ms, { clock, stop });
      return pages.flat().map(({ message }) => message);
    };
    return { clock, groups, service, news, read };
  }

  test('that a group lacks are followed there once they are made, and no event comes twice', async () => {
    const { service, news, read } = inGroups({ '/a': { web: -60 }, '/b': { web: 30, jobs: -60 }, '/c': { web: 100 } });
    expect(await read(['/a', '/b', '/c'], ['web', 'jobs'], 200_000)).toEqual(['/b web', '/c web']);
    expect(news).toEqual([
      { kind: 'streams-found', logGroup: '/b', streams: ['web'] },
      { kind: 'streams-found', logGroup: '/c', streams: ['web'] },
    ]);
    const looked = service.requests('FilterLogEvents').filter(({ input }) => input.endTime === 1);
    // At first, and once a minute.
    expect(looked.length).toBeLessThan(30);
  });

  test('of which groups lack many are looked for in turns', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `s${index}`);
    const { service, read } = inGroups({ '/a': { s0: -60 }, '/b': { s0: -60, s149: 20 } });
    expect(await read(['/a', '/b'], names, 400_000)).toEqual(['/b s149']);
    const looks = service
      .requests('FilterLogEvents')
      .filter(({ input, elapsedMs }) => elapsedMs > 60_000 && input.endTime === 1);
    expect(looks.length).toBeLessThanOrEqual(6 * 60);
  });

  test('that are awaited and many are looked for in turns, which is said', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `s${index}`);
    const { news, read } = inGroups({ '/a': { s3: -60, s7: 20 } }, { awaitGroups: true });
    expect(await read(['/a'], names, 90_000)).toEqual(['/a s7']);
    expect(news).toEqual([
      { kind: 'streams-awaited', logGroup: '/a', stream: 's0', count: 9 },
      { kind: 'streams-found', logGroup: '/a', streams: ['s7'] },
    ]);
  });

  test('that are awaited: a group is followed meanwhile for those that it has', async () => {
    const { news, read } = inGroups({ '/a': { web: 0, jobs: 30 } }, { awaitGroups: true });
    expect(await read(['/a'], ['web', 'jobs'], 60_000)).toEqual(['/a web', '/a jobs']);
    expect(news.map(({ kind }) => kind)).toEqual(['group-lost', 'group-back']);
  });

  test('of a group that is awaited: none of them waits for the others', async () => {
    const { clock, groups, read } = inGroups({ '/a': { web: 10 } }, { awaitGroups: true });
    const later = groups.get('/a') ?? [];
    groups.delete('/a');
    const reading = read(['/a'], ['web', 'never'], 60_000);
    await clock.advance(12_000);
    groups.set('/a', later);
    expect(await reading).toEqual(['/a web']);
  });

  test('that a group lacks are read live too, and no event comes twice', async () => {
    const { clock, groups, service, read } = inGroups({ '/a': { web: -60 }, '/b': { web: 20 } });
    for (const [group, lines] of groups)
      groups.set(
        group,
        lines.map((each) => ({ ...each, liveMs: each.visibleMs })),
      );
    expect(await read(['/a', '/b'], ['web', 'jobs'], 100_000, true)).toEqual(['/b web']);
    expect(service.requests('StartLiveTail').length).toBeGreaterThan(0);
    expect(clock.waiting()).toBe(0);
  });
});

describe('where there is no group yet', () => {
  test('what a pattern finds is followed within seconds, and what it finds later within a minute', async () => {
    const clock = createTimedClock(nowMs);
    const groups = new Map<string, readonly LiveArrival[]>();
    const service = createSimulatedService(clock, groups);
    let looks = 0;
    const findGroups = async () => {
      looks += 1;
      return [...groups.keys()].map((logGroup) => ({ client: service.client, logGroup }));
    };
    const { options, stop, news } = toOptions(clock, { findGroups, awaitGroups: true });
    const opened = await clock.until(openTail([service.client], toRequest([]), options));
    expect(await clock.until(collect(opened.history()))).toEqual([]);
    const arrivals: string[] = [];
    async function* noted() {
      for await (const page of opened.follow()) {
        arrivals.push(...page.map(({ message }) => `${message} ${Math.floor(clock.elapsed() / 1_000)}`));
        yield page;
      }
    }
    const reading = readFor(noted(), 200_000, { clock, stop });
    await clock.advance(32_000);
    groups.set('/p/a', [line('a', 31)]);
    await clock.advance(10_000);
    groups.set('/p/b', [line('b', 41)]);
    await reading;
    expect(arrivals).toEqual(['a 40', 'b 100']);
    expect(news.map(({ kind }) => kind)).toEqual(['group-found', 'group-found']);
    expect(looks).toBe(8 + 2);
  });

  test('an outage is said, since nothing else would tell of it', async () => {
    const clock = createTimedClock(nowMs);
    const service = createSimulatedService(clock, new Map([['/p/a', [line('a', 100)]]]));
    const findGroups = async () => {
      if (clock.elapsed() < 90_000) throw unreachable();
      return [{ client: service.client, logGroup: '/p/a' }];
    };
    const { options, stop, news } = toOptions(clock, { findGroups, awaitGroups: true });
    const opened = await clock.until(openTail([service.client], toRequest([]), options));
    const read = await readFor(opened.follow(), 120_000, { clock, stop });
    expect(read.flat().map(({ message }) => message)).toEqual(['a']);
    expect(news.map(({ kind }) => kind).toSorted()).toEqual(['group-found', 'outage', 'recovered']);
  });

  test('that listing is denied ends it', async () => {
    const clock = createTimedClock(nowMs);
    const service = createSimulatedService(clock, new Map());
    const denied = toFailure('AccessDeniedException', 'no');
    const findGroups = () => Promise.reject(denied);
    const { options } = toOptions(clock, { findGroups, awaitGroups: true });
    const opened = await clock.until(openTail([service.client], toRequest([]), options));
    await expect(clock.until(collect(opened.follow()))).rejects.toBe(denied);
    expect(clock.waiting()).toBe(0);
  });

  test('a group that turns out to be of a class without events does not end the others', async () => {
    const clock = createTimedClock(nowMs);
    const cold = toFailure('InvalidOperationException', 'The log group is of class INFREQUENT_ACCESS.');
    const groups = new Map<string, readonly LiveArrival[]>([['/p/a', [line('a', 100)]]]);
    const service = createSimulatedService(clock, groups, {
      failure: (_, group) => (group === '/p/cold' ? cold : undefined),
    });
    const findGroups = async () => [{ client: service.client, logGroup: '/p/cold' }];
    const { options, stop, news } = toOptions(clock, { findGroups });
    const opened = await clock.until(openTail([service.client], toRequest(['/p/a']), options));
    const read = await readFor(opened.follow(), 120_000, { clock, stop });
    expect(read.flat().map(({ message }) => message)).toEqual(['a']);
    expect(news.map(({ kind }) => kind)).toEqual(['group-found', 'group-lost']);
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
