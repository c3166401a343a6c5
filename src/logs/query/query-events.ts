import { setMaxListeners } from 'node:events';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IncompleteError, UsageError } from '../../errors.js';
import type { LogEvent } from '../event.js';
import { earliestEventMs } from '../groups.js';
import type { FetchOptions, FetchRequest } from '../read/fetch-events.js';
import type { StreamSelector } from '../read/filter-events.js';
import { compareEvents, mergePages } from '../read/merge.js';
import { createMonitor } from '../read/monitor.js';
import { sourcesOf } from '../read/sources.js';
import { maxQueryGroups } from './query-limits.js';
import { createQueryMonitor } from './query-monitor.js';
import { createRowEvents } from './row-events.js';
import { type QueryOptions, queryPages } from './run-query.js';

/** What a range is read with, where it is read by queries. */
export interface QueryFetchOptions extends FetchOptions {
  readonly query?: Pick<QueryOptions, 'monitor' | 'maxBytes' | 'onBusy' | 'pollMs'>;
  /** The rows that one query gives at most; default: the service's 100,000. */
  readonly maxRows?: number;
}

const maxPageEvents = 10_000;

/**
 * Reads a time range as `fetchEventPages` does, by Logs Insights: for groups of class INFREQUENT_ACCESS, which
 * FilterLogEvents refuses. Charged for by what is scanned. `eventId` is the service's `@ptr`; filter patterns and
 * unmasking are not to be had, nor what was logged before its group was created, nor more than the rows of one query
 * where a number is asked for.
 */
export async function* queryEventPages(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: QueryFetchOptions = {},
): AsyncGenerator<LogEvent[]> {
  if (request.logGroups.length > maxQueryGroups) {
    throw new UsageError({ flag: '--via', value: 'insights', problem: `takes ${maxQueryGroups} groups at most` });
  }
  const sources = await sourcesOf(clients, request);
  const ended = new AbortController();
  const signal = options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal]);
  // Every request in flight listens to it; Node would take more than ten for a leak.
  setMaxListeners(0, signal);
  const pages = clients.flatMap((client) => {
    const logGroups = sources.filter((source) => source.client === client).map(({ logGroup }) => logGroup);
    return logGroups.length === 0 ? [] : [regionPages(client, { ...request, logGroups }, { ...options, signal })];
  });
  const { take } = request;
  // Where one region fails, the queries of the others may run on for an hour, and cost.
  const merged = mergePages(pages, () => ended.abort());
  if (take === undefined) return yield* merged;
  const events: LogEvent[] = [];
  for await (const page of merged) events.push(...page);
  yield take.from === 'start' ? events.slice(0, take.count) : events.slice(-take.count);
}

async function* regionPages(
  client: CloudWatchLogsClient,
  request: FetchRequest,
  { signal, nowMs = Date.now(), monitor = createMonitor(), query = {}, maxRows }: QueryFetchOptions,
): AsyncGenerator<LogEvent[]> {
  const { logGroups, take, endMs } = request;
  const startMs = request.startMs ?? (await earliest(client, logGroups, nowMs, signal));
  if (startMs >= endMs) return;
  const queryString = toQueryString(request, startMs);
  const toEvent = createRowEvents(logGroups, await client.config.region());
  const order = new Map(logGroups.map((logGroup, index) => [logGroup, index]));
  const placeOf = ({ logGroupName }: LogEvent): number => order.get(logGroupName) ?? 0;
  const counts = query.monitor ?? createQueryMonitor();
  monitor.share = () => (counts.queries === 0 ? 0 : counts.finished / (counts.queries + 1));
  const run = { ...query, monitor: counts, signal };
  const parts = queryPages(client, { logGroups, queryString, startMs, endMs }, run, {
    oldestFirst: true,
    ...(maxRows === undefined ? {} : { maxRows }),
  });
  let left: LogEvent[] = [];
  for await (const rows of parts) {
    const events = rows.map((row) => toEvent(row) ?? refuse()).filter(isIn(startMs, endMs));
    monitor.pages += 1;
    monitor.windows = counts.queries;
    // A query that cannot be cut, because it takes a number, comes in pages: only all of them together are in order.
    left = take === undefined ? events : left.concat(events);
    left.sort((a, b) => compareEvents(a, b) || placeOf(a) - placeOf(b));
    if (take === undefined) yield* chunksOf(left);
  }
  if (take !== undefined) yield* chunksOf(left);
}

/** A row that cannot be read must not be missing in silence. */
function refuse(): LogEvent {
  throw new IncompleteError('the service gave a row without a time and a message that can be read');
}

/** Times as milliseconds: a query's own range has whole seconds only, which a limit would count. */
function toQueryString({ streams, take, endMs }: FetchRequest, startMs: number): string {
  const commands = ['fields @timestamp, @message, @ingestionTime, @logStream, @log', ...streamFilters(streams)];
  if (take !== undefined) {
    const order = take.from === 'start' ? 'asc' : 'desc';
    commands.push(`filter toMillis(@timestamp) >= ${startMs} and toMillis(@timestamp) < ${endMs}`);
    commands.push(`sort @timestamp ${order}`, `limit ${take.count}`);
  }
  return commands.join(' | ');
}

/** The commands of a query that choose streams. */
export function streamFilters(streams: StreamSelector): string[] {
  if (streams.kind === 'all') return [];
  if (streams.kind === 'names') return [`filter @logStream in [${streams.names.map(quoted).join(', ')}]`];
  if (streams.kind === 'prefix') return [`filter @logStream like /^${literal(streams.prefix)}/`];
  const patterns = streams.patterns.map((pattern) => pattern.split('*').map(literal).join('.*'));
  return [`filter @logStream like /^(?:${patterns.join('|')})$/`];
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

async function earliest(
  client: CloudWatchLogsClient,
  logGroups: readonly string[],
  nowMs: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const starts = await Promise.all(logGroups.map((group) => earliestEventMs(client, group, nowMs, { signal })));
  return Math.min(...starts);
}

function isIn(startMs: number, endMs: number): (event: LogEvent) => boolean {
  return ({ timestamp }) => timestamp >= startMs && timestamp < endMs;
}

function* chunksOf(events: LogEvent[]): Generator<LogEvent[]> {
  for (let at = 0; at < events.length; at += maxPageEvents) yield events.slice(at, at + maxPageEvents);
}
