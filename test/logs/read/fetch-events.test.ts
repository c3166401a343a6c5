import { getEventListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import {
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, test } from 'vitest';
import { GroupNotFoundError } from '../../../src/errors.js';
import { createClient } from '../../../src/logs/client.js';
import { type FetchRequest, fetchEventPages, fetchEvents } from '../../../src/logs/read/fetch-events.js';
import { collect, createMockedClient, toFailure, toMissingGroup, toReceived } from '../fixtures.js';
import { json, startWireServer } from '../wire-server.js';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20, 12);
const request: FetchRequest = {
  logGroups: ['/app'],
  streams: { kind: 'all' },
  startMs: 0,
  endMs: nowMs,
  filterPattern: undefined,
  unmask: false,
  take: undefined,
};
/** Page after page: how many requests reading ahead makes is no matter of this file. */
const plain = { concurrency: 1, nowMs };
let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('one group is read as it comes', async () => {
  answerBy(({ nextToken }) => ({
    events: [toReceived(nextToken === undefined ? 1 : 2)],
    ...(nextToken === undefined ? { nextToken: 'a' } : {}),
  }));
  expect(await timestampsOf({ ...request, filterPattern: 'ERROR', unmask: true, startMs: 1 })).toEqual([1, 2]);
  expect(inputs()[0]).toMatchObject({
    logGroupName: '/app',
    startTime: 1,
    endTime: nowMs,
    filterPattern: 'ERROR',
    unmask: true,
    limit: 10_000,
  });
});

test('two groups are interleaved, and events equal in all else come in the order of the groups', async () => {
  const timestamps: Record<string, number[]> = { '/b': [1, 3, 5], '/a': [2, 3, 4] };
  answerBy(({ logGroupName = '' }) => ({ events: timestamps[logGroupName]?.map((ms) => toReceived(ms)) ?? [] }));
  const pages = await collect(fetchEventPages([client], { ...request, logGroups: ['/b', '/a'] }, plain));
  expect(pages.flat().map(({ timestamp, logGroupName }) => `${timestamp} ${logGroupName}`)).toEqual([
    '1 /b',
    '2 /a',
    '3 /b',
    '3 /a',
    '4 /a',
    '5 /b',
  ]);
});

test('one group in two regions is read by a client each, in the order of the clients', async () => {
  const other = createMockedClient('us-east-1');
  for (const each of [mock, other.mock]) each.on(FilterLogEventsCommand).resolves({ events: [toReceived(1)] });
  const pages = await collect(fetchEventPages([client, other.client], request, plain));
  expect(pages.flat().map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
});

test('250 streams are asked for a hundred at a time, each once', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `s${index}`);
  answerBy(({ logStreamNames = [] }) => ({
    events: logStreamNames.map((logStreamName) => toReceived(Number(logStreamName.slice(1)), { logStreamName })),
  }));
  expect(await timestampsOf({ ...request, streams: { kind: 'names', names } })).toEqual(
    Array.from({ length: 250 }, (_, index) => index),
  );
  expect(inputs().map(({ logStreamNames }) => logStreamNames?.length)).toEqual([100, 100, 50]);
});

test('a limit ends with its last event and asks for no more than it needs', async () => {
  answerBy(() => ({ events: [1, 2, 3].map((ms) => toReceived(ms)), nextToken: 'a' }));
  expect(await timestampsOf({ ...request, take: { from: 'start', count: 3 } })).toEqual([1, 2, 3]);
  expect(inputs()).toMatchObject([{ limit: 3 }]);
});

test('a limit in the middle of a page cuts it there', async () => {
  answerBy(({ nextToken }) => ({ events: [toReceived(1), toReceived(2)], nextToken: `${nextToken ?? ''}a` }));
  expect(await timestampsOf({ ...request, take: { from: 'start', count: 3 } })).toEqual([1, 2, 1]);
  expect(inputs()).toHaveLength(2);
});

test('a limit holds for all groups together', async () => {
  answerBy(() => ({ events: [toReceived(1), toReceived(2)], nextToken: 'a' }));
  expect(await timestampsOf({ ...request, logGroups: ['/a', '/b'], take: { from: 'start', count: 3 } })).toEqual([
    1, 1, 2,
  ]);
  expect(inputs()).toHaveLength(2);
});

test('a limit above the largest page asks for the largest page', async () => {
  answerBy(() => ({ events: [] }));
  await timestampsOf({ ...request, take: { from: 'start', count: 25_000 } });
  expect(inputs()).toMatchObject([{ limit: 10_000 }]);
});

test.each([
  ['kept for ever: 14 days before its creation', { creationTime: nowMs - 30 * dayMs }, nowMs - 44 * dayMs],
  ['kept for a week: ten days ago', { creationTime: nowMs - 30 * dayMs, retentionInDays: 7 }, nowMs - 10 * dayMs],
])('without a start a group is read from its earliest event on: %s', async (_, group, startTime) => {
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ ...group, logGroupName: '/app' }] });
  answerBy(() => ({ events: [] }));
  await timestampsOf({ ...request, startMs: undefined });
  expect(inputs()).toMatchObject([{ startTime, endTime: nowMs }]);
});

