import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { GroupNotFoundError } from '../../../src/errors.js';
import { createServiceClock } from '../../../src/logs/tail/clock.js';
import { openSources, type TailRequest } from '../../../src/logs/tail/open.js';
import { createMockedClient, toFailure, toMissingGroup, toReceived } from '../fixtures.js';
import { createMovedClock } from './simulation.js';

const noonMs = Date.UTC(2026, 10, 20, 12);

test('the newest events of all groups together are shown, each group from the oldest of those on', async () => {
  const { open } = setUp({ '/a': [-50_000, -10_000], '/b': [-30_000, -20_000] });
  const { newest, newestMs, sources } = await open({ from: { kind: 'newest', count: 3 } });
  expect(newest.map(({ timestamp }) => timestamp - noonMs)).toEqual([-30_000, -20_000, -10_000]);
  expect(newestMs).toBe(noonMs - 10_000);
  expect(sources.map(({ start }) => start.floor.oldest)).toEqual([newest[0], newest[0]]);
  expect(sources.map(({ start }) => start.seen.size)).toEqual([1, 2]);
});

test('where fewer came than were asked for, nothing of the last day lies below', async () => {
  const { open } = setUp({ '/a': [-50_000] });
  const { sources } = await open({ logGroups: ['/a'], from: { kind: 'newest', count: 3 } });
  expect(sources[0]?.start.floor).toEqual({
    startMs: noonMs - 86_400_000,
    oldest: undefined,
    ingestedMs: noonMs - 49_995,
  });
});

test('where none is asked for, all of before lies below and none is remembered', async () => {
  const { open } = setUp({ '/a': [-50_000], '/b': [] });
  const { newest, sources } = await open({ from: { kind: 'newest', count: 0 } });
  expect(newest).toEqual([]);
  expect(sources.map(({ start }) => start.floor)).toEqual([
    { startMs: noonMs, ingestedMs: noonMs - 49_995 },
    { startMs: noonMs, ingestedMs: noonMs },
  ]);
  expect(sources.map(({ start }) => start.seen.size)).toEqual([0, 0]);
});

test('a start that was asked for is the floor, whenever events are ingested', async () => {
  const { open } = setUp({ '/a': [-50_000], '/b': [] });
  const { sources } = await open({ from: { kind: 'start', startMs: 77 } });
  expect(sources[0]?.start.floor).toEqual({ startMs: 77, ingestedMs: Number.POSITIVE_INFINITY });
});

test.each([
  ['ahead', 300_000],
  ['behind', -300_000],
])('a machine whose clock is %s by minutes begins at the time of the service', async (_, offMs) => {
  let elapsedMs = 0;
  const clock = createServiceClock(
    () => noonMs + offMs,
    () => (elapsedMs += 0.3),
  );
  const { open } = setUp({ '/a': [] }, () => clock.heard(noonMs));
  const { openedMs, sources } = await open({ logGroups: ['/a'], from: { kind: 'newest', count: 0 } }, { clock });
  expect(Math.abs(openedMs - noonMs)).toBeLessThan(1_000);
  // Times go to the service, which takes no fractions.
  expect(openedMs).toBe(Math.trunc(openedMs));
  expect(sources[0]?.start.floor).toEqual({ startMs: openedMs, ingestedMs: openedMs });
  expect(sources[0]?.start.position.sweptMs).toBe(openedMs);
});

describe('a group that cannot be read', () => {
  test.each([
    ['is left out beside a good one', toMissingGroup('/b'), false, ['/a'], ['/b']],
    ['is awaited where that is asked for', toMissingGroup('/b'), true, ['/a', '/b'], []],
    ['is not awaited where it is refused', toFailure('AccessDeniedException', 'no'), true, ['/a'], ['/b']],
  ])('%s', async (_, failure, awaitGroups, followed, left) => {
    const { open } = setUp({ '/a': [-1_000], '/b': failure });
    const { sources, lost } = await open({}, { awaitGroups });
    expect(sources.map(({ logGroup }) => logGroup)).toEqual(followed);
    expect(lost.map(({ logGroup }) => logGroup)).toEqual(left);
    expect(sources[0]?.error).toBeUndefined();
    if (awaitGroups && left.length === 0) expect(sources[1]?.error).toBeInstanceOf(GroupNotFoundError);
  });

  test('for another reason is no group left out: it fails', async () => {
    const failure = toFailure('InvalidParameterException', 'Invalid filter pattern');
    const { open } = setUp({ '/a': [], '/b': failure });
    await expect(open()).rejects.toBe(failure);
  });
});

/** Groups with events so many milliseconds from noon, or what reading them fails with. */
function setUp(groups: Readonly<Record<string, readonly number[] | Error>>, onAnswer: () => void = () => {}) {
  const { client, mock } = createMockedClient();
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [] });
  mock.on(FilterLogEventsCommand).callsFake(({ logGroupName, limit }: { logGroupName: string; limit: number }) => {
    onAnswer();
    const group = groups[logGroupName] ?? [];
    if (group instanceof Error) throw group;
    const newestFirst = group.map((offsetMs) => toReceived(noonMs + offsetMs)).reverse();
    return { events: newestFirst.slice(0, limit) };
  });
  const open = (request: Partial<TailRequest> = {}, options: Partial<Parameters<typeof openSources>[2]> = {}) =>
    openSources(
      [client],
      {
        logGroups: ['/a', '/b'],
        streams: { kind: 'all' },
        filterPattern: undefined,
        unmask: false,
        from: { kind: 'newest', count: 10 },
        ...request,
      },
      { clock: createMovedClock(noonMs), signal: new AbortController().signal, awaitGroups: false, ...options },
    );
  return { open };
}
