import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  type LogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceError } from '../errors.js';
import { isAccessDenied, isNotFound } from '../failures.js';
import { explainMissingGroup } from './groups.js';
import { commonPrefix, matchesAny } from './name-pattern.js';
import {
  abortBy,
  batchesOf,
  filterEventPages,
  groupSelector,
  maxStreamNames,
  type ReadOptions,
  type StreamSelector,
} from './read/filter-events.js';

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
 * usually by less than an hour. Undefined where there is none.
 */
export async function lastEventMs(
  client: CloudWatchLogsClient,
  logGroup: string,
  { signal }: ReadOptions = {},
): Promise<number | undefined> {
  const input = { ...groupSelector(logGroup), orderBy: 'LastEventTime', descending: true, limit: 1 } as const;
  const { logStreams = [] } = await describe(client, input, signal);
  return logStreams[0]?.lastEventTimestamp;
}

/**
 * Those of the names that a group has streams of, found by reading next to nothing: no right is needed but that to
 * read. A group that cannot be read has them all: reading it will say why.
 */
export async function presentStreams(
  client: CloudWatchLogsClient,
  logGroup: string,
  names: readonly string[],
  options: ReadOptions = {},
): Promise<string[]> {
  const batches = batchesOf({ kind: 'names', names });
  const found = batches.map((batch) => (batch.kind === 'names' ? halves(client, logGroup, batch.names, options) : []));
  return (await Promise.all(found)).flat();
}

/** The service says only that one of the names is not there: half of them is asked for, and the other half. */
async function halves(
  client: CloudWatchLogsClient,
  logGroup: string,
  names: readonly string[],
  options: ReadOptions,
): Promise<readonly string[]> {
  const request = { logGroup, streams: { kind: 'names', names }, startMs: 0, endMs: 1, pageSize: 1 } as const;
  try {
    await filterEventPages(client, request, options).next();
    return names;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!isMissingStream(error)) return names;
  }
  if (names.length === 1) return [];
  const middle = Math.ceil(names.length / 2);
  const parts = [names.slice(0, middle), names.slice(middle)];
  return (await Promise.all(parts.map((part) => halves(client, logGroup, part, options)))).flat();
}

/** Whether the service says that a stream which was given by name does not exist. */
export function isMissingStream(error: unknown): error is ServiceError {
  return isNotFound(error) && /log stream/i.test(error.message);
}

/** Above this many, every stream under the prefix is read once rather than each hundred of them by themselves. */
const maxChosenStreams = 10 * maxStreamNames;

/**
 * The streams that are meant, as the cheapest choice that reads their events: their names, or the patterns as they
 * are where all streams under their prefix match, where too many do, or where streams may not be listed. The times of
 * last events are not looked at: they lag behind.
 */
export async function resolveStreams(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  options: ReadOptions = {},
): Promise<StreamSelector> {
  if (streams.kind === 'names' && streams.mayLack === true) {
    return { kind: 'names', names: await presentStreams(client, logGroup, streams.names, options) };
  }
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