test('an end in the future does not move the start that retention gives', async () => {
  const logGroups = [{ logGroupName: '/app', creationTime: nowMs - 30 * dayMs, retentionInDays: 1 }];
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups });
  answerBy(() => ({ events: [] }));
  await timestampsOf({ ...request, startMs: undefined, endMs: nowMs + 30 * dayMs });
  expect(inputs()).toMatchObject([{ startTime: nowMs - 4 * dayMs }]);
});

test('without a start and without leave to describe, a group is read from 0 on', async () => {
  mock.on(DescribeLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  answerBy(() => ({ events: [] }));
  await timestampsOf({ ...request, startMs: undefined });
  expect(inputs()).toMatchObject([{ startTime: 0 }]);
});

test('a range that ends before the group can hold events needs no request for them', async () => {
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/app', creationTime: nowMs }] });
  expect(await timestampsOf({ ...request, startMs: undefined, endMs: nowMs - 20 * dayMs })).toEqual([]);
  expect(inputs()).toEqual([]);
});

test('a missing group is told with the names that come nearest', async () => {
  mock.on(FilterLogEventsCommand).rejects(toMissingGroup('/ap'));
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/app' }] });
  const failure = await timestampsOf({ ...request, logGroups: ['/ap'] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GroupNotFoundError);
  expect(failure).toMatchObject({ logGroup: '/ap', near: ['/app'] });
});

test('a missing group among others fails the reading before any event', async () => {
  mock.on(FilterLogEventsCommand, { logGroupName: '/app' }).resolves({ events: [toReceived(1)] });
  mock.on(FilterLogEventsCommand, { logGroupName: '/nope' }).rejects(toMissingGroup('/nope'));
  mock.on(DescribeLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  const pages = fetchEventPages([client], { ...request, logGroups: ['/app', '/nope'] }, plain);
  await expect(pages.next()).rejects.toMatchObject({ name: 'GroupNotFoundError', logGroup: '/nope', near: [] });
});

test('where one group fails, the newest of the others are sought no longer', async () => {
  let tokens = 0;
  mock.on(FilterLogEventsCommand, { logGroupName: '/app' }).callsFake(async () => {
    await turnOfLoop();
    tokens += 1;
    return { events: [], nextToken: String(tokens) };
  });
  mock.on(FilterLogEventsCommand, { logGroupName: '/no' }).rejects(toFailure('AccessDeniedException', 'no'));
  const take = { from: 'end', count: 1 } as const;
  const pages = fetchEventPages([client], { ...request, logGroups: ['/app', '/no'], take }, plain);
  await expect(pages.next()).rejects.toMatchObject({ name: 'ServiceError' });
  const asked = inputs().length;
  for (let turn = 0; turn < 20; turn++) await turnOfLoop();
  expect(inputs()).toHaveLength(asked);
});

test('a consumer that leaves causes no further request of any group', async () => {
  answerBy(() => ({ events: [toReceived(1)], nextToken: 'a' }));
  for await (const _ of fetchEventPages([client], { ...request, logGroups: ['/a', '/b'] }, plain)) break;
  expect(inputs()).toHaveLength(2);
});

test('an abort throws its reason and causes no further request', async () => {
  answerBy(() => ({ events: [toReceived(1)], nextToken: 'a' }));
  const controller = new AbortController();
  const pages = fetchEventPages(
    [client],
    { ...request, logGroups: ['/a', '/b'] },
    { ...plain, signal: controller.signal },
  );
  await pages.next();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(pages.next()).rejects.toBe(reason);
  expect(inputs()).toHaveLength(2);
});

test.each([
  ['page after page', { startMs: 0 }, { concurrency: 1 }],
  ['side by side', { startMs: 0 }, {}],
  ['from the earliest event on', { startMs: undefined }, {}],
  ['the newest', { startMs: 0, take: { from: 'end', count: 5 } as const }, {}],
])('of a dozen groups, read %s, the requests in flight do not all listen to the signal given', async (_, part, how) => {
  const logGroups = Array.from({ length: 12 }, (_, index) => `/app/${index}`);
  const { signal } = new AbortController();
  let listeners = 0;
  const server = await startWireServer();
  const groups = logGroups.map((logGroupName) => ({ logGroupName, creationTime: nowMs - dayMs }));
  server.answerWith((response, asked) => {
    listeners = Math.max(listeners, getEventListeners(signal, 'abort').length);
    json(200, { events: [], logGroups: groups })(response, asked);
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const real = createClient({ endpoint: server.url, region: 'us-east-1', credentials });
  try {
    expect(await collect(fetchEvents(real, { ...request, logGroups, ...part }, { nowMs, signal, ...how }))).toEqual([]);
    expect(server.arrivals.length).toBeGreaterThanOrEqual(12);
    expect(listeners).toBe(0);
  } finally {
    await server.close();
  }
});

function answerBy(answer: (input: FilterLogEventsCommandInput) => Omit<FilterLogEventsCommandOutput, '$metadata'>) {
  mock.on(FilterLogEventsCommand).callsFake(answer);
}

async function timestampsOf(what: FetchRequest): Promise<number[]> {
  return (await collect(fetchEventPages([client], what, plain))).flat().map(({ timestamp }) => timestamp);
}

function inputs() {
  return mock.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input);
}
