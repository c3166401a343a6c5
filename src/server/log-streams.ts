import { positionBefore, toEventId } from './event-position.js';
import { addStream, type LogGroup, type LogStream } from './log-group.js';
import { describeLimit, logGroupIdentifier, logGroupName, logStreamName, nextToken } from './log-members.js';
import { flag, oneOf, readMembers, required } from './members.js';
import { arnOf, findGroup, requireDeletable, type Service } from './service.js';
import { invalidParameter } from './wire-error.js';

/** Creates a log stream. */
export function createLogStream({ store }: Service, request: unknown): string {
  const members = { logGroupName: required(logGroupName), logStreamName: required(logStreamName) };
  const { logGroupName: groupName, logStreamName: streamName } = readMembers(request, members);
  addStream(store.group(groupName), streamName, store.now());
  return '';
}

/** Deletes a log stream with its events. */
export function deleteLogStream({ store }: Service, request: unknown): string {
  const members = { logGroupName: required(logGroupName), logStreamName: required(logStreamName) };
  const { logGroupName: groupName, logStreamName: streamName } = readMembers(request, members);
  requireDeletable(store.group(groupName));
  store.deleteStream(groupName, streamName);
  return '';
}

const describeMembers = {
  logGroupName,
  logGroupIdentifier,
  logStreamNamePrefix: logStreamName,
  orderBy: oneOf(['LogStreamName', 'LastEventTime']),
  descending: flag(),
  limit: describeLimit,
  nextToken,
};

/** Lists streams. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export function describeLogStreams(service: Service, request: unknown): string {
  const { limit = 50, nextToken: token, ...selection } = readMembers(request, describeMembers);
  const { orderBy = 'LogStreamName', descending = false, logStreamNamePrefix } = selection;
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const group = findGroup(service, selection);
  const sign = descending ? -1 : 1;
  const compare = (a: SortKey, b: SortKey) =>
    sign * (a.time - b.time || (a.name < b.name ? -1 : Number(a.name > b.name)));
  const after = token === undefined ? undefined : parseKey(service.tokens.redeem(selection, token));
  const found = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
    .map((stream) => ({ stream, name: stream.name, time: orderBy === 'LastEventTime' ? lastEventTime(stream) : 0 }))
    .filter((key) => after === undefined || compare(key, after) > 0)
    .sort(compare);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return JSON.stringify({
    logStreams: page.map(({ stream }) => describeStream(service, group, stream)),
    ...(last === undefined || found.length <= limit
      ? {}
      : { nextToken: service.tokens.issue(selection, renderKey(last)) }),
  });
}

/** What streams are sorted by: the time is 0 where only the name counts. */
interface SortKey {
  readonly name: string;
  readonly time: number;
}

function renderKey({ name, time }: SortKey): string {
  return `${time} ${name}`;
}

function parseKey(text: string): SortKey {
  const space = text.indexOf(' ');
  return { time: Number(text.slice(0, space)), name: text.slice(space + 1) };
}

function lastEventTime({ lastEventTimestamp = 0 }: LogStream): number {
  return lastEventTimestamp;
}

function describeStream(service: Service, group: LogGroup, stream: LogStream): object {
  const { name, creationTime, firstEventTimestamp, lastEventTimestamp, lastIngestionTime } = stream;
  return {
    logStreamName: name,
    creationTime,
    firstEventTimestamp,
    lastEventTimestamp,
    lastIngestionTime,
    // Meaningless since 2023, and still there.
    uploadSequenceToken: toEventId(positionBefore(creationTime)),
    arn: `${arnOf(service, group)}:log-stream:${name}`,
    // The service has not counted the bytes of single streams since 2019.
    storedBytes: 0,
  };
}
