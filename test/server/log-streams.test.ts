import {
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, nowMs, startPair } from './sdk.js';

test('a new stream has neither first nor last event', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  await client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 'a/[$LATEST]1' }));
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }));
  expect(logStreams).toEqual([
    {
      logStreamName: 'a/[$LATEST]1',
      creationTime: nowMs,
      arn: 'arn:aws:logs:us-east-1:123456789012:log-group:g:log-stream:a/[$LATEST]1',
      storedBytes: 0,
      uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
    },
  ]);
});

test('a written stream shows the times of its events, whatever their order of arrival', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents(
    'g',
    's',
    [
      { timestamp: 2_000, message: 'b' },
      { timestamp: 1_000, message: 'a' },
    ],
    3_000,
  );
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }));
  expect(logStreams).toMatchObject([
    { firstEventTimestamp: 1_000, lastEventTimestamp: 2_000, lastIngestionTime: 3_000 },
  ]);
});

test.each([
  ['in a group that does not exist', 'x', 's', 'ResourceNotFoundException: The specified log group does not exist.'],
  ['twice', 'g', 'there', 'ResourceAlreadyExistsException: The specified log stream already exists'],
  [
    'with a colon',
    'g',
    'a:b',
    "InvalidParameterException: 1 validation error detected: Value 'a:b' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*",
  ],
])('a stream cannot be created %s', async (_, logGroupName, logStreamName, failure) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  await client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 'there' }));
  expect(await failureOf(client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })))).toBe(failure);
});

const byTime = { orderBy: 'LastEventTime' } as const;

test.each<[string, Partial<DescribeLogStreamsCommandInput>, string[]]>([
  ['by name', {}, ['B', 'a', 'ab', 'c']],
  ['by name, descending', { descending: true }, ['c', 'ab', 'a', 'B']],
  ['by prefix', { logStreamNamePrefix: 'a' }, ['a', 'ab']],
  ['by last event, streams without events first', byTime, ['c', 'ab', 'B', 'a']],
  ['by last event, newest first', { ...byTime, descending: true }, ['a', 'B', 'ab', 'c']],
])('streams are listed %s, also in pages of one', async (_, request, names) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  for (const [index, name] of ['ab', 'B', 'a'].entries()) {
    endpoint.store.seedEvents('g', name, [{ timestamp: 1_000 + index, message: 'x' }]);
  }
  endpoint.store.seedEvents('g', 'c', []);
  const list = async (input: DescribeLogStreamsCommandInput): Promise<(string | undefined)[]> => {
    const { logStreams = [], nextToken } = await client.send(new DescribeLogStreamsCommand(input));
    const found = logStreams.map(({ logStreamName }) => logStreamName);
    return nextToken === undefined ? found : [...found, ...(await list({ ...input, nextToken }))];
  };
  expect(await list({ logGroupName: 'g', ...request })).toEqual(names);
  expect(await list({ logGroupName: 'g', ...request, limit: 1 })).toEqual(names);
});

test.each<[string, Partial<DescribeLogStreamsCommandInput>, string]>([
  [
    'a prefix with the order of events',
    { ...byTime, logStreamNamePrefix: 'a' },
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  ],
  [
    'a limit of 51',
    { limit: 51 },
    "Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
  ],
  ['a token that was never issued', { nextToken: 'x' }, 'The specified nextToken is invalid.'],
])('%s is refused', async (_, request, message) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const failure = await failureOf(client.send(new DescribeLogStreamsCommand({ logGroupName: 'g', ...request })));
  expect(failure).toMatch(/^InvalidParameterException: /);
  expect(failure).toContain(message);
});

test('a deleted stream takes its events along and leaves those of others', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 'a', [{ timestamp: nowMs, message: 'of a' }]);
  endpoint.store.seedEvents('g', 'b', [{ timestamp: nowMs, message: 'of b' }]);
  await client.send(new DeleteLogStreamCommand({ logGroupName: 'g', logStreamName: 'a' }));
  const { timeline, storedBytes } = endpoint.store.group('g');
  expect(timeline.events().map(({ message }) => message)).toEqual(['of b']);
  expect(storedBytes).toBe(30);
  const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }));
  expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual(['b']);
});

test.each([
  ['a stream', 'g', 'The specified log stream does not exist.'],
  ['a group', 'x', 'The specified log group does not exist.'],
])('%s that is not there cannot be deleted', async (_, logGroupName, message) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const deletion = client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 's' }));
  expect(await failureOf(deletion)).toBe(`ResourceNotFoundException: ${message}`);
});

test('a stream of a group with deletion protection is not deleted', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g', { deletionProtectionEnabled: true });
  endpoint.store.seedEvents('g', 's', []);
  const deletion = client.send(new DeleteLogStreamCommand({ logGroupName: 'g', logStreamName: 's' }));
  expect(await failureOf(deletion)).toContain('ValidationException');
});
