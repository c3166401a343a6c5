import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../logs/event.js';
import type { FetchOptions, FetchRequest } from '../../logs/read/fetch-events.js';
import { createContext } from '../../shape/context.js';
import { createJoin, maxGapMs } from '../../shape/multiline.js';
import type { ContextRequest, GrepRequest } from '../options/grep.js';
import { type IslandStarts, islandsAround, islandsOf, pagesOf } from './islands.js';

/** Reads what is selected, with what is around it; `take` counts what was found. Notes in `starts` where islands begin. */
export async function readSelected(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  grep: GrepRequest,
  options: FetchOptions,
  starts: IslandStarts,
): Promise<AsyncGenerator<readonly LogEvent[]>> {
  const { fetchEventPages } = await import('../../logs/read/fetch-events.js');
  if (grep.isFirst !== undefined)
    return readRecords(clients, request, { ...grep, isFirst: grep.isFirst }, options, starts);
  if (grep.context === undefined) return fetchEventPages(clients, request, { ...options, keeps: grep.keeps });
  if (request.filterPattern !== undefined || request.take !== undefined) {
    return readAround(clients, request, { ...grep, context: grep.context }, options, starts);
  }
  const everything = fetchEventPages(clients, request, options);
  return pagesOf(islandsOf(everything, createContext(grep.context), grep.keepsUnfiltered), starts);
}

/** Reads what is found, and then what is around it. */
async function readAround(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  { context, keeps, keepsUnfiltered }: GrepRequest & { readonly context: ContextRequest },
  options: FetchOptions,
  starts: IslandStarts,
): Promise<AsyncGenerator<readonly LogEvent[]>> {
  const { fetchEventPages } = await import('../../logs/read/fetch-events.js');
  const { createNeighbours } = await import('../../logs/read/neighbours.js');
  const { compareEvents } = await import('../../logs/read/merge.js');
  const found = fetchEventPages(clients, request, { ...options, keeps });
  const first = request.take?.from === 'start' ? await collect(found) : undefined;
  // What matches beyond the last that is wanted stands around it, no more.
  const last = first?.at(-1);
  const unwatched = { ...options, monitor: undefined };
  const blocks = islandsAround(first === undefined ? found : onePage(first), {
    context,
    stage: createContext(context),
    neighbours: await createNeighbours(clients, request, options),
    isHit: (event) => keepsUnfiltered(event) && (last === undefined || compareEvents(event, last) <= 0),
    readAll: (startMs, endMs) =>
      fetchEventPages(clients, { ...request, startMs, endMs, filterPattern: undefined, take: undefined }, unwatched),
    endMs: request.endMs,
  });
  return pagesOf(blocks, starts);
}

/** Reads everything, joins it to records, and selects among those. */
async function readRecords(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  { isFirst, context, keepsUnfiltered }: GrepRequest & { readonly isFirst: (message: string) => boolean },
  options: FetchOptions,
  starts: IslandStarts,
): Promise<AsyncGenerator<readonly LogEvent[]>> {
  const { fetchEventPages } = await import('../../logs/read/fetch-events.js');
  const { take } = request;
  const recordsSince = (startMs: number | undefined): AsyncGenerator<readonly LogEvent[]> =>
    joinPages(fetchEventPages(clients, { ...request, startMs, take: undefined }, options), isFirst);
  if (take?.from === 'end') return lastRecords(recordsSince, request, take.count, keepsUnfiltered);
  const limit = take?.count ?? Number.POSITIVE_INFINITY;
  const records = recordsSince(request.startMs);
  if (context === undefined) return firstKept(records, keepsUnfiltered, limit);
  return pagesOf(islandsOf(records, createContext(context), keepsUnfiltered, limit), starts);
}

async function* joinPages(
  pages: AsyncIterable<readonly LogEvent[]>,
  isFirst: (message: string) => boolean,
): AsyncGenerator<readonly LogEvent[]> {
  const stage = createJoin({ isFirst });
  for await (const events of pages) {
    for (const event of events) stage.push(event);
    yield stage.take();
  }
  yield stage.flush();
}

async function* firstKept(
  pages: AsyncIterable<readonly LogEvent[]>,
  keeps: (event: LogEvent) => boolean,
  limit: number,
): AsyncGenerator<readonly LogEvent[]> {
  let left = limit;
  for await (const events of pages) {
    const kept = events.filter(keeps).slice(0, left);
    left -= kept.length;
    yield kept;
    if (left === 0) return;
  }
}

/** How far back the newest records are sought at first. */
const firstReachMs = 3_600_000;
const reachGrowth = 4;

/** Records can only be joined forwards: from ever earlier on, until there are enough. */
async function* lastRecords(
  recordsSince: (startMs: number | undefined) => AsyncIterable<readonly LogEvent[]>,
  { startMs: rangeStartMs, endMs }: FetchRequest,
  count: number,
  keeps: (event: LogEvent) => boolean,
): AsyncGenerator<readonly LogEvent[]> {
  for (let reachMs = firstReachMs; ; reachMs *= reachGrowth) {
    const isAll = endMs - reachMs <= (rangeStartMs ?? 0);
    const startMs = isAll ? rangeStartMs : endMs - reachMs;
    let last: LogEvent[] = [];
    for await (const records of recordsSince(startMs)) last = [...last, ...records.filter(keeps)].slice(-count);
    const [first] = last;
    // One at the very beginning may be the end of a record.
    const isWhole = first !== undefined && first.timestamp > (startMs ?? 0) + maxGapMs;
    if (isAll || (last.length === count && isWhole)) return yield last;
  }
}

async function collect(pages: AsyncIterable<readonly LogEvent[]>): Promise<readonly LogEvent[]> {
  const events: LogEvent[] = [];
  for await (const page of pages) for (const event of page) events.push(event);
  return events;
}

async function* onePage(events: readonly LogEvent[]): AsyncGenerator<readonly LogEvent[]> {
  yield events;
}
