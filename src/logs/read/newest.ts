import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { RepeatedTokenError, ServiceError } from '../../errors.js';
import type { LogEvent } from '../event.js';
import { type SteadyOptions, steadyPages } from './chain.js';
import {
  type FilterRequest,
  filterEventPages,
  type Keeps,
  maxPageSize,
  maxStreamNames,
  newestFirstSinceMs,
  type StreamSelector,
} from './filter-events.js';
import { compareEvents } from './merge.js';

/** How the newest events are read. */
export interface NewestOptions extends SteadyOptions {
  /** Which events count; the others are left out. Default: all. */
  readonly keeps?: Keeps | undefined;
}

/** The newest `count` events of a range, oldest first. */
export async function newestEvents(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  count: number,
  options: NewestOptions = {},
): Promise<LogEvent[]> {
  const recent = await newestFirst(
    client,
    { ...request, startMs: Math.max(request.startMs, newestFirstSinceMs) },
    count,
    options,
  );
  if (recent.length >= count || request.startMs >= newestFirstSinceMs) return recent;
  const endMs = Math.min(request.endMs, newestFirstSinceMs);
  const older = { ...request, endMs, pageSize: maxPageSize };
  return [...(await growingBackwards(client, older, count - recent.length, options)), ...recent];
}

async function newestFirst(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  count: number,
  options: NewestOptions,
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  if (request.startMs >= request.endMs) return events;
  const { keeps = keepAll } = options;
  const pageSize = options.keeps === undefined ? pageSizeFor(request.streams, count) : request.pageSize;
  for await (const page of steadyPages(client, { ...request, pageSize, newestFirst: true }, options)) {
    for (const event of page.events) if (keeps(event)) events.push(event);
    if (events.length >= count) break;
  }
  return events.slice(0, count).sort(compareEvents);
}

/** Of patterns, a page holds events of other streams as well. */
function pageSizeFor(streams: StreamSelector | undefined, count: number): number {
  return streams?.kind === 'patterns' ? maxPageSize : Math.min(count, maxPageSize);
}

const dayMs = 86_400_000;

/** Before 2024 the service reads only forwards: windows from the end back, each twice as long as the one after it. */
async function growingBackwards(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  count: number,
  options: NewestOptions,
): Promise<LogEvent[]> {
  let found: LogEvent[] = [];
  let endMs = request.endMs;
  for (let lengthMs = dayMs; endMs > request.startMs && found.length < count; lengthMs *= 2) {
    const startMs = Math.max(request.startMs, endMs - lengthMs);
    const older = await lastOf(client, { ...request, startMs, endMs }, count - found.length, options);
    found = [...older, ...found];
    endMs = startMs;
  }
  return found;
}

async function lastOf(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  count: number,
  options: NewestOptions,
): Promise<LogEvent[]> {
  const { keeps = keepAll } = options;
  let events: LogEvent[] = [];
  for await (const page of steadyPages(client, request, options))
    events = [...events, ...page.events.filter(keeps)].slice(-count);
  return events;
}

function keepAll(): boolean {
  return true;
}

/** Pages may be empty before the first event shows; a hint is not worth more requests than this. */
const maxHintPages = 5;

/**
 * When the newest event of a group was logged, where a few requests can tell: a hint, so that a failure leaves it
 * undefined.
 */
export async function newestEventMs(
  client: CloudWatchLogsClient,
  request: Pick<FilterRequest, 'logGroup' | 'streams' | 'endMs'>,
): Promise<number | undefined> {
  const streams = isTooLong(request.streams) ? undefined : request.streams;
  const hint = {
    ...request,
    streams,
    startMs: newestFirstSinceMs,
    pageSize: pageSizeFor(streams, 1),
    newestFirst: true,
  };
  let pages = 0;
  try {
    for await (const { events } of filterEventPages(client, hint)) {
      pages += 1;
      const newest = events[0]?.timestamp;
      if (newest !== undefined || pages >= maxHintPages) return newest;
    }
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof RepeatedTokenError)) throw error;
  }
  return undefined;
}

function isTooLong(streams: StreamSelector | undefined): boolean {
  return streams?.kind === 'names' && streams.names.length > maxStreamNames;
}
