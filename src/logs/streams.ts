import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  type LogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { isAccessDenied } from '../failures.js';
import { explainMissingGroup } from './groups.js';
import { commonPrefix, matchesAny } from './name-pattern.js';
import { abortBy, groupSelector, maxStreamNames, type ReadOptions, type StreamSelector } from './read/filter-events.js';

/** The most streams that one page of DescribeLogStreams holds. */
const maxPageSize = 50;

/**
 * Lists the streams of a group in the order of their names, page by page to the end. The times of their last events
 * lag behind, usually by less than an hour.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
 */
export async function* listStreams(
  client: CloudWatchLogsClient,
  logGroup: string,
  selector: { readonly prefix?: string | undefined } = {},
  { signal }: ReadOptions = {},
): AsyncGenerator<LogStream> {
  const selection = { ...groupSelector(logGroup), logStreamNamePrefix: selector.prefix, limit: maxPageSize };
  let nextToken: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await describe(client, { ...selection, nextToken }, signal);
    nextToken = page.nextToken;
    yield* page.logStreams ?? [];
  } while (nextToken !== undefined);
}

/**
 * When the last event of a group was, by the times of its streams, in milliseconds since the epoch; they lag behind,
 * usually by less than an hour. Undefined where there is none, or where streams may not be listed.
 */
export async function lastEventMs(
  client: CloudWatchLogsClient,
  logGroup: string,
  { signal }: ReadOptions = {},
): Promise<number | undefined> {
  try {
    const input = { ...groupSelector(logGroup), orderBy: 'LastEventTime', descending: true, limit: 1 } as const;
    const { logStreams = [] } = await describe(client, input, signal);
    return logStreams[0]?.lastEventTimestamp;
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return undefined;
  }
}

/** Above this many, every stream under the prefix is read once rather than each hundred of them by themselves. */
const maxChosenStreams = 10 * maxStreamNames;

/**
 * The streams that patterns mean, as the cheapest choice that reads their events: their names, or the patterns as they
 * are where all streams under their prefix match, where too many do, or where streams may not be listed. The times of
 * last events are not looked at: they lag behind.
 */
export async function resolveStreams(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  options: ReadOptions = {},
): Promise<StreamSelector> {
  if (streams.kind !== 'patterns') return streams;
  const prefix = commonPrefix(streams.patterns);
  const matches = matchesAny(streams.patterns);
  const names: string[] = [];
  let count = 0;
  try {
    for await (const { logStreamName = '' } of listStreams(
      client,
      logGroup,
      { prefix: prefix || undefined },
      options,
    )) {
      count += 1;
      if (matches(logStreamName)) names.push(logStreamName);
      if (names.length > maxChosenStreams) return streams;
    }
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return streams;
  }
  return names.length === count && count > 0 ? streams : { kind: 'names', names };
}

async function describe(
  client: CloudWatchLogsClient,
  input: DescribeLogStreamsCommandInput,
  signal: AbortSignal | undefined,
): Promise<DescribeLogStreamsCommandOutput> {
  try {
    return await client.send(new DescribeLogStreamsCommand(input), abortBy(signal));
  } catch (error) {
    throw await explainMissingGroup(client, error);
  }
}
