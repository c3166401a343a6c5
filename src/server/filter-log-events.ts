import { compileFilterPattern } from '../pattern/filter-pattern.js';
import { PatternError } from '../pattern/pattern-error.js';
import { type Cursor, collectPage, walk, windowOf } from './event-page.js';
import { parseEventId, toEventId } from './event-position.js';
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

/** Whether an event at the very `endTime` is returned: documented so here, and documented otherwise for GetLogEvents. */
const includesEndTime = true;
/** Only ranges that start here or later can be read from their end. */
const earliestBackwardStartMs = Date.UTC(2024, 0, 1);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export function filterLogEvents(service: Service, request: unknown): string {
  const input = readMembers(request, members);
  const group = findGroup(service, input);
  requireStandardClass(group, 'FilterLogEvents');
  const streams = selectStreams(group, input);
  const matches = compilePattern(input.filterPattern);
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
  const endMs = (input.endTime ?? Number.MAX_SAFE_INTEGER) + (includesEndTime ? 1 : 0);
  const walked = walk(windowOf(events, startMs, endMs), cursor);
  const { jsons, last } = collectPage(service, select(walked, streams, matches), toJson, input.limit);

  // Every page with events promises another one, which may turn out to be empty.
  const token = last === undefined ? undefined : service.tokens.issue(bound, renderCursor(cursor.isForward, last));
  const continuation = token === undefined ? '' : `,"nextToken":"${token}"`;
  return `{"events":[${jsons.join(',')}],"searchedLogStreams":[]${continuation}}`;
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

function compilePattern(pattern: string | undefined): ((message: string) => boolean) | undefined {
  if (pattern === undefined || pattern.trim() === '') return undefined;
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    throw error instanceof PatternError ? invalidParameter(error.serviceMessage) : error;
  }
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

function renderCursor(isForward: boolean, last: StoredEvent): string {
  return (isForward ? 'f' : 'b') + toEventId(last);
}

function* select(
  events: Iterable<StoredEvent>,
  streams: readonly LogStream[] | undefined,
  matches: ((message: string) => boolean) | undefined,
): Generator<StoredEvent> {
  const wanted = streams === undefined ? undefined : new Set(streams);
  for (const event of events) {
    if (wanted?.has(event.batch.stream) === false) continue;
    if (matches?.(event.message) === false) continue;
    yield event;
  }
}

function toJson(event: StoredEvent): string {
  const { timestamp, message, batch } = event;
  return `{"logStreamName":${batch.stream.nameJson},"timestamp":${timestamp},"message":${JSON.stringify(message)},"ingestionTime":${batch.ingestionTime},"eventId":"${toEventId(event)}"}`;
}
