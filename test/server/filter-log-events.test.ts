import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, nowMs, startPair } from './sdk.js';

const startMs = nowMs - 60_000;
type Input = Partial<FilterLogEventsCommandInput>;

async function startGroup(options: Parameters<typeof startPair>[0] = {}) {
  const { client, endpoint } = await startPair(options);
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents(
    'g',
    'a',
    [
      { timestamp: startMs, message: 'a0' },
      { timestamp: startMs + 2, message: 'a2' },
    ],
    nowMs,
  );
  endpoint.store.seedEvents(
    'g',
    'ab',
    [
      { timestamp: startMs + 1, message: 'ab1' },
      { timestamp: startMs + 3, message: 'ab3' },
    ],
    nowMs,
  );
  return { client, endpoint, filter: (input: Input = {}) => filterPage(client, input) };
}

async function filterPage(client: CloudWatchLogsClient, input: Input) {
  const page = await client.send(new FilterLogEventsCommand({ logGroupName: 'g', ...input }));
  return { ...page, messages: (page.events ?? []).map(({ message }) => message) };
}

test('events carry their stream, times and an id whose upper bits are the timestamp', async () => {
  const { filter } = await startGroup();
  const { events = [], searchedLogStreams } = await filter({ limit: 1 });
  expect(events).toEqual([
    {
      logStreamName: 'a',
      timestamp: startMs,
      message: 'a0',
      ingestionTime: nowMs,
      eventId: expect.stringMatching(/^\d{56}$/),
    },
  ]);
  expect(BigInt(events[0]?.eventId ?? 0) >> 144n).toBe(BigInt(startMs));
  expect(searchedLogStreams).toEqual([]);
});

test('a page with events is followed by one more, which is empty and the last', async () => {
  const { filter } = await startGroup();
  const first = await filter();
  const second = await filter({ nextToken: first.nextToken });
  expect([first.messages, second.messages]).toEqual([['a0', 'ab1', 'a2', 'ab3'], []]);
  expect(second.nextToken).toBeUndefined();
});

test('a request that finds nothing has no token', async () => {
  const { filter } = await startGroup();
  const page = await filter({ startTime: nowMs });
  expect(page).toMatchObject({ events: [], searchedLogStreams: [] });
  expect(page.nextToken).toBeUndefined();
});

const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:g';

test.each<[string, Input, string[]]>([
  ['the start and the end include their events', { startTime: startMs + 1, endTime: startMs + 2 }, ['ab1', 'a2']],
  ['one stream', { logStreamNames: ['ab'] }, ['ab1', 'ab3']],
  ['two streams, one of them named twice', { logStreamNames: ['ab', 'a', 'a'] }, ['a0', 'ab1', 'a2', 'ab3']],
  ['a prefix of streams', { logStreamNamePrefix: 'ab' }, ['ab1', 'ab3']],
  ['a prefix of no stream', { logStreamNamePrefix: 'x' }, []],
  ['a pattern', { filterPattern: '?a0 ?ab3' }, ['a0', 'ab3']],
  ['a blank pattern', { filterPattern: ' ' }, ['a0', 'ab1', 'a2', 'ab3']],
  ['an identifier', { logGroupName: undefined, logGroupIdentifier: 'g' }, ['a0', 'ab1', 'a2', 'ab3']],
  ['an ARN', { logGroupName: undefined, logGroupIdentifier: arn }, ['a0', 'ab1', 'a2', 'ab3']],
  ['from the tail', { startTime: startMs + 1, startFromHead: false }, ['ab3', 'a2', 'ab1']],
])('%s', async (_, input, messages) => {
  const { filter } = await startGroup();
  expect((await filter(input)).messages).toEqual(messages);
});

test('events at the same time are ordered by their ingestion', async () => {
  const { filter, endpoint } = await startGroup();
  endpoint.store.seedEvents('g', 'z', [{ timestamp: startMs, message: 'second' }], nowMs + 2);
  endpoint.store.seedEvents('g', 'y', [{ timestamp: startMs, message: 'first' }], nowMs + 1);
  expect((await filter({ endTime: startMs })).messages).toEqual(['a0', 'first', 'second']);
});

test('a late event takes its place in the order', async () => {
  const { filter, endpoint } = await startGroup();
  await filter();
  endpoint.store.seedEvents('g', 'late', [{ timestamp: startMs + 1, message: 'late' }], nowMs);
  expect((await filter()).messages).toEqual(['a0', 'ab1', 'late', 'a2', 'ab3']);
});

test('what has expired is not returned', async () => {
  const { filter, endpoint } = await startGroup();
  endpoint.store.seedEvents('g', 'a', [
    { timestamp: nowMs - 86_400_001, message: 'expired' },
    { timestamp: nowMs - 86_400_000, message: 'kept' },
  ]);
  endpoint.store.group('g').retentionInDays = 1;
  expect((await filter({ limit: 1 })).messages).toEqual(['kept']);
});

