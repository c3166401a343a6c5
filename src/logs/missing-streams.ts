import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GroupNotFoundError, StreamNotFoundError } from '../errors.js';
import { explainMissingGroup, nearest } from './groups.js';
import type { StreamSelector } from './read/filter-events.js';
import { isMissingStream, listStreams, presentStreams } from './streams.js';

/**
 * Turns a failure for a missing group or stream into one that knows its name and the nearest existing ones; any other
 * failure is returned as it is.
 */
export async function explainMissing(
  client: CloudWatchLogsClient,
  failure: unknown,
  { logGroup, streams }: { readonly logGroup: string; readonly streams?: StreamSelector | undefined },
): Promise<unknown> {
  if (!isMissingStream(failure) || streams?.kind !== 'names') return explainMissingGroup(client, failure);
  const present = new Set(await presentStreams(client, logGroup, streams.names));
  const stream = streams.names.find((name) => !present.has(name));
  if (stream === undefined) return failure;
  const near = await streamsNear(client, logGroup, stream);
  return new StreamNotFoundError({ stream, logGroups: [logGroup], near, failed: failure });
}

/** What stands behind an error that has been explained, or the error itself. */
export function unexplained(error: unknown): unknown {
  if (error instanceof StreamNotFoundError) return error.missing.failed ?? error;
  return error instanceof GroupNotFoundError ? error.failed : error;
}

/** A few pages of names are worth asking for. */
const maxLooked = 200;

/** The names of streams that come nearest to one that is not there; none where they may not be listed. */
export async function streamsNear(client: CloudWatchLogsClient, logGroup: string, missing: string): Promise<string[]> {
  const parent = missing.slice(0, missing.lastIndexOf('/') + 1);
  const names = parent === '' ? [] : await firstNames(client, logGroup, parent);
  return nearest(missing, names.length > 0 ? names : await firstNames(client, logGroup, undefined));
}

async function firstNames(
  client: CloudWatchLogsClient,
  logGroup: string,
  prefix: string | undefined,
): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { logStreamName } of listStreams(client, logGroup, { prefix })) {
      if (logStreamName !== undefined) names.push(logStreamName);
      if (names.length >= maxLooked) break;
    }
  } catch {
    // Listing may be denied or fail: that the stream is missing is what matters.
  }
  return names;
}
