import { collectPage } from './event-page.js';
import {
  comparePositions,
  type EventPosition,
  parseEventId,
  placesPerEvent,
  positionBefore,
  toEventId,
} from './event-position.js';
import { type Cursor, windowOf } from './event-window.js';
import { type StoredEvent, streamOf } from './log-group.js';
import { eventsLimit, logGroupIdentifier, logGroupName, logStreamName, nextToken, timestamp } from './log-members.js';
import { expiryMs } from './log-store.js';
import { flag, readMembers, required, type Values } from './members.js';
import { findGroup, requireStandardClass, type Service } from './service.js';
import { firstIndex } from './timeline.js';
import { invalidToken } from './wire-error.js';

const members = {
  logGroupName,
  logGroupIdentifier,
  logStreamName: required(logStreamName),
  startTime: timestamp,
  endTime: timestamp,
  nextToken,
  limit: eventsLimit,
  startFromHead: flag(),
};

type Input = Values<typeof members>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export function getLogEvents(service: Service, request: unknown): Buffer {
  const input = readMembers(request, members);
  const group = findGroup(service, input);
  requireStandardClass(group, 'GetLogEvents');
  const events = streamOf(group, input.logStreamName).timeline.events();
  const cursor = cursorOf(input);
  if (input.nextToken !== undefined) service.tokenLife.check(input.nextToken);

  const startMs = Math.max(input.startTime ?? 0, expiryMs(group, service.store.now()));
  const window = windowOf(events, startMs, input.endTime ?? Number.MAX_SAFE_INTEGER);
  const page = collectPage(service, window, cursor, { toJson, limit: input.limit });
  // A page that was collected backwards is ascending all the same.
  const json = page.json.bytes(cursor.isForward ? 'forward' : 'backward');
  const [first, last] = cursor.isForward ? [page.first, page.last] : [page.last, page.first];
  const place = page.resume ?? restingPlace(events, cursor, startMs);
  const forward = `f/${toEventId(last ?? place)}/s`;
  const backward = `b/${toEventId(first ?? place)}/s`;
  service.tokenLife.begin(forward);
  service.tokenLife.begin(backward);
  const tokens = `"nextForwardToken":"${forward}","nextBackwardToken":"${backward}"`;
  return Buffer.concat([Buffer.from('{"events":['), json, Buffer.from(`],${tokens}}`)]);
}

function cursorOf({ nextToken, startFromHead = false }: Input): Cursor {
  if (nextToken === undefined) return { isForward: startFromHead, beyond: undefined };
  const [, direction, id] = /^([fb])\/(\d{56})\/s$/.exec(nextToken) ?? [];
  // Forward tokens are documented to need `startFromHead`.
  if (id === undefined || (direction === 'f' && !startFromHead)) throw invalidToken();
  return { isForward: direction === 'f', beyond: parseEventId(id) };
}

/**
 * What the tokens of an empty page point to. The end takes two steps: behind an event there is first an empty page
 * with a new token, and that one then answers itself.
 */
function restingPlace(events: readonly StoredEvent[], { isForward, beyond }: Cursor, startMs: number): EventPosition {
  if (beyond === undefined) return positionBefore(startMs);
  const at = events[firstIndex(events, (event) => comparePositions(event, beyond) >= 0)];
  if (at === undefined || comparePositions(at, beyond) !== 0) return beyond;
  return { ...beyond, index: beyond.index + (isForward ? 1 : -1) / placesPerEvent };
}

function toJson({ timestamp, message, batch }: StoredEvent): string {
  return `{"timestamp":${timestamp},"message":${JSON.stringify(message)},"ingestionTime":${batch.ingestionTime}}`;
}
