import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GroupNotFoundError } from '../../errors.js';
import { isAccessDenied, isNotFound, isUnsupported } from '../../failures.js';
import type { LogEvent } from '../event.js';
import { explainMissing, unexplained } from '../missing-streams.js';
import { asPatterns, batchesOf, type Keeps, type StreamSelector } from '../read/filter-events.js';
import { compareEvents } from '../read/merge.js';
import { type GroupSelection, type GroupSource, sourcesOf } from '../read/sources.js';
import { resolveStreams } from '../streams.js';
import type { Clock } from './clock.js';
import { type LackingStream, maxSingleStreams } from './late-streams.js';
import { joined, type Newest, newestPages, nothing } from './newest-pages.js';
import { forgetBeforeMs, horizonMs } from './position.js';
import { createSourceReader, type SourceReader, selectionOf } from './source-reader.js';
import { historyMs, type TailFrom, toAwaited, toStart } from './start.js';
import type { TailStart } from './tail-source.js';

/** What is to be followed, and what is shown before. */
export interface TailRequest extends GroupSelection {
  readonly streams: StreamSelector;
  readonly filterPattern: string | undefined;
  readonly unmask: boolean;
  readonly from: TailFrom;
}

/** A source as it was found: a group, or a batch of its streams, in one region. */
export interface OpenSource extends SourceReader {
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
  /** Streams given by name that groups have not, which are looked for later. */
  readonly lacking: readonly LackingStream[];
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
  /** Whether they are read by Live Tail too; default: they are not. */
  readonly live?: boolean | undefined;
  /** Which events count among the newest; default: all. */
  readonly keeps?: Keeps | undefined;
}

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
  const chosen = await Promise.all(groups.map((group) => choose(group, request.streams, options)));
  const lacking = chosen.flatMap((each) => each.lacking);
  // A few may as well be asked for like groups that are awaited.
  const isAwaited = options.awaitGroups && lacking.length <= maxSingleStreams;
  const probed = await Promise.all(
    chosen.map(async ({ client, logGroup, present, lacking }) => {
      const single = lacking.map(({ stream }) => ({ kind: 'names', names: [stream] }) as const);
      const wanted = [...batchesOf(present), ...(isAwaited ? single : [])];
      const parts = await Promise.all(
        wanted.map((streams) => probe(client, logGroup, streams, request, options, askedMs)),
      );
      return toOneAwaited(parts, request);
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
  const isUnknown = ({ client, logGroup }: GroupSource): boolean =>
    probes.some((each) => !isKept(each) && each.isMissing && each.client === client && each.logGroup === logGroup);
  const known = groups.filter((group) => !isUnknown(group));
  return { sources, newest, newestMs: newestOf(probes), lost, known, lacking: isAwaited ? [] : lacking, openedMs };
}

/** Groups that could be read, in the regions where they could, and what was asked for of them. */
export type Readable = GroupSelection & Pick<TailRequest, 'streams'>;

/** What of an opening can be read. A batch of streams that cannot leaves out all of its group there. */
export function readableOf({ sources, lost }: Opening, { streams }: TailRequest): Readable {
  const regionsOf = new Map<string, Set<string>>();
  for (const { logGroup, region, error } of sources) {
    if (error !== undefined) continue;
    if (lost.some((other) => other.logGroup === logGroup && other.region === region)) continue;
    regionsOf.set(logGroup, (regionsOf.get(logGroup) ?? new Set()).add(region));
  }
  const places = [...regionsOf].map(([logGroup, regions]) => [logGroup, [...regions]] as const);
  return { logGroups: [...regionsOf.keys()], regionsOf: Object.fromEntries(places), streams };
}

/** Where it is waited for what is not there, a group is followed for the streams that it has meanwhile. */
export function withLacking(request: TailRequest): TailRequest {
  const { streams } = request;
  return streams.kind === 'names' ? { ...request, streams: { ...streams, mayLack: true } } : request;
}

/** The events of a source that it may read again. */
export function recentOf(
  { logGroup, region, start }: OpenSource,
  events: readonly LogEvent[],
  graceMs: number,
  openedMs: number,
): LogEvent[] {
  const fromMs = forgetBeforeMs(start.position, graceMs, openedMs);
  return events.filter(
    (event) => event.timestamp >= fromMs && event.logGroupName === logGroup && event.region === region,
  );
}

/** A group, and which of the streams given by name it has. */
interface Chosen extends GroupSource {
  readonly present: StreamSelector;
  readonly lacking: readonly LackingStream[];
}

/** A group is followed for the streams that it has of those that it may lack. */
async function choose(
  { client, logGroup }: GroupSource,
  streams: StreamSelector,
  { signal, live = false }: OpenOptions,
): Promise<Chosen> {
  if (streams.kind !== 'names') return { client, logGroup, present: streams, lacking: [] };
  const present = await resolveStreams(client, logGroup, streams, { signal });
  const names = new Set(present.kind === 'names' ? present.names : streams.names);
  const lacking = streams.names.filter((name) => !names.has(name)).map((stream) => ({ client, logGroup, stream }));
  // Of a group that is read live too there is one source: what comes both ways is told by that.
  if (live && lacking.length > 0) return { client, logGroup, present: asPatterns(streams), lacking: [] };
  return { client, logGroup, present, lacking };
}

/** Of a group that is not there yet the streams may come one after another: none waits for the others. */
async function toOneAwaited(parts: readonly Probe[], request: TailRequest): Promise<readonly Probe[]> {
  const missing = parts.find(({ error }) => error instanceof GroupNotFoundError);
  const { streams } = request;
  if (missing === undefined || streams.kind !== 'names' || streams.names.length < 2) return parts;
  return [
    { ...missing, ...(await createSourceReader(missing.client, missing.logGroup, asPatterns(streams), request)) },
  ];
}

function newestOf(probes: readonly Probe[]): number | undefined {
  const known = probes.flatMap(({ newestMs }) => newestMs ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
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
  const source = { ...(await createSourceReader(client, logGroup, streams, request)), isMissing: false };
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
