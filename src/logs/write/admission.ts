import type { PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WriteEvent } from './batches.js';
import type { RejectReason } from './tally.js';

const dayMs = 86_400_000;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const maxAgeMs = 14 * dayMs;
const maxFutureMs = 2 * 3_600_000;
/** The shortest retention is a day: only an older event can have expired. */
export const minRetentionMs = dayMs;

/** The events of a batch that the service will take, and how many it would not, by reason. */
export interface Admission {
  readonly events: readonly WriteEvent[];
  readonly rejected: Readonly<Partial<Record<RejectReason, number>>>;
}

/** Leaves out of chronological events those that are too old, expired or too far ahead. */
export function admit(
  events: readonly WriteEvent[],
  { nowMs, retentionDays }: { readonly nowMs: number; readonly retentionDays: number | undefined },
): Admission {
  const keptSinceMs = retentionDays === undefined ? Number.NEGATIVE_INFINITY : nowMs - retentionDays * dayMs;
  const tooOld = countBefore(events, nowMs - maxAgeMs);
  const expired = Math.max(tooOld, countBefore(events, keptSinceMs)) - tooOld;
  const end = countBefore(events, nowMs + maxFutureMs + 1);
  if (tooOld + expired === 0 && end === events.length) return { events, rejected: {} };
  return {
    events: events.slice(tooOld + expired, end),
    rejected: { tooOld, expired, tooNew: events.length - end },
  };
}

/** How many of chronological events lie before a time. */
function countBefore(events: readonly WriteEvent[], ms: number): number {
  const at = events.findIndex(({ timestamp }) => timestamp >= ms);
  return at < 0 ? events.length : at;
}

/** What the service's answer says it left out of so many events. */
export function rejectedBy(
  { rejectedLogEventsInfo }: Pick<PutLogEventsCommandOutput, 'rejectedLogEventsInfo'>,
  count: number,
): Readonly<Partial<Record<RejectReason, number>>> {
  if (rejectedLogEventsInfo === undefined) return {};
  const {
    tooOldLogEventEndIndex: tooOld = 0,
    expiredLogEventEndIndex: expiredEnd = 0,
    tooNewLogEventStartIndex: tooNewStart = count,
  } = rejectedLogEventsInfo;
  return { tooOld, expired: Math.max(0, expiredEnd - tooOld), tooNew: count - tooNewStart };
}
