import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CancelExportTaskCommand,
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { ExportSettings } from '../../src/server/export-tasks.js';
import { temporaryFolder } from '../save/folder.js';
import { failureOf, nowMs, startPair } from './sdk.js';

const range = { from: nowMs - 3_600_000, to: nowMs };

async function startShop(exports: ExportSettings) {
  const pair = await startPair({ switches: { exports } });
  const { store } = pair.endpoint;
  store.createGroup('/shop', { creationTime: nowMs - 86_400_000 });
  store.seedEvents('/shop', 'web/1', [
    { timestamp: range.from - 1, message: 'before' },
    { timestamp: range.from, message: 'first' },
    { timestamp: nowMs - 1_000, message: 'two\n  lines\n' },
    { timestamp: range.to, message: 'last' },
    { timestamp: range.to + 1, message: 'after' },
  ]);
  store.seedEvents('/shop', 'web-1', [{ timestamp: nowMs - 2_000, message: 'of another stream' }]);
  store.seedEvents('/shop', '..', [{ timestamp: nowMs - 3_000, message: 'upwards' }]);
  return pair;
}

function create(client: CloudWatchLogsClient, more: object = {}) {
  const input = { logGroupName: '/shop', ...range, destination: 'my.bucket', destinationPrefix: 'a/b', ...more };
  return client.send(new CreateExportTaskCommand(input));
}

async function statusOf(client: CloudWatchLogsClient, taskId: string | undefined) {
  const { exportTasks = [] } = await client.send(new DescribeExportTasksCommand({ taskId }));
  return exportTasks[0]?.status?.code;
}

test('streams whose names differ leave objects of their own', async () => {
  const folder = temporaryFolder();
  const { client, endpoint } = await startShop({ folder, pollsEach: 0 });
  for (const stream of ['q?', 'q%3f']) {
    endpoint.store.seedEvents('/shop', stream, [{ timestamp: nowMs - 1_000, message: stream }]);
  }
  const { taskId } = await create(client, { logStreamNamePrefix: 'q' });
  expect(await statusOf(client, taskId)).toBe('COMPLETED');
  expect(readdirSync(join(folder, `my.bucket/a/b/${taskId}`)).sort()).toEqual(['q%253f', 'q%3f']);
});

test('a task goes from pending over running to completed, and leaves compressed objects', async () => {
  const folder = temporaryFolder();
  const { client } = await startShop({ folder });
  const { taskId } = await create(client);
  expect([await statusOf(client, taskId), await statusOf(client, taskId)]).toEqual(['PENDING', 'RUNNING']);
  expect(await statusOf(client, taskId)).toBe('COMPLETED');

  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.gz$|test$/.test(path));
  const base = `my.bucket/a/b/${taskId}`;
  expect(files.map((path) => path.replaceAll('\\', '/')).sort()).toEqual(
    [
      'my.bucket/a/b/aws-logs-write-test',
      `${base}/%2E./000000.gz`,
      `${base}/web-1/000000.gz`,
      `${base}/web-1/000001.gz`,
    ].sort(),
  );
  expect(gunzipSync(readFileSync(join(folder, base, 'web-1', '000000.gz'))).toString()).toBe(
    '2026-11-20T11:00:00.000Z first\n2026-11-20T11:59:59.000Z two\n  lines\n2026-11-20T12:00:00.000Z last\n',
  );
  expect(gunzipSync(readFileSync(join(folder, base, 'web-1', '000001.gz'))).toString()).toBe(
    '2026-11-20T11:59:58.000Z of another stream\n',
  );
  expect(readFileSync(join(folder, 'my.bucket/a/b/aws-logs-write-test'), 'utf8')).toBe('Permission Check Successful');
});

test('only streams whose names begin as asked for are copied', async () => {
  const folder = temporaryFolder();
  const { client } = await startShop({ folder, pollsEach: 0 });
  const { taskId = '' } = await create(client, { logStreamNamePrefix: 'web-' });
  expect(await statusOf(client, taskId)).toBe('COMPLETED');
  expect(readdirSync(join(folder, 'my.bucket/a/b', taskId))).toEqual(['web-1']);
});

test('one task at a time, cancelled while it is pending or runs and not later', async () => {
  const { client } = await startShop({ folder: temporaryFolder() });
  const { taskId } = await create(client);
  expect(await failureOf(create(client))).toBe('LimitExceededException: Resource limit exceeded.');
  await client.send(new CancelExportTaskCommand({ taskId }));
  expect(await statusOf(client, taskId)).toBe('CANCELLED');
  expect(await failureOf(client.send(new CancelExportTaskCommand({ taskId })))).toMatch(/^InvalidOperationException/);
  const second = await create(client);
  const { exportTasks } = await client.send(new DescribeExportTasksCommand({ limit: 1 }));
  expect(exportTasks).toMatchObject([{ taskId: second.taskId, destination: 'my.bucket', destinationPrefix: 'a/b' }]);
  const cancelled = await client.send(new DescribeExportTasksCommand({ statusCode: 'CANCELLED' }));
  expect(cancelled.exportTasks?.map((task) => task.taskId)).toEqual([taskId]);
});

test.each<[string, ExportSettings, object, string]>([
  ['no folder', {}, {}, 'InvalidParameterException: The given bucket does not exist'],
  ['a name that leaves the folder', { folder: '/nowhere' }, { destination: '..' }, 'does not exist'],
  ['a folder that cannot be written', { folder: '/dev/null' }, {}, 'PutObject call on the given bucket failed'],
  [
    'a policy that forbids',
    { folder: '/nowhere', forbidden: 'GetBucketAcl' },
    {},
    'GetBucketAcl call on the given bucket failed. Please check if CloudWatch Logs has been granted permission',
  ],
  ['an end before the group', { folder: '/nowhere' }, { from: 0, to: 1 }, 'before the creation'],
  ['an end before the start', { folder: '/nowhere' }, { from: nowMs, to: nowMs - 1 }, 'before its start'],
  ['a group that is not there', { folder: '/nowhere' }, { logGroupName: '/shup' }, 'ResourceNotFoundException'],
])('%s is refused', async (_, exports, more, message) => {
  const { client } = await startShop(exports);
  expect(await failureOf(create(client, more))).toContain(message);
});
