import { setMaxListeners } from 'node:events';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { earliestEventMs } from '../groups.js';
import { explainMissing } from '../missing-streams.js';
import { sharedSignal } from '../shared-signal.js';
import { resolveStreams } from '../streams.js';
import { createChain, type Survive } from './chain.js';
import {
  batchesOf,
  type EventPage,
  type FilterRequest,
  filterEventPages,
  type Keeps,
  maxPageSize,
  type ReadOptions,
  type StreamSelector,
} from './filter-events.js';
import { createLane } from './lane.js';
import { compareEvents, mergePages } from './merge.js';
import { countPage, createMonitor, type Monitor } from './monitor.js';
import { newestEvents } from './newest.js';
import { createScheduler } from './scheduler.js';
import { type GroupSelection, sourcesOf } from './sources.js';

/** A time range of one or several groups. */
export interface FetchRequest extends GroupSelection {
  readonly streams: StreamSelector;
  /** Milliseconds since the epoch, inclusive; undefined: from the earliest event a group can hold. */
  readonly startMs: number | undefined;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  readonly filterPattern: string | undefined;
  readonly unmask: boolean;
  /** The first so many events, then the end; or the newest so many. */
  readonly take: Take | undefined;
}

/** How many events are wanted, counted from which end of the range. */
export interface Take {
  readonly from: 'start' | 'end';
  readonly count: number;
}

/** How a range is read. */
export interface FetchOptions extends ReadOptions {
  /** Requests in flight at once; 1 reads page after page. Default 10. */
  readonly concurrency?: number | undefined;
  /** The present, in milliseconds since the epoch: what retention counts from. Default: the system's. */
  readonly nowMs?: number | undefined;
  /** Told what happens. */
  readonly monitor?: Monitor | undefined;
  /** Asked when a request has failed for good: resolves to true when it may be made anew. */
  readonly survive?: Survive | undefined;
  /** Which of the events are wanted: the others are dropped and count for no `take`. Default: all. */
  readonly keeps?: Keeps | undefined;
}

/** Requests in flight at once, where nothing else is asked for. */
const defaultConcurrency = 10;
/** What is read ahead of the output at most; each input may hold a page above it. */
const maxBufferedBytes = 64 * 1024 * 1024;

/**
 * Reads a time range of several groups, in one or several regions (a client each), as pages of events in one order:
 * by timestamp, ingestionTime, eventId, then group and region as given.
 */
export async function* fetchEventPages(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: FetchOptions = {},
): AsyncGenerator<LogEvent[]> {
  const { keeps } = options;
  const concurrency = isShort(request, keeps) ? 1 : (options.concurrency ?? defaultConcurrency);
  const sources = await sourcesOf(clients, request);
  const own = { ...options, signal: sharedSignal(options.signal) };
  const inputs = await Promise.all(
    sources.map(({ client, logGroup }) => inputsOf(client, logGroup, request, own, sources.length)),
  );
  const { take } = request;
  if (take?.from === 'end') return yield* newestPages(inputs.flat(), take.count);
  const monitor = options.monitor ?? createMonitor();
  const ended = new AbortController();
  // Every input listens to it; Node would take more than ten for a leak, and say so on stderr.
  setMaxListeners(0, ended.signal);
  const pages =
    concurrency === 1
      ? inputs.flat().map((input) => chainPages(input, monitor))
      : lanePages(inputs.flat(), concurrency, monitor, ended.signal);
  const [only] = pages;
  const merged = only !== undefined && pages.length === 1 ? only : mergePages(pages, () => ended.abort());
  const kept = keeps === undefined ? merged : keptEvents(merged, keeps);
  yield* take === undefined ? kept : firstEvents(kept, take.count);
}

/**
 * Reads a time range of several groups, concurrently and in order, one event at a time; see {@link fetchEventPages}.
 * What is read ahead is bounded: a consumer that is slow slows the reading.
 *
 * @throws `GroupNotFoundError` or `StreamNotFoundError` for what is not there, otherwise what the client throws: for one made by
 * `createClient`, a `ServiceError` around the SDK's exception
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* fetchEvents(
  client: CloudWatchLogsClient,
  request: Pick<FetchRequest, 'logGroups' | 'endMs'> & Partial<FetchRequest>,
  options: FetchOptions = {},
): AsyncGenerator<LogEvent> {
  const whole = {
    streams: { kind: 'all' },
    startMs: undefined,
    filterPattern: undefined,
    unmask: false,
    take: undefined,
  } as const;
  for await (const events of fetchEventPages([client], { ...whole, ...request }, options)) yield* events;
}

/** A range of one group or stream batch, and how its parts are read. */
interface Input {
  readonly startMs: number;
  readonly endMs: number;
  readonly survive: Survive | undefined;
  read(startMs: number, endMs: number, abandoned?: AbortSignal): AsyncGenerator<EventPage>;
  newest(count: number, abandoned: AbortSignal): Promise<LogEvent[]>;
}

