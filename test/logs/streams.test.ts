import { DescribeLogGroupsCommand, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, test } from 'vitest';
import { GroupNotFoundError } from '../../src/errors.js';
import { lastEventMs, listStreams, resolveStreams } from '../../src/logs/streams.js';
import { collect, createMockedClient, toFailure, toMissingGroup } from './fixtures.js';

let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('streams are listed page by page to the end, past an empty page', async () => {
  mock
    .on(DescribeLogStreamsCommand)
    .resolvesOnce({ logStreams: [{ logStreamName: 'a' }], nextToken: '1' })
    .resolvesOnce({ logStreams: [], nextToken: '2' })
    .resolvesOnce({ logStreams: [{ logStreamName: 'b', lastEventTimestamp: 5 }] });
  expect(await collect(listStreams(client, '/app'))).toEqual([
    { logStreamName: 'a' },
    { logStreamName: 'b', lastEventTimestamp: 5 },
  ]);
  expect(inputs().map(({ nextToken }) => nextToken)).toEqual([undefined, '1', '2']);
});

const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';

test.each([
  ['a group by name', '/app', {}, { logGroupName: '/app', limit: 50 }],
  ['a prefix', '/app', { prefix: '2026/' }, { logGroupName: '/app', logStreamNamePrefix: '2026/', limit: 50 }],
  ['a group by ARN', `${arn}:*`, {}, { logGroupIdentifier: arn, limit: 50 }],
])('%s is asked for so', async (_, logGroup, selector, sent) => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: [] });
  await collect(listStreams(client, logGroup, selector));
  expect(inputs()).toEqual([sent]);
});

test('a missing group is told with the names that come nearest', async () => {
  mock.on(DescribeLogStreamsCommand).rejects(toMissingGroup('/ap', 'DescribeLogStreams'));
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/app' }] });
  const failure = await collect(listStreams(client, '/ap')).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GroupNotFoundError);
  expect(failure).toMatchObject({ logGroup: '/ap', near: ['/app'] });
});

test('any other failure is thrown as it is', async () => {
  const failure = toFailure('AccessDeniedException', 'no', { operation: 'DescribeLogStreams' });
  mock.on(DescribeLogStreamsCommand).rejects(failure);
  await expect(collect(listStreams(client, '/app'))).rejects.toBe(failure);
});

test('a consumer that leaves causes no further request', async () => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: [{ logStreamName: 'a' }], nextToken: '1' });
  for await (const _ of listStreams(client, '/app')) break;
  expect(inputs()).toHaveLength(1);
});

test('an abort between pages throws its reason and causes no further request', async () => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: [{ logStreamName: 'a' }], nextToken: '1' });
  const controller = new AbortController();
  const streams = listStreams(client, '/app', {}, { signal: controller.signal });
  await streams.next();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(streams.next()).rejects.toBe(reason);
  expect(inputs()).toHaveLength(1);
});

test.each([
  ['some of those under the prefix: their names', ['a/*x'], ['a/1x', 'a/2'], { kind: 'names', names: ['a/1x'] }],
  ['none: no names', ['a/*x'], ['a/2'], { kind: 'names', names: [] }],
  ['all under the prefix: no names are needed', ['a/*x'], ['a/1x'], { kind: 'patterns', patterns: ['a/*x'] }],
])('patterns that match %s', async (_, patterns, names, chosen) => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: names.map((logStreamName) => ({ logStreamName })) });
  expect(await resolveStreams(client, '/app', { kind: 'patterns', patterns })).toEqual(chosen);
  expect(inputs()).toEqual([{ logGroupName: '/app', logStreamNamePrefix: 'a/', limit: 50 }]);
});

test('patterns that match more than a thousand streams are read as they are, and the listing ends there', async () => {
  const logStreams = Array.from({ length: 50 }, (_, index) => ({ logStreamName: index === 0 ? 'b' : 'ax' }));
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams, nextToken: '1' });
  const streams = { kind: 'patterns', patterns: ['*x'] } as const;
  expect(await resolveStreams(client, '/app', streams)).toBe(streams);
  expect(inputs()).toHaveLength(21);
});

test('patterns are read as they are where streams may not be listed', async () => {
  mock.on(DescribeLogStreamsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  const streams = { kind: 'patterns', patterns: ['*x'] } as const;
  expect(await resolveStreams(client, '/app', streams)).toBe(streams);
});

test.each([{ kind: 'all' }, { kind: 'names', names: ['a'] }, { kind: 'prefix', prefix: 'a' }] as const)(
  '%j needs no listing',
  async (streams) => {
    expect(await resolveStreams(client, '/app', streams)).toBe(streams);
    expect(inputs()).toEqual([]);
  },
);

test('the last event of a group is that of the stream with the latest', async () => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: [{ logStreamName: 'a', lastEventTimestamp: 7 }] });
  expect(await lastEventMs(client, '/app')).toBe(7);
  expect(inputs()).toEqual([{ logGroupName: '/app', orderBy: 'LastEventTime', descending: true, limit: 1 }]);
});

test('the last event of a group without streams is not known', async () => {
  mock.on(DescribeLogStreamsCommand).resolves({ logStreams: [] });
  expect(await lastEventMs(client, '/app')).toBeUndefined();
});

function inputs() {
  return mock.commandCalls(DescribeLogStreamsCommand).map(({ args }) => args[0].input);
}
