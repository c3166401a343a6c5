import { type CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError } from '../../errors.js';
import { abortBy, type ReadOptions } from '../read/filter-events.js';

/** How much a query is going to look at, as far as that can be known before. */
export interface ScanEstimate {
  /** The share of the time in what the groups store, as if it were spread evenly. */
  readonly likelyBytes: number;
  /** All that the groups store. */
  readonly storedBytes: number;
}

const dayMs = 86_400_000;

/**
 * Estimates what a query over some groups and a time scans; undefined where the groups cannot be looked up. What is
 * stored is known to the service with a delay of up to a day.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export async function estimateScan(
  client: CloudWatchLogsClient,
  request: { readonly logGroups: readonly string[]; readonly startMs: number; readonly endMs: number },
  nowMs: number,
  { signal }: ReadOptions = {},
): Promise<ScanEstimate | undefined> {
  if (request.logGroups.length === 0) return undefined;
  const logGroupIdentifiers = request.logGroups.map((logGroup) => logGroup.replace(/:\*$/, ''));
  try {
    const { logGroups = [] } = await client.send(
      new DescribeLogGroupsCommand({ logGroupIdentifiers }),
      abortBy(signal),
    );
    if (logGroups.length < logGroupIdentifiers.length) return undefined;
    const sizes = logGroups.map((group) => sizeOf(group, request, nowMs));
    return {
      likelyBytes: Math.ceil(sizes.reduce((sum, { likelyBytes }) => sum + likelyBytes, 0)),
      storedBytes: sizes.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    };
  } catch (error) {
    // Listing may be denied, and groups of other accounts cannot be listed so: the query itself will tell more.
    if (signal?.aborted === true || !(error instanceof ServiceError)) throw error;
    return undefined;
  }
}

function sizeOf(
  { storedBytes = 0, creationTime = 0, retentionInDays }: LogGroup,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  nowMs: number,
): ScanEstimate {
  const keptSinceMs = retentionInDays === undefined ? 0 : nowMs - retentionInDays * dayMs;
  const sinceMs = Math.max(creationTime, keptSinceMs);
  const coveredMs = Math.min(endMs, nowMs) - Math.max(startMs, sinceMs);
  const share = Math.min(1, Math.max(0, coveredMs) / Math.max(1, nowMs - sinceMs));
  return { likelyBytes: storedBytes * share, storedBytes };
}
