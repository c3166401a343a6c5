import { windowOf } from './event-window.js';
import { putExport, putWriteTest } from './export-objects.js';
import type { ExportTask } from './export-tasks.js';
import type { LogGroup } from './log-group.js';
import { describeLimit, logGroupName, logStreamName, nextToken, timestamp } from './log-members.js';
import { expiryMs } from './log-store.js';
import { oneOf, readMembers, required, text } from './members.js';
import type { Service } from './service.js';
import { invalidParameter, type WireError } from './wire-error.js';

const taskId = text(1, 512);
const createMembers = {
  taskName: text(1, 512),
  logGroupName: required(logGroupName),
  logStreamNamePrefix: logStreamName,
  from: required(timestamp),
  to: required(timestamp),
  destination: required(text(1, 512)),
  destinationPrefix: text(0, 512),
};

/** Starts to copy the events of a group into a bucket, which is a folder here. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html */
export function createExportTask(service: Service, request: unknown): string {
  const input = readMembers(request, createMembers);
  const { logStreamNamePrefix = '', destinationPrefix = 'exportedlogs', ...named } = input;
  const group = service.store.group(named.logGroupName);
  if (named.to < named.from) throw invalidParameter('The end of the range must not be before its start.');
  if (named.to < group.creationTime) {
    throw invalidParameter('The end of the range must not be before the creation of the log group.');
  }
  const place = { bucket: bucketFolder(service, named.destination), prefix: destinationPrefix };
  try {
    putWriteTest(place);
  } catch {
    throw forbid('PutObject');
  }
  const task = service.exports.start({
    ...named,
    destinationPrefix,
    creationTime: service.clock.now(),
    write: (id) => putExport({ ...place, taskId: id }, eventsOf(service, group, named, logStreamNamePrefix)),
  });
  return JSON.stringify({ taskId: task.taskId });
}

const describeMembers = {
  taskId,
  statusCode: oneOf(['CANCELLED', 'COMPLETED', 'FAILED', 'PENDING', 'PENDING_CANCEL', 'RUNNING']),
  nextToken,
  limit: describeLimit,
};

/** Lists tasks, the newest first. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeExportTasks.html */
export function describeExportTasks({ exports, tokens }: Service, request: unknown): string {
  const { limit = 50, nextToken: token, ...selection } = readMembers(request, describeMembers);
  exports.poll();
  const found = [...exports.tasks.values()]
    .filter((task) => selection.taskId === undefined || task.taskId === selection.taskId)
    .filter(({ status }) => selection.statusCode === undefined || status === selection.statusCode)
    .reverse();
  const from = token === undefined ? 0 : Number(tokens.redeem(selection, token));
  const to = from + limit;
  const exportTasks = found.slice(from, to).map(toJson);
  const continuation = to < found.length ? { nextToken: tokens.issue(selection, String(to)) } : {};
  return JSON.stringify({ exportTasks, ...continuation });
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CancelExportTask.html */
export function cancelExportTask({ exports }: Service, request: unknown): string {
  exports.cancel(readMembers(request, { taskId: required(taskId) }).taskId);
  return '';
}

/** The folder that stands for a bucket; refused as the service refuses a bucket that is not there, or not open to it. */
function bucketFolder({ exports }: Service, bucket: string): string {
  const { folder, forbidden } = exports.settings;
  if (folder === undefined || !/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(bucket)) {
    const why = folder === undefined ? ' (This endpoint was started without a folder for buckets.)' : '';
    throw invalidParameter(`The given bucket does not exist. Please provide a valid bucket.${why}`);
  }
  if (forbidden !== undefined) throw forbid(forbidden);
  return `${folder}/${bucket}`;
}

function forbid(call: 'GetBucketAcl' | 'PutObject'): WireError {
  return invalidParameter(
    `${call} call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.`,
  );
}

/** The events of each stream, both ends of the range included. */
function* eventsOf({ store }: Service, group: LogGroup, range: { from: number; to: number }, prefix: string) {
  const fromMs = Math.max(range.from, expiryMs(group, store.now()));
  for (const { name, timeline } of group.streams.values()) {
    if (!name.startsWith(prefix)) continue;
    const { events, from, to } = windowOf(timeline.events(), fromMs, range.to + 1);
    if (from < to) yield { stream: name, events: events.slice(from, to) };
  }
}

function toJson({ status, message, creationTime, completionTime, write, ...task }: ExportTask): object {
  const { taskId, taskName, logGroupName, from, to, destination, destinationPrefix } = task;
  return {
    taskId,
    taskName,
    logGroupName,
    from,
    to,
    destination,
    destinationPrefix,
    status: { code: status, message },
    executionInfo: { creationTime, completionTime },
  };
}
