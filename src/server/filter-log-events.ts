import { collectPage } from './event-page.js';
import { type EventPosition, parseEventId, toEventId } from './event-position.js';
import { type Cursor, windowOf } from './event-window.js';
import { type LogGroup, type LogStream, type StoredEvent, streamOf } from './log-group.js';
import {
  eventsLimit,
  logGroupIdentifier,
  logGroupName,
  logStreamName,
  logStreamNames,
  nextToken,
  timestamp,
} from './log-members.js';
import { expiryMs } from './log-store.js';
import { flag, readMembers, text, type Values } from './members.js';
import { toMessageTest } from './message-test.js';
import { findGroup, requireStandardClass, type Service } from './service.js';
import { invalidParameter } from './wire-error.js';

const members = {
  logGroupName,
  logGroupIdentifier,
  logStreamNames,
  logStreamNamePrefix: logStreamName,
  startTime: timestamp,
  endTime: timestamp,
  filterPattern: text(0, 1024),
  nextToken,
  limit: eventsLimit,
  startFromHead: flag(),
};

type Input = Values<typeof members>;

/** Only ranges that start here or later can be read from their end. */
const earliestBackwardStartMs = Date.UTC(2024, 0, 1);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export function filterLogEvents(service: Service, request: unknown): Buffer {
  const input = readMembers(request, members);
  const group = findGroup(service, input);
  requireStandardClass(group, 'FilterLogEvents');
  const streams = selectStreams(group, input);
  const matches = toMessageTest(input.filterPattern);
  const bound = [
    group.name,
    input.logStreamNames,
    input.logStreamNamePrefix,
    input.startTime,
    input.endTime,
    input.filterPattern,
  ];
  const cursor =
    input.nextToken === undefined ? startOf(input) : parseCursor(service.tokens.redeem(bound, input.nextToken));

  const events =
    streams?.length === 1 && streams[0] !== undefined ? streams[0].timeline.events() : group.timeline.events();
  const startMs = Math.max(input.startTime ?? 0, expiryMs(group, service.store.now()));
  // Documented to be returned here, and documented otherwise for GetLogEvents.
  const endMs = (input.endTime ?? Number.MAX_SAFE_INTEGER) + (service.includesEndTime ? 1 : 0);
  const { json, resume } = collectPage(service, windowOf(events, startMs, endMs), cursor, {
    toJson,
    isWanted: toTest(streams, matches),
    limit: input.limit,
    scannedBytes: service.scannedBytes,
  });

  // Every page with events promises another one, which may turn out to be empty.
  const token = resume === undefined ? undefined : service.tokens.issue(bound, renderCursor(cursor.isForward, resume));
  const continuation = token === undefined ? '' : `,"nextToken":"${token}"`;
  return Buffer.concat([
    Buffer.from('{"events":['),
    json.bytes(),
    Buffer.from(`],"searchedLogStreams":[]${continuation}}`),
  ]);
}

/** The streams asked for; undefined for all. */
function selectStreams(group: LogGroup, { logStreamNames, logStreamNamePrefix }: Input): LogStream[] | undefined {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix cannot both be specified.');
  }
  if (logStreamNames !== undefined) return [...new Set(logStreamNames)].map((name) => streamOf(group, name ?? ''));
  if (logStreamNamePrefix === undefined) return undefined;
  return [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix));
}

function startOf({ startFromHead = true, startTime = 0 }: Input): Cursor {
  if (!startFromHead && startTime < earliestBackwardStartMs) {
    throw invalidParameter('startFromHead can be false only if startTime is 2024-01-01T00:00:00Z or later.');
  }
  return { isForward: startFromHead, beyond: undefined };
}

/** A token carries its direction: it wins over `startFromHead`. */
function parseCursor(position: string): Cursor {
  return { isForward: position.startsWith('f'), beyond: parseEventId(position.slice(1)) };
}

function renderCursor(isForward: boolean, position: EventPosition): string {
  return (isForward ? 'f' : 'b') + toEventId(position);
}

function toTest(
  streams: readonly LogStream[] | undefined,
  matches: ((message: string) => boolean) | undefined,
): (event: StoredEvent) => boolean {
  const wanted = streams === undefined ? undefined : new Set(streams);
  return ({ batch, message }) => wanted?.has(batch.stream) !== false && matches?.(message) !== false;
}

function toJson(event: StoredEvent): string {
  const { timestamp, message, batch } = event;
  return `{"logStreamName":${batch.stream.nameJson},"timestamp":${timestamp},"message":${JSON.stringify(message)},"ingestionTime":${batch.ingestionTime},"eventId":"${toEventId(event)}"}`;
}
