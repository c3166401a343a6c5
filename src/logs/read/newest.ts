import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError } from '../../errors.js';
import { groupSelector, maxStreamNames, type StreamSelector, streamSelector } from './filter-events.js';

/**
 * Newest-first reading is refused for an earlier start.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
const newestFirstSinceMs = Date.UTC(2024, 0, 1);
/** Pages may be empty before the first event shows; a hint is not worth more requests than this. */
const maxPages = 5;

/**
 * When the newest event of a group was logged, where a few requests can tell: a hint, so that a failure leaves it
 * undefined.
 */
export async function newestEventMs(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
): Promise<number | undefined> {
  const selection = {
    ...groupSelector(logGroup),
    ...(streams.kind === 'names' && streams.names.length > maxStreamNames ? {} : streamSelector(streams)),
    startTime: newestFirstSinceMs,
    startFromHead: false,
    limit: 1,
  };
  let nextToken: string | undefined;
  try {
    for (let pages = 0; pages < maxPages; pages++) {
      const page = await client.send(new FilterLogEventsCommand({ ...selection, nextToken }));
      const newest = page.events?.[0]?.timestamp;
      nextToken = page.nextToken;
      if (newest !== undefined || nextToken === undefined) return newest;
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
  return undefined;
}
