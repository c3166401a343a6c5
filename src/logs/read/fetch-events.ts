import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { earliestEventMs, explainMissingGroup } from '../groups.js';
import {
  filterEventPages,
  maxPageSize,
  maxStreamNames,
  type ReadOptions,
  type StreamSelector,
} from './filter-events.js';
import { mergePages } from './merge.js';

/** A time range of one or several groups. */
export interface FetchRequest {
  /** Names or ARNs; the order in which events equal in all else are given. */
  readonly logGroups: readonly string[];
  readonly streams: StreamSelector;
  /** Milliseconds since the epoch, inclusive; undefined: from the earliest event a group can hold. */
  readonly startMs: number | undefined;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  readonly filterPattern: string | undefined;
  readonly unmask: boolean;
  /** The first so many events, then the end. */
  readonly limit: number | undefined;
}

/**
 * Reads a time range of several groups, in one or several regions (a client each), as pages of events in one order:
 * by timestamp, ingestionTime, eventId, then group and region as given.
 */
export async function* fetchEventPages(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: ReadOptions = {},
): AsyncGenerator<LogEvent[]> {
  const inputs = request.logGroups.flatMap((logGroup) =>
    clients.flatMap((client) =>
      batchesOf(request.streams).map((streams) => groupPages(client, logGroup, streams, request, options)),
    ),
  );
  const [only] = inputs;
  const pages = only !== undefined && inputs.length === 1 ? only : mergePages(inputs);
  yield* request.limit === undefined ? pages : firstEvents(pages, request.limit);
}

async function* groupPages(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  request: FetchRequest,
  options: ReadOptions,
): AsyncGenerator<LogEvent[]> {
  const { endMs, filterPattern, unmask, limit } = request;
  const startMs = request.startMs ?? (await earliestEventMs(client, logGroup, endMs, options));
  if (startMs >= endMs) return;
  const pageSize = Math.min(limit ?? maxPageSize, maxPageSize);
  const selection = { logGroup, streams, startMs, endMs, filterPattern, unmask, pageSize };
  try {
    yield* filterEventPages(client, selection, options);
  } catch (error) {
    throw await explainMissingGroup(client, error);
  }
}

/** One request takes at most so many names: a longer list is read in batches. */
function batchesOf(streams: StreamSelector): StreamSelector[] {
  if (streams.kind !== 'names') return [streams];
  const batches: StreamSelector[] = [];
  for (let at = 0; at < streams.names.length; at += maxStreamNames) {
    batches.push({ kind: 'names', names: streams.names.slice(at, at + maxStreamNames) });
  }
  return batches;
}

async function* firstEvents(pages: AsyncGenerator<LogEvent[]>, limit: number): AsyncGenerator<LogEvent[]> {
  let left = limit;
  for await (const events of pages) {
    yield events.slice(0, left);
    left -= events.length;
    if (left <= 0) return;
  }
}
