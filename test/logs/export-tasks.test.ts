import { CreateExportTaskCommand, DescribeExportTasksCommand } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, test } from 'vitest';
import { ExportError } from '../../src/job-errors.js';
import { type ExportOptions, listExports, startExport, watchExport } from '../../src/logs/export-tasks.js';
import { collect, createMockedClient, toFailure } from './fixtures.js';

const request = { logGroup: '/a', streamPrefix: undefined, startMs: undefined, endMs: 1_000, bucket: 'b', prefix: 'p' };
const options: ExportOptions = { signal: new AbortController().signal, survive: async () => false };
let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('without a start all is exported, up to the millisecond before the end', async () => {
  mock.on(CreateExportTaskCommand).resolves({ taskId: 't' });
  expect(await startExport(client, request, options)).toBe('t');
  const taskName = expect.stringMatching(/^cwlogs-[\da-f-]{36}$/);
  expect(inputs()).toEqual([
    { logGroupName: '/a', from: 0, to: 999, destination: 'b', destinationPrefix: 'p', taskName },
  ]);
});

describe('a task that is in the way', () => {
  const busy = toFailure('LimitExceededException', 'Resource limit exceeded.');
  const found = (code: string, taskNameOf: (created: string | undefined) => string | undefined) => {
    mock.on(CreateExportTaskCommand).rejects(busy);
    mock.on(DescribeExportTasksCommand).callsFake(({ statusCode }) => {
      if (statusCode !== undefined && statusCode !== code) return { exportTasks: [] };
      const [created] = mock.commandCalls(CreateExportTaskCommand).map((call) => call.args[0].input.taskName);
      const task = { taskId: 'x', logGroupName: '/a', status: { code } };
      return { exportTasks: [{ ...task, taskName: taskNameOf(created) }] };
    });
  };

  test.each(['PENDING', 'RUNNING', 'COMPLETED'])(
    'is its own after a lost answer, and gone on with: %s',
    async (code) => {
      found(code, (created) => created);
      expect(await startExport(client, request, options)).toBe('x');
      expect(mock.commandCalls(CreateExportTaskCommand)).toHaveLength(1);
    },
  );

  test('is another one, begun after its own was over: its own is gone on with', async () => {
    mock.on(CreateExportTaskCommand).rejects(busy);
    mock.on(DescribeExportTasksCommand).callsFake(({ statusCode }) => {
      const [taskName] = mock.commandCalls(CreateExportTaskCommand).map((call) => call.args[0].input.taskName);
      const own = { taskId: 'x', taskName, logGroupName: '/a', status: { code: 'COMPLETED' } };
      const other = { taskId: 'y', taskName: 'other', logGroupName: '/b', status: { code: 'RUNNING' } };
      if (statusCode !== undefined) return { exportTasks: statusCode === 'RUNNING' ? [other] : [] };
      return { exportTasks: [other, own] };
    });
    expect(await startExport(client, request, options)).toBe('x');
  });

  test.each(['cwlogs-other', undefined])('is not its own by the name %j', async (taskName) => {
    found('RUNNING', () => taskName);
    await expect(startExport(client, request, options)).rejects.toMatchObject({ failure: { kind: 'busy' } });
  });
});

test.each([
  ['InvalidParameterException', 'PutObject call on the given bucket failed.'],
  ['AccessDeniedException', 'GetBucketAcl call on the given bucket failed.'],
  ['InvalidParameterException', 'Please ensure that the caller has been granted s3:PutObject access to the bucket.'],
])('%s: %s is about the bucket', async (name, said) => {
  mock.on(CreateExportTaskCommand).rejects(toFailure(name, said));
  const place = { logGroup: '/a', bucket: 'b', prefix: 'p', said };
  await expect(startExport(client, request, options)).rejects.toMatchObject({ failure: { kind: 'bucket', ...place } });
});

test('access that is denied for another reason stays what it is', async () => {
  const failure = toFailure('AccessDeniedException', 'not authorized to perform: logs:CreateExportTask');
  mock.on(CreateExportTaskCommand).rejects(failure);
  await expect(startExport(client, request, options)).rejects.toBe(failure);
});

test('a look that fails and is survived is followed by another', async () => {
  const failure = toFailure('ThrottlingException', 'Rate exceeded');
  mock.on(DescribeExportTasksCommand).rejectsOnce(failure).resolves(answer('COMPLETED'));
  const survived: unknown[] = [];
  const survive = async (error: unknown) => survived.push(error) > 0;
  expect(await collect(watchExport(client, 't', { ...options, survive }))).toHaveLength(1);
  expect(survived).toEqual([failure]);
});

test('a task that the service does not know ends the watch', async () => {
  mock.on(DescribeExportTasksCommand).resolves({ exportTasks: [] });
  const watched = collect(watchExport(client, 't', options));
  await expect(watched).rejects.toThrow(ExportError);
});

test('who stops watching causes no further request', async () => {
  mock.on(DescribeExportTasksCommand).resolves(answer('RUNNING'));
  for await (const _ of watchExport(client, 't', options)) break;
  expect(inputs()).toEqual([{ taskId: 't' }]);
});

test('aborted, a watch ends between two looks', async () => {
  mock.on(DescribeExportTasksCommand).resolves(answer('RUNNING'));
  const stop = new AbortController();
  const watch = watchExport(client, 't', { ...options, signal: stop.signal });
  await watch.next();
  stop.abort(new Error('enough'));
  await expect(watch.next()).rejects.toThrow('aborted');
  expect(inputs()).toHaveLength(1);
});

test('tasks are listed page by page', async () => {
  mock
    .on(DescribeExportTasksCommand)
    .resolvesOnce({ exportTasks: [{ taskId: '2' }], nextToken: 'more' })
    .resolvesOnce({ exportTasks: [{ taskId: '1' }] });
  expect(await collect(listExports(client))).toEqual([{ taskId: '2' }, { taskId: '1' }]);
  expect(inputs()).toEqual([{ limit: 50 }, { limit: 50, nextToken: 'more' }]);
});

function answer(code: 'RUNNING' | 'COMPLETED') {
  return { exportTasks: [{ taskId: 't', status: { code } }] };
}

function inputs(): unknown[] {
  return mock.calls().map((call) => call.args[0].input);
}
