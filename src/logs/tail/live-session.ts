import {
  type CloudWatchLogsClient,
  type LiveTailSessionLogEvent,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { type StreamSelector, streamSelector } from '../read/filter-events.js';
import type { Clock } from './clock.js';

/** The most groups of one session. */
export const maxLiveGroups = 10;
/** The most streams of one session; they can be chosen of a single group only. */
export const maxLiveStreams = 100;

/** What a session shows. */
export interface LiveRequest {
  readonly region: string;
  /** The groups as they were asked for, and their ARNs. */
  readonly logGroups: readonly { readonly logGroup: string; readonly arn: string }[];
  readonly streams: StreamSelector;
  readonly filterPattern: string | undefined;
}

/** What came within a second; it may be nothing. */
export interface LiveUpdate {
  readonly events: readonly LogEvent[];
  /** Whether there were more than the 500 events that an update holds, so that some were left out. */
  readonly sampled: boolean;
}

/** Updates come every second, empty ones too: after so long without one the session is taken for dead. */
const silenceMs = 15_000;

/**
 * Reads one session to its end: the service ends each after three hours. Its events carry no id.
 *
 * @throws what the client throws, before the first update or in the middle
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
 */
export async function* liveUpdates(
  client: CloudWatchLogsClient,
  request: LiveRequest,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AsyncGenerator<LiveUpdate> {
  const ended = new AbortController();
  const session = AbortSignal.any([signal, ended.signal]);
  try {
    const command = new StartLiveTailCommand({
      logGroupIdentifiers: request.logGroups.map(({ arn }) => arn),
      ...liveStreams(request.streams),
      logEventFilterPattern: request.filterPattern,
    });
    const { responseStream } = await client.send(command, { abortSignal: session });
    const watchdog = createWatchdog(clock, session, () => ended.abort());
    for await (const frame of responseStream ?? []) {
      watchdog.feed();
      if (frame.sessionUpdate === undefined) continue;
      const { sessionMetadata, sessionResults = [] } = frame.sessionUpdate;
      yield {
        events: sessionResults.map((event) => toLogEvent(event, request)),
        sampled: sessionMetadata?.sampled === true,
      };
    }
  } finally {
    ended.abort();
  }
}

function liveStreams(streams: StreamSelector): { logStreamNames?: string[]; logStreamNamePrefixes?: string[] } {
  const { logStreamNamePrefix, ...others } = streamSelector(streams);
  return logStreamNamePrefix === undefined ? others : { logStreamNamePrefixes: [logStreamNamePrefix] };
}

/** Calls `onSilence` when it was not fed for too long. */
function createWatchdog(clock: Clock, signal: AbortSignal, onSilence: () => void): { feed(): void } {
  let fedMs = clock.elapsed();
  const watch = async (): Promise<void> => {
    for (let leftMs = silenceMs; leftMs > 0; leftMs = fedMs + silenceMs - clock.elapsed()) {
      await clock.wait(leftMs, signal);
    }
    onSilence();
  };
  // Rejected only by the session's end.
  watch().catch(() => {});
  return {
    feed() {
      fedMs = clock.elapsed();
    },
  };
}

function toLogEvent(event: LiveTailSessionLogEvent, { region, logGroups }: LiveRequest): LogEvent {
  const { timestamp = 0, ingestionTime = 0, message = '', logStreamName = '', logGroupIdentifier = '' } = event;
  const logGroupName = groupOf(logGroupIdentifier, logGroups);
  return { timestamp, ingestionTime, message, eventId: '', logStreamName, logGroupName, region };
}

/** The service names a group as `account:name`; the documentation says by name or by ARN. */
function groupOf(identifier: string, logGroups: LiveRequest['logGroups']): string {
  const name = identifier.slice(identifier.lastIndexOf(':') + 1);
  const named = logGroups.filter(({ arn }) => arn.endsWith(`:${name}`));
  // Linked accounts may have groups of the same name.
  const exact = named.find(({ arn }) => identifier === arn || identifier === `${arn.split(':')[4]}:${name}`);
  return (exact ?? named[0])?.logGroup ?? name;
}
