import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, test } from 'vitest';
import { RepeatedTokenError } from '../../../src/errors.js';
import { type FilterRequest, filterEventPages, filterEvents } from '../../../src/logs/read/filter-events.js';
import { collect, createMockedClient, toException, toReceived } from '../fixtures.js';

const request: FilterRequest = { logGroup: '/app', startMs: 1_000, endMs: 2_000 };
let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('follows nextToken through an empty page, with a fresh input each time', async () => {
  mock
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [toReceived(1_001)], nextToken: 'a' })
    .resolvesOnce({ events: [], nextToken: 'b' })
    .resolvesOnce({ events: [toReceived(1_002)] });
  const pages = await collect(filterEventPages(client, request));
  expect(pages.map(({ events, last }) => ({ last, timestamps: events.map(({ timestamp }) => timestamp) }))).toEqual([
    { last: false, timestamps: [1_001] },
    { last: false, timestamps: [] },
    { last: true, timestamps: [1_002] },
  ]);
  expect(inputs().map(({ nextToken }) => nextToken)).toEqual([undefined, 'a', 'b']);
});

test('an event carries where it came from', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [toReceived(1_500, { message: 'hello', eventId: '7' })] });
  expect(await collect(filterEvents(client, request))).toEqual([
    {
      timestamp: 1_500,
      ingestionTime: 1_505,
      message: 'hello',
      eventId: '7',
      logStreamName: 's',
      logGroupName: '/app',
      region: 'eu-west-1',
    },
  ]);
});

test('the exclusive end is sent, and events at and past it are dropped', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [1_000, 1_999, 2_000, 2_001].map((ms) => toReceived(ms)) });
  expect((await collect(filterEvents(client, request))).map(({ timestamp }) => timestamp)).toEqual([1_000, 1_999]);
  expect(inputs()).toMatchObject([{ startTime: 1_000, endTime: 2_000 }]);
});

test('a token of null, as some servers write it, is none', async () => {
  mock.on(FilterLogEventsCommand).callsFake(() => ({ events: [], nextToken: null }));
  expect(await collect(filterEventPages(client, request))).toEqual([{ events: [], last: true }]);
});

test('a page without the member events is an empty one', async () => {
  mock.on(FilterLogEventsCommand).resolves({});
  expect(await collect(filterEventPages(client, request))).toEqual([{ events: [], last: true }]);
});

const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';

test.each<[string, Partial<FilterRequest>, object]>([
  ['a group by name', {}, { logGroupName: '/app', limit: 10_000 }],
  ['a group by ARN', { logGroup: arn }, { logGroupIdentifier: arn }],
  ['a group by ARN as DescribeLogGroups gives it', { logGroup: `${arn}:*` }, { logGroupIdentifier: arn }],
  ['streams by name', { streams: { kind: 'names', names: ['a', 'b'] } }, { logStreamNames: ['a', 'b'] }],
  ['streams by prefix', { streams: { kind: 'prefix', prefix: 'web/' } }, { logStreamNamePrefix: 'web/' }],
  ['a pattern', { filterPattern: 'ERROR' }, { filterPattern: 'ERROR' }],
  ['masked data', { unmask: true }, { unmask: true }],
  ['small pages', { pageSize: 5 }, { limit: 5 }],
])('%s is asked for so', async (_, more, sent) => {
  mock.on(FilterLogEventsCommand).resolves({ events: [] });
  await collect(filterEventPages(client, { ...request, ...more }));
  expect(inputs()).toMatchObject([sent]);
});

test('neither all streams nor a group by ARN send a member that would select otherwise', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [] });
  await collect(filterEventPages(client, { ...request, logGroup: arn, streams: { kind: 'all' } }));
  for (const member of ['logGroupName', 'logStreamNames', 'logStreamNamePrefix']) {
    expect(inputs()[0]).not.toHaveProperty(member);
  }
});

test('a token that is answered with itself ends the reading as incomplete', async () => {
  mock
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [toReceived(1_001)], nextToken: 'a' })
    .resolves({ events: [toReceived(1_001)], nextToken: 'a' });
  await expect(collect(filterEventPages(client, request))).rejects.toThrow(RepeatedTokenError);
  expect(inputs()).toHaveLength(2);
});

test('a failure in the middle is thrown after the pages before it', async () => {
  mock
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [toReceived(1_001)], nextToken: 'a' })
    .rejectsOnce(toException('ThrottlingException', 'Rate exceeded'));
  const pages = filterEventPages(client, request);
  expect(await pages.next()).toMatchObject({ done: false, value: { events: [{ timestamp: 1_001 }] } });
  await expect(pages.next()).rejects.toThrow('Rate exceeded');
});

test('a consumer that leaves causes no further request', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [toReceived(1_001), toReceived(1_002)], nextToken: 'a' });
  for await (const event of filterEvents(client, request)) {
    expect(event.timestamp).toBe(1_001);
    break;
  }
  expect(inputs()).toHaveLength(1);
});

test('an abort between pages throws its reason and causes no further request', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [toReceived(1_001)], nextToken: 'a' });
  const controller = new AbortController();
  const pages = filterEventPages(client, request, { signal: controller.signal });
  await pages.next();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(pages.next()).rejects.toBe(reason);
  expect(inputs()).toHaveLength(1);
});

test('the signal goes with the request, so that an abort reaches it on the wire', async () => {
  mock.on(FilterLogEventsCommand).resolves({ events: [] });
  const { signal } = new AbortController();
  await collect(filterEventPages(client, request, { signal }));
  expect(mock.call(0).args).toMatchObject([{}, { abortSignal: signal }]);
});

function inputs() {
  return mock.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input);
}
