import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import type { ReadPages } from '../read/chain.js';
import { fetchEventPages } from '../read/fetch-events.js';
import { asPatterns, broadened, type Keeps, type ReadOptions, streamTest } from '../read/filter-events.js';
import { mergePages } from '../read/merge.js';
import { type Clock, createServiceClock } from './clock.js';
import { followSource } from './follow.js';
import { interleave } from './interleave.js';
import type { Newcomer } from './late-streams.js';
import { laterSources } from './later-sources.js';
import { createLiveTail } from './live.js';
import { createNewcomers, type FindGroups, type Newcomers } from './newcomers.js';
import {
  type LostGroup,
  type OpenSource,
  openSources,
  type Readable,
  readableOf,
  recentOf,
  type TailRequest,
  withLacking,
} from './open.js';
import { createOutages, isLost, type TailNews } from './outages.js';
import { createStoppable } from './stoppable.js';
import { createTailSource, type TailSource } from './tail-source.js';

/** How a tail runs. */
export interface TailOptions extends ReadOptions {
  /** The time from one poll of a group to the next; default 1 s. */
  readonly pollMs?: number | undefined;
  /** How late an event may arrive and still be shown; default 2 minutes. */
  readonly graceMs?: number | undefined;
  /** Whether to read by Live Tail, with polling behind it; default: by polling alone. */
  readonly live?: boolean | undefined;
  /** Whether to wait for groups that do not exist yet; default: they are left out, and it fails where none is left. */
  readonly awaitGroups?: boolean | undefined;
  /** Whether expired credentials may be renewed by whoever runs it; default: it then fails. */
  readonly renewable?: boolean | undefined;
  /** Told what happens besides events. */
  readonly onNews?: ((news: TailNews) => void) | undefined;
  readonly clock?: Clock | undefined;
  /** Looks again for the groups that are meant, once a minute; those that were created since are followed from then on. */
  readonly findGroups?: FindGroups | undefined;
  /** Which events count among the newest that are shown first; what follows is given whatever it says. Default: all. */
  readonly keeps?: Keeps | undefined;
}

/** A tail that has been opened: its groups are known to be readable. */
export interface Tail {
  /** How many requests a turn over all groups takes at the least. */
  readonly sourceCount: number;
  /** The timestamp of the newest event, where there was one in the last day. */
  readonly newestMs: number | undefined;
  /** The groups that could be read, in the regions where they could. */
  readonly readable: Readable;
  /** Groups that are left out, and why. */
  readonly lost: readonly LostGroup[];
  /** What is shown first, in order. To be read to its end before {@link Tail.follow}. */
  history(): AsyncGenerator<LogEvent[]>;
  /** What comes after that, as it comes; ordered within a page. It ends by the signal alone. */
  follow(): AsyncGenerator<LogEvent[]>;
  /** After {@link Tail.follow} was ended: once more through all that may hold something new. */
  lastLook(signal: AbortSignal): AsyncGenerator<LogEvent[]>;
  /** Events that are remembered, to tell whether one was given before. */
  heldEvents(): number;
}

const defaultPollMs = 1_000;
const defaultGraceMs = 2 * 60_000;
/** A sweep waits for the poll after it is due, so that what arrives late is found within ten seconds. */
const sweepMs = 8_500;
/** Behind Live Tail that brings everything. */
const slowPollMs = 10_000;

interface Followed {
  readonly source: OpenSource;
  readonly tail: TailSource;
}

