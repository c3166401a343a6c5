import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { isAccessDenied, isNotFound, isUnsupported } from '../../failures.js';
import type { LogEvent } from '../event.js';
import { explainMissing, unexplained } from '../missing-streams.js';
import type { ReadPages } from '../read/chain.js';
import {
  asPatterns,
  batchesOf,
  broadened,
  filterEventPages,
  type Keeps,
  maxPageSize,
  type StreamSelector,
} from '../read/filter-events.js';
import { compareEvents } from '../read/merge.js';
import { type GroupSelection, type GroupSource, sourcesOf } from '../read/sources.js';
import { resolveStreams } from '../streams.js';
import type { Clock } from './clock.js';
import { joined, type Newest, newestPages, nothing } from './newest-pages.js';
import { horizonMs, startAt } from './position.js';
import { createSeenIds } from './seen-ids.js';
import type { TailStart } from './tail-source.js';

/** What is to be followed, and what is shown before. */
export interface TailRequest extends GroupSelection {
  readonly streams: StreamSelector;
  readonly filterPattern: string | undefined;
  readonly unmask: boolean;
  /**
   * The newest so many events of all groups together, or all since a time in milliseconds since the epoch; undefined
   * there stands for the earliest event a group can hold.
   */
  readonly from:
    | { readonly kind: 'newest'; readonly count: number }
    | { readonly kind: 'start'; readonly startMs: number | undefined };
}

/** A source as it was found: a group, or a batch of its streams, in one region. */
export interface OpenSource {
  readonly client: CloudWatchLogsClient;
  readonly region: string;
  readonly logGroup: string;
  /** Reads it until the signal ends that. */
  readonly readWith: (signal: AbortSignal) => ReadPages;
  readonly start: TailStart;
  /** Why it could not be read so far: there is no such group yet. */
  readonly error?: unknown;
}

/** What a tail begins with. */
export interface Opening {
  readonly sources: readonly OpenSource[];
  /** The timestamp of the newest event of all, where there is one in the last day. */
  readonly newestMs: number | undefined;
  /** The newest events of all sources, as many as were asked for, in order. */
  readonly newest: readonly LogEvent[];
  /** Groups that cannot be read, and why. */
  readonly lost: readonly LostGroup[];
  /** What is no news where groups are looked for again: all but those that were left out for not being there. */
  readonly known: readonly GroupSource[];
  /** When it was opened, by the service's clock. */
  readonly openedMs: number;
}

/** A group in one region that cannot be read. */
export interface LostGroup {
  readonly logGroup: string;
  readonly region: string;
  readonly error: unknown;
}

/** How a tail is opened. */
export interface OpenOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether to wait for groups that do not exist yet. */
  readonly awaitGroups: boolean;
  /** Which events count among the newest; default: all. */
  readonly keeps?: Keeps | undefined;
}

/** The newest events are looked for no further back. */
const historyMs = 24 * 3_600_000;

/** Reads the newest events of every source: they are what is shown first, and show which groups can be read. */
export async function openSources(
  clients: readonly CloudWatchLogsClient[],
  request: TailRequest,
  options: OpenOptions,
): Promise<Opening> {
  const { clock } = options;
  const begunMs = clock.elapsed();
  const askedMs = clock.now();
  const groups = await sourcesOf(clients, request);
  const probed = await Promise.all(
    groups.map(async ({ client, logGroup }) => {
      const chosen = await presentOf(client, logGroup, request.streams, options);
      const batches = batchesOf(chosen).map((streams) => probe(client, logGroup, streams, request, options, askedMs));
      return Promise.all(batches);
    }),
  );
  const probes = probed.flat();
  // The first answers have told the service's time, which the machine's may be far from.
  const openedMs = clock.now() - Math.round(clock.elapsed() - begunMs);
  const found = probes.flatMap(({ events }) => events).sort(compareEvents);
  const { from } = request;
  const newest = from.kind === 'newest' && from.count > 0 ? found.slice(-from.count) : [];
  const isKept = ({ error, isMissing }: Probe): boolean => error === undefined || (isMissing && options.awaitGroups);
  const sources = probes.filter(isKept).map((source) => ({
    ...source,
    start: source.isMissing ? toAwaited(from, openedMs) : toStart(source, newest, from, openedMs),
  }));
  const lost = probes
    .filter((source) => !isKept(source))
    .map(({ logGroup, region, error }) => ({ logGroup, region, error }));
  const known = probes.filter((source) => isKept(source) || !source.isMissing);
  return { sources, newest, newestMs: newestOf(probes), lost, known, openedMs };
}

