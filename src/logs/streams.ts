import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  type LogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { explainMissingGroup } from './groups.js';
import { abortBy, groupSelector, type ReadOptions } from './read/filter-events.js';

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