/** Opens a tail: reads the newest events, and fails where no group can be read. */
export async function openTail(
  clients: readonly CloudWatchLogsClient[],
  asked: TailRequest,
  options: TailOptions = {},
): Promise<Tail> {
  const { graceMs = defaultGraceMs, pollMs = defaultPollMs, clock = createServiceClock(), onNews = () => {} } = options;
  const { signal, stop } = createStoppable(options.signal);
  const { awaitGroups = false, live: isLive = false, keeps } = options;
  const request = awaitGroups ? withLacking(asked) : asked;
  const opening = await openSources(clients, request, { clock, signal, awaitGroups, live: isLive, keeps });
  const { sources, newest, newestMs, lost, known, lacking, openedMs } = opening;
  const [unreadable] = lost;
  if (sources.length === 0 && unreadable !== undefined) throw unreadable.error;
  const outages = createOutages({ report: onNews, renewable: options.renewable === true, clock });
  let reading: AbortSignal = signal;
  const followed: Followed[] = [];
  const add = (source: OpenSource): Followed => {
    const { logGroup, start } = source;
    const read: ReadPages = (startMs, endMs) => source.readWith(reading)(startMs, endMs);
    const onSlowSweep = (durationMs: number): void => onNews({ kind: 'slow-sweep', logGroup, durationMs });
    const onBehind = (lagMs: number): void => onNews({ kind: 'behind', logGroup, lagMs });
    const tail = createTailSource(logGroup, read, start, { graceMs, sweepMs, clock, onSlowSweep, onBehind });
    // A group that is awaited is lost for now.
    if (source.error !== undefined) outages.failed(tail, source.error);
    const each = { source, tail };
    followed.push(each);
    return each;
  };
  sources.forEach(add);

  const { streams, filterPattern } = request;
  const onRefused = (error: unknown): void => onNews({ kind: 'live-refused', error });
  const liveOptions = { streams: broadened(streams), filterPattern, clock, signal, onRefused };
  const live = isLive ? createLiveTail(sources, liveOptions) : undefined;
  const shown = ({ source, tail }: Followed, pages: AsyncGenerator<LogEvent[]>) =>
    live === undefined ? pages : live.uncovered(source, pages, tail.forgetsBeforeMs);
  const isWanted = streamTest(asPatterns(streams));
  const polled = (each: Followed): AsyncGenerator<LogEvent[]> => {
    const turnMs = (): number => (live?.isTrusted(each.source) === true ? slowPollMs : pollMs);
    return shown(each, followSource(each.tail, { turnMs, outages, clock, signal }));
  };
  const join = async (group: Newcomer): Promise<Followed[]> => {
    const { logGroup, streams: found } = group;
    onNews(
      found === undefined ? { kind: 'group-found', logGroup } : { kind: 'streams-found', logGroup, streams: found },
    );
    return (await laterSources(group, request, openedMs)).map(add);
  };
  async function* joining({ coming }: Newcomers): AsyncGenerator<AsyncGenerator<LogEvent[]>> {
    for await (const group of coming(signal)) for (const each of await join(group)) yield polled(each);
  }
  const { findGroups } = options;
  const lookingFor = { logGroup: request.logGroups.join(', ') };
  const onLook = (error?: unknown): void => {
    // Nothing is followed then, and nothing will be found.
    if (isLost(error)) throw error;
    if (error === undefined) outages.answered(lookingFor);
    else outages.failed(lookingFor, error);
  };
  const [firstLacking] = lacking;
  if (awaitGroups && firstLacking !== undefined) {
    const { logGroup, stream } = firstLacking;
    onNews({ kind: 'streams-awaited', logGroup, stream, count: lacking.length });
  }
  const isFollowing = (): boolean => followed.length > 0;
  const newcomers = await createNewcomers({ findGroups, known, lacking, clock, isFollowing, onLook });

  return {
    sourceCount: sources.length,
    newestMs,
    readable: readableOf(opening, request),
    lost,
    async *history() {
      if (request.from.kind === 'newest') {
        live?.cover(newest);
        if (newest.length > 0) yield [...newest];
        return;
      }
      const past = { logGroup: request.logGroups.join(', ') };
      const survive = async (error: unknown): Promise<boolean> => {
        // What is left of its range will never come.
        if (isLost(error)) return false;
        await clock.wait(outages.failed(past, error), signal);
        return true;
      };
      const range = { ...request, startMs: request.from.startMs, endMs: openedMs, take: undefined };
      const present = sources.filter(({ error }) => error === undefined);
      const pages = [...new Set(present.map(({ client }) => client))].map((client) => {
        const logGroups = new Set(present.filter((source) => source.client === client).map(({ logGroup }) => logGroup));
        return fetchEventPages([client], { ...range, logGroups: [...logGroups] }, { signal, survive, nowMs: openedMs });
      });
      for await (const events of mergePages(pages)) {
        outages.answered(past);
        for (const source of sources) {
          const recent = recentOf(source, events, graceMs, openedMs);
          for (const event of recent) source.start.seen.add(event);
          live?.cover(recent);
        }
        yield events;
      }
      outages.answered(past);
    },
    async *follow() {
      const found = newcomers === undefined ? undefined : joining(newcomers);
      yield* selected(interleave([...followed.map(polled), ...(live?.feeds ?? [])], stop, found), isWanted);
    },
    async *lastLook(ending) {
      const looking = createStoppable(ending);
      reading = looking.signal;
      async function* look(each: Followed): AsyncGenerator<LogEvent[]> {
        try {
          yield* shown(each, each.tail.lastLook());
        } catch (error) {
          // That it is lost has been said.
          if (!isLost(error)) throw error;
        }
      }
      async function* joined(): AsyncGenerator<AsyncGenerator<LogEvent[]>> {
        if (newcomers === undefined) return;
        for await (const group of newcomers.look(reading)) for (const each of await join(group)) yield look(each);
      }
      yield* selected(interleave(followed.map(look), looking.stop, joined()), isWanted);
    },
    heldEvents: () => followed.reduce((sum, { tail }) => sum + tail.heldIds, live?.heldEvents() ?? 0),
  };
}

/**
 * Follows several groups: what they held first, then what comes, one event at a time, through outages of any length.
 * Every event that arrives within the grace window is given exactly once. It ends by `signal` alone.
 *
 * @throws `GroupNotFoundError` where no group is there, otherwise what the client throws before the first answer
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* tailEvents(
  client: CloudWatchLogsClient,
  request: Pick<TailRequest, 'logGroups'> & Partial<TailRequest>,
  options: TailOptions = {},
): AsyncGenerator<LogEvent> {
  const whole = {
    streams: { kind: 'all' },
    filterPattern: undefined,
    unmask: false,
    from: { kind: 'newest', count: 0 },
  } as const;
  const tail = await openTail([client], { ...whole, ...request }, options);
  for await (const events of tail.history()) yield* events;
  for await (const events of tail.follow()) yield* events;
}

/** What of the pages was asked for. */
async function* selected(
  pages: AsyncGenerator<LogEvent[]>,
  isWanted: ((event: LogEvent) => boolean) | undefined,
): AsyncGenerator<LogEvent[]> {
  if (isWanted === undefined) return yield* pages;
  for await (const page of pages) {
    const events = page.filter(isWanted);
    if (events.length > 0) yield events;
  }
}