/** Opens a group that was created since: all that it holds is new. */
export async function laterSources(
  { client, logGroup }: GroupSource,
  request: TailRequest,
  openedMs: number,
): Promise<OpenSource[]> {
  const { streams, from } = request;
  const chosen = laterStreams(streams);
  return Promise.all(
    chosen.map(async (each) => ({
      ...(await toReadable(client, logGroup, each, request)),
      start: toAwaited(from, openedMs),
    })),
  );
}

/** So many streams that are given by name are each asked for by themselves; more would take all requests. */
const maxSingleStreams = 5;

/** Streams given by name may come one after another: none waits for the others. */
function laterStreams(streams: StreamSelector): readonly StreamSelector[] {
  if (streams.kind !== 'names') return [streams];
  if (streams.names.length > maxSingleStreams) return [asPatterns(streams)];
  return streams.names.map((name) => ({ kind: 'names', names: [name] }));
}

/** A group is followed for the streams that it has of those that it may lack. */
async function presentOf(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  { signal }: OpenOptions,
): Promise<StreamSelector> {
  return streams.kind === 'names' ? resolveStreams(client, logGroup, streams, { signal }) : streams;
}

/** A group that is created later: all that it holds is new, however old it says it is. */
function toAwaited(from: TailRequest['from'], openedMs: number): TailStart {
  const pastMs = from.kind === 'start' ? (from.startMs ?? 0) : openedMs - historyMs;
  const floor = { startMs: pastMs, ingestedMs: from.kind === 'start' ? Number.POSITIVE_INFINITY : openedMs };
  return { position: { newestMs: pastMs, sweptMs: pastMs }, seen: createSeenIds(), floor };
}

function newestOf(probes: readonly Probe[]): number | undefined {
  const known = probes.flatMap(({ newestMs }) => newestMs ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function toStart(
  { events, newestMs, ingestedMs }: Probe,
  newest: readonly LogEvent[],
  from: TailRequest['from'],
  openedMs: number,
): TailStart {
  const seen = createSeenIds();
  const position = startAt(openedMs, newestMs);
  if (from.kind === 'start') {
    return { position, seen, floor: { startMs: from.startMs ?? 0, ingestedMs: Number.POSITIVE_INFINITY } };
  }
  // What is not printed of them is no news either.
  for (const event of events) seen.add(event);
  // An event that is dated ahead may be an old one.
  if (from.count === 0) return { position, seen, floor: { startMs: Number.POSITIVE_INFINITY, ingestedMs } };
  // Where fewer came than were asked for, there are no others.
  const oldest = newest.length < from.count ? undefined : newest[0];
  return { position, seen, floor: { startMs: openedMs - historyMs, oldest, ingestedMs } };
}

interface Probe extends Omit<OpenSource, 'start'>, Newest {
  readonly isMissing: boolean;
}

async function probe(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  request: TailRequest,
  { signal, keeps }: OpenOptions,
  openedMs: number,
): Promise<Probe> {
  const { from } = request;
  const selection = selectionOf(logGroup, streams, request);
  const count = from.kind === 'newest' ? Math.max(1, from.count) : 1;
  const range = { startMs: openedMs - historyMs, endMs: openedMs + horizonMs };
  const source = { ...(await toReadable(client, logGroup, streams, request)), isMissing: false };
  try {
    const present = batchesOf(await resolveStreams(client, logGroup, streams, { signal }));
    const newest = await Promise.all(
      present.map((chosen) =>
        newestPages(client, { ...selection, ...range, streams: chosen }, count, { signal, keeps }),
      ),
    );
    return { ...source, ...joined(newest) };
  } catch (thrown) {
    const failure = unexplained(thrown);
    if (!(isNotFound(failure) || isAccessDenied(failure) || isUnsupported(failure))) throw failure;
    const error = await explainMissing(client, failure, { logGroup, streams });
    return { ...source, ...nothing, error, isMissing: isNotFound(failure) };
  }
}

/** Streams that are made later match patterns too: all under their prefix are read, and what is not meant is left out later. */
function selectionOf(logGroup: string, streams: StreamSelector, { filterPattern, unmask }: TailRequest) {
  return { logGroup, streams: broadened(streams), filterPattern, unmask };
}

async function toReadable(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  request: TailRequest,
): Promise<Omit<OpenSource, 'start' | 'error'>> {
  const selection = selectionOf(logGroup, streams, request);
  const region = await client.config.region();
  const readWith: OpenSource['readWith'] = (signal) => (startMs, endMs) =>
    filterEventPages(client, { ...selection, startMs, endMs, pageSize: maxPageSize }, { signal });
  return { client, region, logGroup, readWith };
}
