import { positionBefore, toEventId } from './event-position.js';
import { type InputEvent, type LogGroup, sizeOf, streamOf } from './log-group.js';
import { logGroupName, logStreamName, timestamp } from './log-members.js';
import { expiryMs } from './log-store.js';
import { list, readMembers, required, structure, text } from './members.js';
import type { Service } from './service.js';
import { invalidParameter, type WireError } from './wire-error.js';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
const maxBatchEvents = 10_000;
const maxBatchBytes = 1_048_576;
const maxSpanMs = 24 * 3_600_000;
const maxAgeMs = 14 * 24 * 3_600_000;
const maxFutureMs = 2 * 3_600_000;

const inputEvent = structure({
  timestamp: required(timestamp),
  message: required(text(1, Number.MAX_SAFE_INTEGER)),
});

const members = {
  logGroupName: required(logGroupName),
  logStreamName: required(logStreamName),
  logEvents: required(list(inputEvent, 1, maxBatchEvents)),
};

/** Stores a batch; events that are too old or too new are left out and reported, any other fault refuses them all. */
export function putLogEvents({ store }: Service, request: unknown): string {
  const { logGroupName, logStreamName, logEvents } = readMembers(request, members);
  const group = store.group(logGroupName);
  const stream = streamOf(group, logStreamName);
  checkSizes(logEvents);
  checkOrder(logEvents);
  const nowMs = store.now();
  const counts = countRejected(logEvents, group, nowMs);
  const accepted = logEvents.slice(Math.max(counts.old, counts.expired), logEvents.length - counts.new);
  checkSpan(accepted);
  store.append(group, stream, accepted);
  return JSON.stringify({ nextSequenceToken: toSequenceToken(nowMs), ...reportOf(counts, logEvents.length) });
}

function checkSizes(events: readonly InputEvent[]): void {
  let batchBytes = 0;
  for (const event of events) {
    const bytes = sizeOf(event);
    if (bytes > maxBatchBytes) throw tooLarge('Log event', bytes);
    batchBytes += bytes;
  }
  if (batchBytes > maxBatchBytes) throw tooLarge('Upload', batchBytes);
}

function tooLarge(subject: string, bytes: number): WireError {
  return invalidParameter(`${subject} too large: ${bytes} bytes exceeds limit of ${maxBatchBytes}`);
}

function checkOrder(events: readonly InputEvent[]): void {
  const isOrdered = events.every((event, index) => event.timestamp >= (events[index - 1]?.timestamp ?? 0));
  if (!isOrdered) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
}

function checkSpan(events: readonly InputEvent[]): void {
  const spanMs = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
  if (spanMs > maxSpanMs) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

/** How many events at either end of a batch are refused; those that are too old come before the expired. */
interface RejectedCounts {
  readonly old: number;
  readonly expired: number;
  readonly new: number;
}

function countRejected(events: readonly InputEvent[], group: LogGroup, nowMs: number): RejectedCounts {
  const count = (isRejected: (timestamp: number) => boolean) =>
    events.filter((event) => isRejected(event.timestamp)).length;
  return {
    old: count((timestamp) => timestamp < nowMs - maxAgeMs),
    expired: count((timestamp) => timestamp < expiryMs(group, nowMs)),
    new: count((timestamp) => timestamp > nowMs + maxFutureMs),
  };
}

/** The part of the answer that says what was refused; empty if nothing was. */
function reportOf(counts: RejectedCounts, total: number): object {
  const rejectedLogEventsInfo = {
    ...(counts.new === 0 ? {} : { tooNewLogEventStartIndex: total - counts.new }),
    ...(counts.old === 0 ? {} : { tooOldLogEventEndIndex: counts.old }),
    ...(counts.expired > counts.old ? { expiredLogEventEndIndex: counts.expired } : {}),
  };
  return Object.keys(rejectedLogEventsInfo).length === 0 ? {} : { rejectedLogEventsInfo };
}

/** A token of the old kind: still returned, no longer looked at. */
function toSequenceToken(nowMs: number): string {
  return toEventId(positionBefore(nowMs));
}
