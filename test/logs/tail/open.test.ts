import { describe, expect, test } from 'vitest';
import { openSources, type TailRequest } from '../../../src/logs/tail/open.js';
import { toFailure } from '../fixtures.js';
import { createSimulatedService, type LiveArrival, type ServiceBehaviour } from './simulated-service.js';
import { toArrival } from './simulation.js';
import { createTimedClock } from './timed-clock.js';

const nowMs = Date.UTC(2026, 10, 20, 12);
const hourMs = 3_600_000;

describe('the newest events', () => {
  test('of several groups are the newest of all together, in order', async () => {
    const { newest, sources } = await open({
      groups: { '/a': lines([-9, -5, -2]), '/b': lines([-8, -7, -1]), '/c': lines([]) },
      from: { kind: 'newest', count: 4 },
    });
    expect(newest.map(({ message }) => message)).toEqual(['-7', '-5', '-2', '-1']);
    expect(sources.map(({ logGroup }) => logGroup)).toEqual(['/a', '/b', '/c']);
  });

  test('of one group may be all of them', async () => {
    const { newest } = await open({
      groups: { '/a': lines([-9, -8, -7]), '/b': lines([-60]) },
      from: { kind: 'newest', count: 2 },
    });
    expect(newest.map(({ message }) => message)).toEqual(['-8', '-7']);
  });

  test('are looked for a day back, no further', async () => {
    const { newest, newestMs } = await open({
      groups: { '/a': lines([-86_401]), '/b': lines([-86_399]) },
      from: { kind: 'newest', count: 10 },
    });
    expect(newest.map(({ message }) => message)).toEqual(['-86399']);
    expect(newestMs).toBe(nowMs - 86_399_000);
  });

  test('are none where none are asked for, but known', async () => {
    const { newest, newestMs } = await open({ groups: { '/a': lines([-5]) }, from: { kind: 'newest', count: 0 } });
    expect({ newest, newestMs }).toEqual({ newest: [], newestMs: nowMs - 5_000 });
  });
});

test('a source stands where it has been read to', async () => {
  const { sources } = await open({
    groups: { '/busy': lines([-3, -1]), '/quiet': lines([-600]), '/ahead': lines([3_600]) },
    from: { kind: 'newest', count: 10 },
  });
  expect(sources.map(({ start }) => start.position)).toEqual([
    { newestMs: nowMs - 1_000, sweptMs: nowMs },
    { newestMs: nowMs - 8_000, sweptMs: nowMs },
    { newestMs: nowMs, sweptMs: nowMs },
  ]);
});

test('where the machine’s clock is wrong, the first answers tell when it was opened', async () => {
  let wrongMs = hourMs;
  const clock = createTimedClock(nowMs);
  const wrongClock = { ...clock, now: () => clock.now() + wrongMs };
  const service = createSimulatedService(clock, new Map([['/a', []]]), {
    latencyMs: 300,
    failure: () => {
      wrongMs = 0;
      return undefined;
    },
  });
  const options = { clock: wrongClock, signal: new AbortController().signal, awaitGroups: false };
  const request = toRequest(['/a'], { kind: 'start', startMs: 0 });
  const { openedMs, sources } = await clock.until(openSources([service.client], request, options));
  expect(openedMs).toBe(nowMs);
  expect(sources[0]?.start.position.sweptMs).toBe(nowMs);
});

describe('groups that cannot be read', () => {
  test('are left out, and the others opened', async () => {
    const { sources, lost } = await open({ groups: { '/good': lines([-1]) }, logGroups: ['/gone', '/good'] });
    expect(sources.map(({ logGroup }) => logGroup)).toEqual(['/good']);
    expect(lost).toMatchObject([{ logGroup: '/gone', error: { name: 'GroupNotFoundError' } }]);
  });

  test('are kept where they are awaited and do not exist; one that is denied is left out all the same', async () => {
    const { sources, lost } = await open({
      groups: { '/good': [], '/denied': [] },
      logGroups: ['/gone', '/good', '/denied'],
      awaitGroups: true,
      failure: (_, logGroup) => (logGroup === '/denied' ? toFailure('AccessDeniedException', 'no') : undefined),
    });
    expect(sources.map(({ logGroup, error }) => [logGroup, error !== undefined])).toEqual([
      ['/gone', true],
      ['/good', false],
    ]);
    expect(lost.map(({ logGroup }) => logGroup)).toEqual(['/denied']);
  });

  test('are those of a class that has no events to read, too', async () => {
    const failure = () => toFailure('InvalidOperationException', 'The log group is of class INFREQUENT_ACCESS.');
    const { sources, lost } = await open({ groups: { '/cold': [] }, failure });
    expect(sources).toEqual([]);
    expect(lost).toHaveLength(1);
  });

  test.each(['ThrottlingException', 'InvalidParameterException'])(
    'are not known by %s, which ends it',
    async (name) => {
      const error = toFailure(name, 'refused');
      await expect(open({ groups: { '/a': [], '/b': [] }, failure: () => error })).rejects.toBe(error);
    },
  );
});

test('more than a hundred streams are several sources', async () => {
  const names = Array.from({ length: 230 }, (_, index) => `s${index}`);
  const { sources, asked } = await open({ groups: { '/a': [] }, streams: { kind: 'names', names } });
  expect(sources).toHaveLength(3);
  expect(asked.map(({ input }) => input.logStreamNames?.length)).toEqual([100, 100, 30]);
});

test('the signal ends the opening', async () => {
  const clock = createTimedClock(nowMs);
  const stop = new AbortController();
  const service = createSimulatedService(clock, new Map([['/a', []]]), { latencyMs: 1_000 });
  const options = { clock, signal: stop.signal, awaitGroups: false };
  const opening = openSources([service.client], toRequest(['/a'], { kind: 'newest', count: 1 }), options);
  opening.catch(() => {});
  await clock.advance(500);
  stop.abort(new Error('stopped'));
  await expect(clock.until(opening)).rejects.toThrow('stopped');
});

interface Opened extends ServiceBehaviour {
  readonly groups: Readonly<Record<string, readonly LiveArrival[]>>;
  readonly logGroups?: readonly string[];
  readonly from?: TailRequest['from'];
  readonly streams?: TailRequest['streams'];
  readonly awaitGroups?: boolean;
}

async function open({ groups, logGroups, from, streams, awaitGroups = false, ...behaviour }: Opened) {
  const clock = createTimedClock(nowMs);
  const service = createSimulatedService(clock, new Map(Object.entries(groups)), behaviour);
  const request = {
    ...toRequest(logGroups ?? Object.keys(groups), from),
    ...(streams === undefined ? {} : { streams }),
  };
  const options = { clock, signal: new AbortController().signal, awaitGroups };
  const opening = await clock.until(openSources([service.client], request, options));
  return { ...opening, asked: service.asked };
}

function toRequest(
  logGroups: readonly string[],
  from: TailRequest['from'] = { kind: 'newest', count: 10 },
): TailRequest {
  return { logGroups, streams: { kind: 'all' }, filterPattern: undefined, unmask: false, from };
}

/** Events at so many seconds from now, read as soon as they are made, with that as their messages. */
function lines(seconds: readonly number[]): LiveArrival[] {
  return seconds.map((second, index) => {
    const timestamp = nowMs + second * 1_000;
    return toArrival(index, timestamp, Math.min(timestamp, nowMs), String(second));
  });
}
