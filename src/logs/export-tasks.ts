import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CancelExportTaskCommand,
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
  type ExportTask,
  type ExportTaskStatusCode,
} from '@aws-sdk/client-cloudwatch-logs';
import { nameOf, textOf } from '../errors.js';
import { causeOf } from '../failures.js';
import { ExportError } from '../job-errors.js';
import { explainMissingGroup } from './groups.js';
import { withLateSignal } from './late-signal.js';
import { abortBy, type ReadOptions } from './read/filter-events.js';

/** What to export, and where to. */
export interface ExportRequest {
  readonly logGroup: string;
  /** Only streams whose names begin so; undefined: all. */
  readonly streamPrefix: string | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly startMs: number | undefined;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  readonly bucket: string;
  readonly prefix: string;
}

/** How long to wait between two looks at a task, in milliseconds: at first, and at most. */
const firstPollMs = 300;
const maxPollMs = 15_000;
const pollGrowth = 1.5;
/** How long to wait for a task that is in the way and not shown. */
const unseenWaitMs = 2_000;
/** An interrupted run waits so long for the answer that names the task it has started. */
const answerPatienceMs = 3_000;

/** What is sent. The service counts an event at the very `to` in. */
export function toExportInput({ logGroup, streamPrefix, startMs, endMs, bucket, prefix }: ExportRequest) {
  return {
    logGroupName: logGroup,
    ...(streamPrefix === undefined ? {} : { logStreamNamePrefix: streamPrefix }),
    from: startMs ?? 0,
    to: endMs - 1,
    destination: bucket,
    destinationPrefix: prefix,
  };
}

/** How an export is started and watched. */
export interface ExportOptions extends ReadOptions {
  readonly signal: AbortSignal;
  /** Whether to try on after a failure of a request: the task goes on without us. */
  readonly survive: (error: unknown) => Promise<boolean>;
}

/**
 * Starts an export task and resolves to its id. While another task of the account is pending or runs, the service
 * refuses: then `onBusy` is told about that one, and it is waited for; without `onBusy` that is an {@link ExportError}.
 * A task of its own, which an attempt whose answer was lost has started, is gone on with.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html
 */
export async function startExport(
  client: CloudWatchLogsClient,
  request: ExportRequest,
  options: ExportOptions & { readonly onBusy?: ((other: ExportTask | undefined) => void) | undefined },
): Promise<string> {
  const { signal, onBusy } = options;
  const taskName = `cwlogs-${randomUUID()}`;
  const input = { ...toExportInput(request), taskName };
  for (;;) {
    signal.throwIfAborted();
    try {
      const command = new CreateExportTaskCommand(input);
      const answer = await withLateSignal(signal, answerPatienceMs, (late) => client.send(command, abortBy(late)));
      return answer.taskId ?? '';
    } catch (error) {
      if (nameOf(causeOf(error)) !== 'LimitExceededException') throw await toFailure(client, error, request);
      const active = await activeTask(client, options);
      // Its own may have come to its end meanwhile, and another have begun.
      const own = active?.taskName === taskName ? active : await newestTask(client, taskName, options);
      if (own?.taskId !== undefined) return own.taskId;
      if (onBusy === undefined) throw new ExportError({ kind: 'busy', other: toBusyTask(active) }, error);
      onBusy(active);
      // Gone when it was looked for, or not shown: the next attempt tells.
      if (active?.taskId === undefined) await sleep(unseenWaitMs, undefined, { signal });
      else for await (const _ of watchExport(client, active.taskId, options));
    }
  }
}

/**
 * Looks at a task until it is over, and yields what it sees each time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeExportTasks.html
 */
export async function* watchExport(
  client: CloudWatchLogsClient,
  taskId: string,
  options: ExportOptions,
): AsyncGenerator<ExportTask> {
  const { signal, survive } = options;
  for (let pollMs = firstPollMs; ; pollMs = Math.min(maxPollMs, pollMs * pollGrowth)) {
    await sleep(pollMs, undefined, { signal });
    let task: ExportTask | undefined;
    try {
      task = await describeTask(client, taskId, { signal });
    } catch (error) {
      if (!(await survive(error))) throw error;
      continue;
    }
    yield task;
    if (isOver(task)) return;
  }
}

/** Whether a task will not go on. */
function isOver({ status }: ExportTask): boolean {
  return status?.code !== undefined && overCodes.has(status.code);
}

const overCodes: ReadonlySet<ExportTaskStatusCode> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** The most tasks that one page of DescribeExportTasks holds. */
const maxPageSize = 50;

/** Lists the export tasks that the service remembers, the newest first. */
export async function* listExports(
  client: CloudWatchLogsClient,
  selection: { readonly statusCode?: ExportTaskStatusCode } = {},
  { signal }: ReadOptions = {},
): AsyncGenerator<ExportTask> {
  let nextToken: string | undefined;
  do {
    signal?.throwIfAborted();
    const command = new DescribeExportTasksCommand({ ...selection, limit: maxPageSize, nextToken });
    const answer = await client.send(command, abortBy(signal));
    nextToken = answer.nextToken ?? undefined;
    yield* answer.exportTasks ?? [];
  } while (nextToken !== undefined);
}

/** Asks for the end of a task that is pending or runs. */
export async function cancelExport(
  client: CloudWatchLogsClient,
  taskId: string,
  { signal }: ReadOptions = {},
): Promise<void> {
  try {
    await client.send(new CancelExportTaskCommand({ taskId }), abortBy(signal));
  } catch (error) {
    const name = nameOf(causeOf(error));
    if (name === 'ResourceNotFoundException') throw new ExportError({ kind: 'unknown', taskId }, error);
    if (name === 'InvalidOperationException') throw new ExportError({ kind: 'over', taskId }, error);
    throw error;
  }
}

async function describeTask(
  client: CloudWatchLogsClient,
  taskId: string,
  { signal }: ReadOptions,
): Promise<ExportTask> {
  const { exportTasks = [] } = await client.send(new DescribeExportTasksCommand({ taskId }), abortBy(signal));
  const [task] = exportTasks;
  if (task === undefined) throw new ExportError({ kind: 'unknown', taskId });
  return task;
}

/** The task of a name, if it is one of the newest. */
async function newestTask(
  client: CloudWatchLogsClient,
  taskName: string,
  { signal }: ReadOptions,
): Promise<ExportTask | undefined> {
  const newest = new DescribeExportTasksCommand({ limit: maxPageSize });
  const { exportTasks = [] } = await client.send(newest, abortBy(signal));
  return exportTasks.find((task) => task.taskName === taskName);
}

async function activeTask(client: CloudWatchLogsClient, { signal }: ReadOptions): Promise<ExportTask | undefined> {
  // In this order: what goes on in between is not missed.
  for (const statusCode of ['PENDING', 'RUNNING'] as const) {
    for await (const task of listExports(client, { statusCode }, { signal })) return task;
  }
  return undefined;
}

function toBusyTask(task: ExportTask | undefined) {
  if (task?.taskId === undefined) return undefined;
  const { taskId, logGroupName = 'an unknown group', status } = task;
  return { taskId, logGroup: logGroupName, status: status?.code ?? 'RUNNING' };
}

/** What the service says of buckets comes under several names. */
async function toFailure(client: CloudWatchLogsClient, error: unknown, request: ExportRequest): Promise<unknown> {
  const said = textOf(causeOf(error));
  if (!/bucket/i.test(said)) return explainMissingGroup(client, error);
  const { logGroup, bucket, prefix } = request;
  return new ExportError(
    { kind: 'bucket', logGroup, bucket, prefix, region: await client.config.region(), said },
    error,
  );
}
