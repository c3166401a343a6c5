import type { LogEvent } from '../logs/event.js';

/** What tells an event from all others: an id is one of its group and region. */
export function toEventKey({ region, logGroupName, eventId }: LogEvent): string {
  return `${region} ${logGroupName} ${eventId}`;
}

/** What tells a stream from all others. */
export function toStreamKey({ region, logGroupName, logStreamName }: LogEvent): string {
  return `${region} ${logGroupName}:${logStreamName}`;
}
