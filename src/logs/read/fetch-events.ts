import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { earliestEventMs, explainMissingGroup } from '../groups.js';
import {
  type EventPage,
  type FilterRequest,
  filterEventPages,
  maxPageSize,
  maxStreamNames,
  type ReadOptions,
  type StreamSelector,
} from './filter-events.js';
import { createLane } from './lane.js';
import { mergePages } from './merge.js';
import { createScheduler } from './scheduler.js';

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

/** How a range is read. */
export interface FetchOptions extends ReadOptions {
  /** Requests in flight at once; 1 reads page after page. Default {@link defaultConcurrency}. */
  readonly concurrency?: number | undefined;
  /** The present, in milliseconds since the epoch: what retention counts from. Default: the system's. */
  readonly nowMs?: number | undefined;
}

/** Requests in flight at once, where nothing else is asked for. */
export const defaultConcurrency = 8;
/** What is read ahead of the output at most; each input may hold a page above it. */
const maxBufferedBytes = 48 * 1024 * 1024;

/**
 * Reads a time range of several groups, in one or several regions (a client each), as pages of events in one order:
 * by timestamp, ingestionTime, eventId, then group and region as given.
 */
export async function* fetchEventPages(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: FetchOptions = {},
): AsyncGenerator<LogEvent[]> {
  const concurrency = isShort(request) ? 1 : (options.concurrency ?? defaultConcurrency);
  const inputs = await Promise.all(
    request.logGroups.flatMap((logGroup) => clients.map((client) => inputsOf(client, logGroup, request, options))),
  );
  const pages = concurrency === 1 ? inputs.flat().map(plainPages) : lanePages(inputs.flat(), concurrency);
  const [only] = pages;
  const merged = only !== undefined && pages.length === 1 ? only : mergePages(pages);
  yield* request.limit === undefined ? merged : firstEvents(merged, request.limit);
}

/** A range of one group or stream batch, and how its parts are read. */
interface Input {
  readonly startMs: number;
  readonly endMs: number;
  read(startMs: number, endMs: number, abandoned?: AbortSignal): AsyncGenerator<EventPage>;
}

async function inputsOf(
  client: CloudWatchLogsClient,
  logGroup: string,
  request: FetchRequest,
  { signal, nowMs = Date.now() }: FetchOptions,
): Promise<Input[]> {
  const { endMs, filterPattern, unmask, limit } = request;
  const startMs = request.startMs ?? (await earliestEventMs(client, logGroup, nowMs, { signal }));
  if (startMs >= endMs) return [];
  const pageSize = Math.min(limit ?? maxPageSize, maxPageSize);
  return batchesOf(request.streams).map((streams) => ({
    startMs,
    endMs,
    read: (fromMs, toMs, abandoned) =>
      explainedPages(
        client,
        { logGroup, streams, startMs: fromMs, endMs: toMs, filterPattern, unmask, pageSize },
        { signal: anyOf(signal, abandoned) },
      ),
  }));
}

async function* explainedPages(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  options: ReadOptions,
): AsyncGenerator<EventPage> {
  try {
    yield* filterEventPages(client, request, options);
  } catch (error) {
    throw await explainMissingGroup(client, error);
  }
}

async function* plainPages({ read, startMs, endMs }: Input): AsyncGenerator<LogEvent[]> {
  for await (const { events } of read(startMs, endMs)) yield events;
}

function lanePages(inputs: readonly Input[], concurrency: number): AsyncGenerator<LogEvent[]>[] {
  const scheduler = createScheduler({ concurrency, maxBufferedBytes });
  return inputs.map(({ read, startMs, endMs }) => {
    const lane = createLane(read, { startMs, endMs }, { concurrency, onChange: scheduler.pump });
    scheduler.add(lane);
    return lane.pages();
  });
}

/** Whether a page or so is all that is wanted: reading ahead would only cost requests. */
function isShort({ limit }: FetchRequest): boolean {
  return limit !== undefined && limit <= maxPageSize;
}

function anyOf(signal: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return signal !== undefined && other !== undefined ? AbortSignal.any([signal, other]) : (signal ?? other);
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
