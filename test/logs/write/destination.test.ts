import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createDestination } from '../../../src/logs/write/destination.js';
import { createMockedClient, toException } from '../fixtures.js';

const never = new AbortController().signal;
const missing = toException('ResourceNotFoundException', 'The specified log group does not exist.');

function start(options: { createGroup?: boolean; retentionDays?: number } = {}) {
  const { client, mock } = createMockedClient();
  const refused: unknown[] = [];
  let created = 0;
  const destination = createDestination(client, {
    logGroup: '/app',
    createGroup: options.createGroup ?? true,
    retentionDays: options.retentionDays,
    onCreated: () => {
      created += 1;
    },
    onRetentionRefused: (error) => refused.push(error),
  });
  return { destination, mock, refused, created: () => created };
}

test('a stream of a group that exists takes one request', async () => {
  const { destination, mock } = start();
  mock.on(CreateLogStreamCommand).resolves({});
  await destination.create('s', never);
  expect(mock.commandCalls(CreateLogStreamCommand).map(({ args }) => args[0].input)).toEqual([
    { logGroupName: '/app', logStreamName: 's' },
  ]);
  expect(mock.commandCalls(CreateLogGroupCommand)).toEqual([]);
});

test('what several puts find missing at once is made once', async () => {
  const { destination, mock, created } = start();
  mock.on(CreateLogStreamCommand, { logStreamName: 'a' }).rejectsOnce(missing).resolves({});
  mock.on(CreateLogStreamCommand, { logStreamName: 'b' }).rejectsOnce(missing).resolves({});
  mock.on(CreateLogGroupCommand).resolves({});
  await Promise.all(['a', 'a', 'b'].map((stream) => destination.create(stream, never)));
  expect(mock.commandCalls(CreateLogGroupCommand)).toHaveLength(1);
  expect(mock.commandCalls(CreateLogStreamCommand)).toHaveLength(4);
  expect(created()).toBe(1);
});

test('a group and a stream that another made meanwhile are left as they are', async () => {
  const { destination, mock, created } = start({ retentionDays: 7 });
  const there = toException('ResourceAlreadyExistsException', 'The specified log group already exists');
  mock.on(CreateLogStreamCommand).rejectsOnce(missing).rejects(there);
  mock.on(CreateLogGroupCommand).rejects(there);
  await destination.create('s', never);
  expect(mock.commandCalls(PutRetentionPolicyCommand)).toEqual([]);
  expect(created()).toBe(0);
});

test('a group that may not be made is not', async () => {
  const { destination, mock } = start({ createGroup: false });
  mock.on(CreateLogStreamCommand).rejects(missing);
  await expect(destination.create('s', never)).rejects.toThrow('The specified log group does not exist.');
  expect(mock.commandCalls(CreateLogGroupCommand)).toEqual([]);
});

test('a retention that may not be set is told, and the stream made all the same', async () => {
  const { destination, mock, refused } = start({ retentionDays: 7 });
  const denied = toException('AccessDeniedException', 'no');
  mock.on(CreateLogStreamCommand).rejectsOnce(missing).resolves({});
  mock.on(CreateLogGroupCommand).resolves({});
  mock.on(PutRetentionPolicyCommand).rejects(denied);
  await destination.create('s', never);
  expect(refused).toEqual([denied]);
});

test('the retention of a group is looked up once, and is its own', async () => {
  const { destination, mock } = start();
  const logGroups = [
    { logGroupName: '/app', retentionInDays: 30 },
    { logGroupName: '/app2', retentionInDays: 1 },
  ];
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups });
  expect(await Promise.all([destination.retentionDays(never), destination.retentionDays(never)])).toEqual([30, 30]);
  expect(mock.commandCalls(DescribeLogGroupsCommand)).toHaveLength(1);
});

test('whoever may not list has no retention to go by', async () => {
  const { destination, mock } = start();
  mock.on(DescribeLogGroupsCommand).rejects(toException('AccessDeniedException', 'no'));
  expect(await destination.retentionDays(never)).toBeUndefined();
});
