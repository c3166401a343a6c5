import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { RepeatedTokenError } from '../../errors.js';
import type { LogEvent } from '../event.js';
import { commonPrefix, matchesAny } from '../name-pattern.js';

/** Which streams of a group to read. */
export type StreamSelector =
  | { readonly kind: 'all' }
  /** `mayLack`: the groups are not known to have them all; a group is read for those that it has. */
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly mayLack?: true }
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** Whole names in which `*` stands for any text; every other character is itself. */
  | { readonly kind: 'patterns'; readonly patterns: readonly string[] };

/** One chain of FilterLogEvents pages. */
export interface FilterRequest {
  /** Name or ARN. */
  readonly logGroup: string;
  /** At most 100 names; default: every stream. Of patterns, what others have written under their prefix is dropped here. */
  readonly streams?: StreamSelector | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly startMs: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  readonly filterPattern?: string | undefined;
  /** Show data that a data protection policy masks; needs the IAM action `logs:Unmask`. */
  readonly unmask?: boolean | undefined;
  /** Newest first; only for a start from {@link newestFirstSinceMs} on. */
  readonly newestFirst?: boolean | undefined;
  /** Events a page, 1 to 10,000; default 10,000. */
  readonly pageSize?: number | undefined;
}

/** One page of a chain; it may be empty without being the last. */
export interface EventPage {
  readonly events: LogEvent[];
  readonly last: boolean;
}

/** Tells whether an event is wanted. */
export type Keeps = (event: LogEvent) => boolean;

/** What every reading function takes besides its request. */
export interface ReadOptions {
  /** Ends the reading: the generator throws, and no further request is made. */
  readonly signal?: AbortSignal | undefined;
}

/** Reading newest first is refused for an earlier start: 2024-01-01. */
export const newestFirstSinceMs = Date.UTC(2024, 0, 1);

/** The most events that one page of FilterLogEvents holds. */
export const maxPageSize = 10_000;
/** The most stream names that one request takes. */
export const maxStreamNames = 100;

/**
 * Reads the pages of one request to their real end: only an absent `nextToken` ends them, and empty pages in between
 * are yielded as they come. Events at or past `endMs` are dropped here, since the service's own boundary has changed
 * over the years.
 *
 * @throws the SDK's exception, or `ServiceError` around it where the client was made by {@link createClient}
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* filterEventPages(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  { signal }: ReadOptions = {},
): AsyncGenerator<EventPage> {
  const region = await client.config.region();
  const isWanted = streamTest(request.streams);
  const selection = {
    ...groupSelector(request.logGroup),
    ...streamSelector(request.streams),
    startTime: request.startMs,
    endTime: request.endMs,
    filterPattern: request.filterPattern,
    unmask: request.unmask,
    limit: request.pageSize ?? maxPageSize,
    ...(request.newestFirst === true ? { startFromHead: false } : {}),
  };
  let nextToken: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await client.send(new FilterLogEventsCommand({ ...selection, nextToken }), abortBy(signal));
    // Some servers write an absent token as null.
    const following = page.nextToken ?? undefined;
    if (following !== undefined && following === nextToken) throw new RepeatedTokenError(request.logGroup);
    nextToken = following;
    const events = toLogEvents(page.events ?? [], request, region);
    yield { events: isWanted === undefined ? events : events.filter(isWanted), last: following === undefined };
  } while (nextToken !== undefined);
}

/** The events of {@link filterEventPages}, one at a time. */
export async function* filterEvents(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  options: ReadOptions = {},
): AsyncGenerator<LogEvent> {
  for await (const { events } of filterEventPages(client, request, options)) yield* events;
}

/** The SDK's send option for a signal that may be absent. */
export function abortBy(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/** How a request names a group: by ARN where that is what was given. */
export function groupSelector(logGroup: string): { logGroupIdentifier: string } | { logGroupName: string } {
  // DescribeLogGroups returns ARNs that end in `:*`, which the other operations refuse.
  return logGroup.startsWith('arn:')
    ? { logGroupIdentifier: logGroup.replace(/:\*$/, '') }
    : { logGroupName: logGroup };
}

/** How a request names the streams it wants. */
export function streamSelector(streams: StreamSelector | undefined): {
  logStreamNames?: string[];
  logStreamNamePrefix?: string;
} {
  switch (streams?.kind) {
    case 'names':
      return { logStreamNames: [...streams.names] };
    case 'prefix':
      return { logStreamNamePrefix: streams.prefix };
    case 'patterns':
      return streamSelector(broadened(streams));
    default:
      return {};
  }
}

/** The choice that the service itself can make and that leaves nothing out: a prefix, or every stream. */
export function broadened(streams: StreamSelector): StreamSelector {
  if (streams.kind !== 'patterns') return streams;
  const prefix = commonPrefix(streams.patterns);
  return prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix };
}

/** The same choice for what reads more than is meant: names are patterns without a wildcard. */
export function asPatterns(streams: StreamSelector): StreamSelector {
  return streams.kind === 'names' ? { kind: 'patterns', patterns: streams.names } : streams;
}

/** Tells the events that a choice of streams means from the others that the service sends; undefined where it sends none. */
export function streamTest(streams: StreamSelector | undefined): ((event: LogEvent) => boolean) | undefined {
  if (streams?.kind !== 'patterns') return undefined;
  const matches = matchesAny(streams.patterns);
  return ({ logStreamName }) => matches(logStreamName);
}

/** Cuts a choice of streams into what one request takes: at most 100 names. */
export function batchesOf(streams: StreamSelector): StreamSelector[] {
  if (streams.kind !== 'names') return [streams];
  const batches: StreamSelector[] = [];
  for (let at = 0; at < streams.names.length; at += maxStreamNames) {
    batches.push({ kind: 'names', names: streams.names.slice(at, at + maxStreamNames) });
  }
  return batches;
}

/**
 * Completes the received events in place: they are fresh from the parser and nobody else's, and a copy of each would
 * cost a fifth of the throughput.
 */
function toLogEvents(received: readonly FilteredLogEvent[], request: FilterRequest, region: string): LogEvent[] {
  const events = received as Mutable<LogEvent>[];
  for (const event of events) {
    event.logGroupName = request.logGroup;
    event.region = region;
  }
  const newest = request.newestFirst === true ? events[0] : events.at(-1);
  if (newest === undefined || newest.timestamp < request.endMs) return events;
  return events.filter(({ timestamp }) => timestamp < request.endMs);
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