const validation = 'InvalidParameterException: 1 validation error detected: Value';

test.each<[string, Input, string]>([
  [
    'an unknown stream',
    { logStreamNames: ['a', 'x'] },
    'ResourceNotFoundException: The specified log stream does not exist.',
  ],
  ['an unknown group', { logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  [
    'the ARN of another region',
    { logGroupName: undefined, logGroupIdentifier: arn.replace('us-east-1', 'eu-west-1') },
    'ResourceNotFoundException: The specified log group does not exist.',
  ],
  [
    'an ARN with a star',
    { logGroupName: undefined, logGroupIdentifier: `${arn}:*` },
    `${validation} '${arn}:*' at 'logGroupIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w#+=/:,.@-]*`,
  ],
  [
    'a name and an identifier',
    { logGroupIdentifier: 'g' },
    'InvalidParameterException: Exactly one of logGroupName and logGroupIdentifier must be specified.',
  ],
  [
    'no group',
    { logGroupName: undefined },
    'InvalidParameterException: Exactly one of logGroupName and logGroupIdentifier must be specified.',
  ],
  [
    'names and a prefix',
    { logStreamNames: ['a'], logStreamNamePrefix: 'a' },
    'InvalidParameterException: logStreamNames and logStreamNamePrefix cannot both be specified.',
  ],
  [
    'no stream names',
    { logStreamNames: [] },
    `${validation} '[]' at 'logStreamNames' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  ],
  [
    'a negative start',
    { startTime: -1 },
    `${validation} '-1' at 'startTime' failed to satisfy constraint: Member must have value greater than or equal to 0`,
  ],
  [
    'a limit of 0',
    { limit: 0 },
    `${validation} '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  ],
  [
    'a limit of 10,001',
    { limit: 10_001 },
    `${validation} '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000`,
  ],
  ['a bad pattern', { filterPattern: 'ERR*' }, "InvalidParameterException: Invalid character(s) in term '*'"],
  [
    'a token that was never issued',
    { nextToken: 'x' },
    'InvalidParameterException: The specified nextToken is invalid.',
  ],
  [
    'reading from the tail of a range before 2024',
    { startFromHead: false, startTime: Date.UTC(2024, 0, 1) - 1 },
    'InvalidParameterException: startFromHead can be false only if startTime is 2024-01-01T00:00:00Z or later.',
  ],
])('%s is refused', async (_, input, failure) => {
  const { filter } = await startGroup();
  expect(await failureOf(filter(input))).toBe(failure);
});

test('101 stream names are refused and 100 are not', async () => {
  const { filter, endpoint } = await startGroup();
  const names = Array.from({ length: 101 }, (_, index) => `s${index}`);
  for (const name of names) endpoint.store.seedEvents('g', name, [{ timestamp: nowMs, message: name }]);
  expect((await filter({ logStreamNames: names.slice(0, 100) })).messages).toEqual(names.slice(0, 100));
  expect(await failureOf(filter({ logStreamNames: names }))).toContain(
    'Member must have length less than or equal to 100',
  );
});

test('2024 begins the times that can be read from the tail', async () => {
  const { filter } = await startGroup();
  const { messages } = await filter({ startFromHead: false, startTime: Date.UTC(2024, 0, 1), limit: 1 });
  expect(messages).toEqual(['ab3']);
});

test('a group of infrequent access cannot be read', async () => {
  const { filter, endpoint } = await startGroup();
  endpoint.store.createGroup('ia', { logGroupClass: 'INFREQUENT_ACCESS' });
  expect(await failureOf(filter({ logGroupName: 'ia' }))).toBe(
    'InvalidOperationException: The log group ia is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.',
  );
});

test.each<[string, Input]>([
  ['group', { logGroupName: 'other' }],
  ['start', { startTime: startMs + 1 }],
  ['end', { endTime: nowMs + 1 }],
  ['pattern', { filterPattern: 'a' }],
  ['selection of streams', { logStreamNames: ['a'] }],
])('a token is refused for another %s', async (_, other) => {
  const { filter, endpoint } = await startGroup();
  endpoint.store.createGroup('other');
  const range = { startTime: startMs, endTime: nowMs };
  const { nextToken } = await filter({ ...range, limit: 1 });
  expect(await failureOf(filter({ ...range, ...other, nextToken }))).toBe(
    'InvalidParameterException: The specified nextToken is invalid.',
  );
});

test('a token keeps its direction and takes another limit', async () => {
  const { filter } = await startGroup();
  const { nextToken } = await filter({ startTime: startMs, startFromHead: false, limit: 1 });
  expect((await filter({ startTime: startMs, startFromHead: true, limit: 2, nextToken })).messages).toEqual([
    'a2',
    'ab1',
  ]);
});
