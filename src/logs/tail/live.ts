import { ServiceError } from '../../errors.js';
import { isLoginProblem, isOutage } from '../../failures.js';
import type { LogEvent } from '../event.js';
import { groupArn } from '../groups.js';
import type { StreamSelector } from '../read/filter-events.js';
import { compareEvents } from '../read/merge.js';
import type { Clock } from './clock.js';
import { createLiveCover, type LiveCover } from './live-cover.js';
import { type LiveUpdate, liveUpdates, maxLiveGroups, maxLiveStreams } from './live-session.js';
import type { OpenSource } from './open.js';

/** The live half of a tail: what it shows at once, and what polling need not show again. */
export interface LiveTail {
  /** New events of all sessions as they come; ends only where Live Tail is refused. */
  readonly feeds: readonly AsyncGenerator<LogEvent[]>[];
  /** Takes note of events that were given before it begins: the first updates may bring them as well. */
  cover(events: readonly LogEvent[]): void;
  /** Of the polled pages of a source, what did not come live; nothing from before `forgetBeforeMs` is polled again. */
  uncovered(
    source: OpenSource,
    pages: AsyncGenerator<LogEvent[]>,
    forgetBeforeMs: () => number,
  ): AsyncGenerator<LogEvent[]>;
  /** Whether all that is new comes live at the moment, so that polling may be slow. */
  isTrusted(source: OpenSource): boolean;
  /** Events that are remembered since they came one way only so far. */
  heldEvents(): number;
}

/** How the live half of a tail runs. */
export interface LiveOptions {
  readonly streams: StreamSelector;
  readonly filterPattern: string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told why Live Tail cannot be used. */
  readonly onRefused: (error: unknown) => void;
}

/** An update that does not come within this is a reason to poll more often. */
const updateMs = 4_000;
/** After an update that left events out, so long. */
const distrustMs = 10_000;
const firstWaitMs = 1_000;
const maxWaitMs = 10_000;

/** What was polled may still come live for so long: the service holds back ten updates, silence is borne for longer. */
const maxLiveLagMs = 60_000;

/** Makes the live half of a tail: sessions of ten groups each, opened anew when they end. */
export function createLiveTail(sources: readonly OpenSource[], options: LiveOptions): LiveTail {
  const sessions = toSessions(sources, options.streams);
  const covers = new Map(sessions.flatMap(({ members }) => members.map((source) => [source, createLiveCover()])));
  const sessionOf = new Map(sessions.flatMap((session) => session.members.map((source) => [source, session])));
  return {
    feeds: sessions.map((session) => followSession(session, covers, options)),
    cover(events) {
      for (const event of events) coverOf(event, covers)?.addPolled(event);
    },
    async *uncovered(source, pages, forgetBeforeMs) {
      const cover = covers.get(source);
      for await (const events of pages) {
        const fresh = events.filter((event) => cover === undefined || cover.addPolled(event));
        cover?.forgetBefore(forgetBeforeMs() - maxLiveLagMs);
        if (fresh.length > 0) yield fresh;
      }
    },
    isTrusted(source) {
      const session = sessionOf.get(source);
      const elapsedMs = options.clock.elapsed();
      return session?.shown.has(source) === true && session.aliveMs > elapsedMs && session.sampledMs <= elapsedMs;
    },
    heldEvents: () => [...covers.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

interface Session {
  readonly members: readonly OpenSource[];
  /** The members whose events come: those whose groups exist. */
  shown: ReadonlySet<OpenSource>;
  /** On the clock, until when the next update is to come. */
  aliveMs: number;
  /** On the clock, until when events may have been left out. */
  sampledMs: number;
}

function toSessions(sources: readonly OpenSource[], streams: StreamSelector): Session[] {
  if (streams.kind === 'names' && streams.names.length > maxLiveStreams) return [];
  const size = streams.kind === 'all' ? maxLiveGroups : 1;
  const sessions: Session[] = [];
  for (const client of new Set(sources.map((source) => source.client))) {
    const own = sources.filter((source) => source.client === client);
    for (let at = 0; at < own.length; at += size) {
      sessions.push({ members: own.slice(at, at + size), shown: new Set(), aliveMs: 0, sampledMs: 0 });
    }
  }
  return sessions;
}

async function* followSession(
  session: Session,
  covers: ReadonlyMap<OpenSource, LiveCover>,
  options: LiveOptions,
): AsyncGenerator<LogEvent[]> {
  const { clock, signal } = options;
  let waitMs = firstWaitMs;
  for (;;) {
    try {
      for await (const { events, sampled } of openSession(session, options)) {
        waitMs = firstWaitMs;
        session.aliveMs = clock.elapsed() + updateMs;
        if (sampled) session.sampledMs = clock.elapsed() + distrustMs;
        const fresh = events.filter((event) => coverOf(event, covers)?.addLive(event) === true);
        if (fresh.length > 0) yield fresh.sort(compareEvents);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (isRefusal(error)) {
        for (const source of session.members) covers.get(source)?.close();
        return options.onRefused(error);
      }
    }
    session.shown = new Set();
    signal.throwIfAborted();
    await clock.wait(waitMs, signal);
    waitMs = Math.min(maxWaitMs, waitMs * 2);
  }
}

async function* openSession(
  session: Session,
  { streams, filterPattern, clock, signal }: LiveOptions,
): AsyncGenerator<LiveUpdate> {
  const found = await Promise.all(
    session.members.map(async (source) => {
      const arn = await groupArn(source.client, source.logGroup, { signal });
      return arn === undefined ? [] : [{ source, logGroup: source.logGroup, arn }];
    }),
  );
  const logGroups = found.flat();
  const [first] = logGroups;
  if (first === undefined) return;
  session.shown = new Set(logGroups.map(({ source }) => source));
  const { client, region } = first.source;
  yield* liveUpdates(client, { region, logGroups, streams, filterPattern }, { clock, signal });
}

function coverOf(
  { region, logGroupName }: LogEvent,
  covers: ReadonlyMap<OpenSource, LiveCover>,
): LiveCover | undefined {
  for (const [source, cover] of covers) {
    if (source.logGroup === logGroupName && source.region === region) return cover;
  }
  return undefined;
}

/** Whether there can be no session at all; one that broke off is opened anew. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  return !(isOutage(error.cause) || isLoginProblem(error.cause));
}