/** Inputs whose pages, a megabyte each, fit in memory side by side. */
const fullPageInputs = 16;
/** A page of usual events is cut by its size at about so many. */
const usualPageSize = 3_000;
const minPageSize = 250;

/** Every input holds a page while it is merged with the others: with many of them the pages have to be smaller. */
function fittingPageSize(inputs: number): number {
  if (inputs <= fullPageInputs) return maxPageSize;
  return Math.max(minPageSize, Math.floor((usualPageSize * fullPageInputs) / inputs));
}

async function inputsOf(
  client: CloudWatchLogsClient,
  logGroup: string,
  request: FetchRequest,
  { signal, nowMs = Date.now(), survive, keeps }: FetchOptions,
  inputCount: number,
): Promise<Input[]> {
  const { endMs, filterPattern, unmask, take } = request;
  const startMs = request.startMs ?? (await earliestEventMs(client, logGroup, nowMs, { signal }));
  if (startMs >= endMs) return [];
  const batches = batchesOf(await resolveStreams(client, logGroup, request.streams, { signal }));
  const wanted = keeps === undefined ? take?.count : undefined;
  const pageSize = Math.min(wanted ?? maxPageSize, fittingPageSize(batches.length * inputCount));
  const until = (abandoned?: AbortSignal) => ({ signal: sharedSignal(signal, abandoned) });
  return batches.map((streams) => {
    const selection = { logGroup, streams, filterPattern, unmask, pageSize };
    const whole = { ...selection, startMs, endMs };
    const explained = async (error: unknown): Promise<never> => {
      throw await explainMissing(client, error, selection);
    };
    return {
      startMs,
      endMs,
      survive,
      read: (fromMs, toMs, abandoned) =>
        explainedPages(client, { ...selection, startMs: fromMs, endMs: toMs }, until(abandoned)),
      newest: (count, abandoned) =>
        newestEvents(client, whole, count, { ...until(abandoned), survive, keeps }).catch(explained),
    };
  });
}

async function* explainedPages(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  options: ReadOptions,
): AsyncGenerator<EventPage> {
  try {
    yield* filterEventPages(client, request, options);
  } catch (error) {
    throw await explainMissing(client, error, request);
  }
}

/** Page after page, nothing ahead of what is asked for. */
async function* chainPages({ read, startMs, endMs, survive }: Input, monitor: Monitor): AsyncGenerator<LogEvent[]> {
  const chain = createChain(read, startMs, endMs, survive);
  monitor.windows += 1;
  monitor.share = () => (chain.positionMs - startMs) / (endMs - startMs);
  try {
    for (let last = false; !last; ) {
      const page = await chain.next();
      countPage(monitor, page);
      yield page.events;
      last = page.last;
    }
  } finally {
    await chain.close();
  }
}

function lanePages(
  inputs: readonly Input[],
  concurrency: number,
  monitor: Monitor,
  signal: AbortSignal,
): AsyncGenerator<LogEvent[]>[] {
  const scheduler = createScheduler({ concurrency, maxBufferedBytes });
  const lanes = inputs.map(({ read, startMs, endMs, survive }) => {
    const options = { concurrency, monitor, survive, signal, onChange: scheduler.pump };
    const lane = createLane(read, { startMs, endMs }, options);
    scheduler.add(lane);
    return lane;
  });
  const totalMs = inputs.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  monitor.share = () => (totalMs === 0 ? 1 : 1 - lanes.reduce((sum, lane) => sum + lane.leftMs(), 0) / totalMs);
  return lanes.map((lane) => lane.pages());
}

/** Whether a page or so is all that is wanted: reading ahead would only cost requests. */
function isShort({ take }: FetchRequest, keeps: Keeps | undefined): boolean {
  return keeps === undefined && take !== undefined && take.count <= maxPageSize;
}

async function* newestPages(inputs: readonly Input[], count: number): AsyncGenerator<LogEvent[]> {
  const ended = new AbortController();
  try {
    const newest = await Promise.all(inputs.map((input) => input.newest(count, ended.signal)));
    yield newest.flat().sort(compareEvents).slice(-count);
  } finally {
    // Where one has failed, the others would read on for nobody, and keep the program from its end.
    ended.abort();
  }
}

async function* keptEvents(pages: AsyncGenerator<LogEvent[]>, keeps: Keeps): AsyncGenerator<LogEvent[]> {
  for await (const events of pages) yield events.filter(keeps);
}

async function* firstEvents(pages: AsyncGenerator<LogEvent[]>, limit: number): AsyncGenerator<LogEvent[]> {
  let left = limit;
  for await (const events of pages) {
    yield events.slice(0, left);
    left -= events.length;
    if (left <= 0) return;
  }
}
