import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { explainMissingGroup } from '../groups.js';
import { abortBy, groupSelector, type ReadOptions } from './filter-events.js';

/** One stream, and the part of it that is wanted. */
export interface StreamRequest {
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since the epoch, inclusive; default: from its first event. */
  readonly startMs?: number | undefined;
  /** Milliseconds since the epoch, exclusive; default: to its end. */
  readonly endMs?: number | undefined;
  /** Show data that a data protection policy masks; needs the IAM action `logs:Unmask`. */
  readonly unmask?: boolean | undefined;
}

/** How a stream is read. */
export interface StreamOptions extends ReadOptions {
  /** Go on with what is written after the end was reached, until `signal`; default: end there. */
  readonly follow?: boolean | undefined;
  /** How long to wait at the end before looking again; default 1 s. */
  readonly pollMs?: number | undefined;
}

const usualPollMs = 1_000;
/** Events may lie two hours ahead. Without an end the token of a stream that is written to may go on changing. */
const aheadMs = 24 * 3_600_000;

/**
 * Reads one stream from its head by GetLogEvents, whose quota is another than that of `filterEvents`. Pages may be empty
 * before the end: only a token that comes back unchanged is the end. The events have no `eventId`; it is empty.
 *
 * @throws `GroupNotFoundError` for a group that is not there, otherwise what the client throws: for one made by
 * `createClient`, a `ServiceError` around the SDK's exception; when `signal` is aborted, its reason or an `AbortError`
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export async function* streamEvents(
  client: CloudWatchLogsClient,
  request: StreamRequest,
  options: StreamOptions = {},
): AsyncGenerator<LogEvent> {
  const { logGroup, logStream, startMs, unmask } = request;
  const { signal, follow = false, pollMs = usualPollMs } = options;
  const endMs = request.endMs ?? (follow ? undefined : Date.now() + aheadMs);
  const region = await client.config.region();
  let token: string | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const command = new GetLogEventsCommand({
      ...groupSelector(logGroup),
      logStreamName: logStream,
      startTime: startMs,
      endTime: endMs,
      startFromHead: true,
      unmask,
      nextToken: token,
    });
    const page = await client.send(command, abortBy(signal)).catch(async (error: unknown) => {
      throw await explainMissingGroup(client, error);
    });
    for (const { timestamp = 0, ingestionTime = 0, message = '' } of page.events ?? []) {
      yield {
        timestamp,
        ingestionTime,
        message,
        eventId: '',
        logStreamName: logStream,
        logGroupName: logGroup,
        region,
      };
    }
    // Without a token the stream would be read from its head again.
    const next = page.nextForwardToken ?? token;
    const isEnd = next === token;
    token = next;
    if (!isEnd) continue;
    if (!follow) return;
    await sleep(pollMs, undefined, signal === undefined ? {} : { signal });
  }
}
