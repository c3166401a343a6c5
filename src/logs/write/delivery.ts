import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { nameOf } from '../../errors.js';
import { causeOf } from '../../failures.js';
import type { ServiceClock } from '../tail/clock.js';
import { type Admission, admit, minRetentionMs, rejectedBy } from './admission.js';
import { type Batch, toBatch } from './batches.js';
import { createDestination } from './destination.js';
import type { WriterNews } from './news.js';
import { createOutage } from './outage.js';
import { putBatch } from './put-request.js';
import type { OpenTally, RejectReason } from './tally.js';

/** What batches are delivered to, and with what. */
export interface DeliveryOptions {
  readonly logGroup: string;
  readonly createGroup: boolean;
  readonly retentionDays: number | undefined;
  readonly maxOutageMs: number;
  readonly report: (news: WriterNews) => void;
  /** Where what becomes of the events is counted. */
  readonly tally: OpenTally;
  readonly clock: ServiceClock;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** Delivers a batch, which waits since then, to a stream or gives up on it; resolves to whether the stream has taken it. */
export type Deliver = (logStream: string, batch: Batch, sinceMs: number) => Promise<boolean>;

/** How often what a put finds missing is made anew: a group or stream just made may not be seen everywhere at once. */
const maxCreations = 6;
const unseenWaitMs = 250;
/** The second is for whoever makes a group that another is just making. */
const missingNames: ReadonlySet<string> = new Set(['ResourceNotFoundException', 'OperationAbortedException']);

/** Makes what brings batches through outages, to groups and streams that may have to be made first. */
export function createDelivery(client: CloudWatchLogsClient, options: DeliveryOptions): Deliver {
  const { logGroup, tally, clock, signal, report } = options;
  const outage = createOutage({ maxOutageMs: options.maxOutageMs, clock, report });
  const destination = createDestination(client, {
    logGroup,
    createGroup: options.createGroup,
    retentionDays: options.retentionDays,
    onCreated: () => report({ kind: 'group-created', logGroup }),
    onRetentionRefused: (error) => report({ kind: 'retention-refused', error }),
  });
  let hasBegun = false;

  const reject = (logStream: string, counts: Readonly<Partial<Record<RejectReason, number>>>): void => {
    const found = Object.entries(counts).filter(([, count]) => count > 0);
    if (found.length === 0) return;
    if (counts.tooOld !== undefined) tally.rejected.tooOld += counts.tooOld;
    if (counts.tooNew !== undefined) tally.rejected.tooNew += counts.tooNew;
    if (counts.expired !== undefined) tally.rejected.expired += counts.expired;
    report({ kind: 'rejected', logStream, counts: Object.fromEntries(found) });
  };
  const admitted = async ({ events, firstMs }: Batch): Promise<Admission> => {
    const isRecent = firstMs >= clock.now() - minRetentionMs;
    const retentionDays = isRecent ? undefined : await destination.retentionDays(signal);
    return admit(events, { nowMs: clock.now(), retentionDays });
  };

  const put = async (logStream: string, batch: Batch, onAnswerLost: () => void): Promise<number> => {
    if (!hasBegun) report({ kind: 'begin' });
    hasBegun = true;
    const watch = { onAnswerLost, onDate: clock.heard };
    const answer = await putBatch(client, { logGroup, logStream }, batch, watch, signal);
    outage.answered();
    const refused = rejectedBy(answer, batch.events.length);
    reject(logStream, refused);
    return batch.events.length - Object.values(refused).reduce((sum, count) => sum + count, 0);
  };

  return async (logStream, whole, sinceMs) => {
    let batch = whole;
    let wasLost = false;
    let isMissing = false;
    for (let failures = 0, creations = 0; ; ) {
      try {
        signal.throwIfAborted();
        if (isMissing) await destination.create(logStream, signal);
        // Anew each time: events grow old in an outage.
        const { events, rejected } = await admitted(batch);
        reject(logStream, rejected);
        if (events !== batch.events) batch = toBatch(events);
        if (events.length === 0) return false;
        const delivered = await put(logStream, batch, () => {
          wasLost = true;
        });
        tally.delivered += delivered;
        if (wasLost) tally.possiblyTwice += delivered;
        return true;
      } catch (error) {
        isMissing = missingNames.has(nameOf(causeOf(error))) && creations < maxCreations;
        const waitMs = isMissing ? creations * unseenWaitMs : outage.failed(error, { sinceMs, failures });
        if (isMissing) creations += 1;
        else failures += 1;
        if (waitMs === undefined || signal.aborted) {
          const count = batch.events.length;
          tally.undelivered += count;
          if (wasLost) tally.possiblyStored += count;
          report({ kind: 'failed', logStream, count, mayBeStored: wasLost, error });
          return false;
        }
        // Being stopped is found at the next turn.
        await clock.wait(waitMs, signal).catch(() => {});
      }
    }
  };
}
