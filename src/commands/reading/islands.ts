import type { LogEvent } from '../../logs/event.js';
import type { Neighbours } from '../../logs/read/neighbours.js';
import type { Block, ContextStage } from '../../shape/context.js';
import { toStreamKey } from '../../shape/keys.js';
import type { ContextRequest } from '../options/grep.js';

/** What islands are made of, where only what is sought has been read. */
export interface IslandSource {
  readonly context: ContextRequest;
  readonly stage: ContextStage;
  readonly neighbours: Neighbours;
  /** Whether an event is one of those that are sought. */
  readonly isHit: (event: LogEvent) => boolean;
  /** Reads everything from a time on, to before another. */
  readonly readAll: (startMs: number, endMs: number) => AsyncGenerator<readonly LogEvent[]>;
  /** Exclusive. */
  readonly endMs: number;
  /** Whether islands that reach the end may yet go on: it is the present. */
  readonly goesOn?: boolean;
}

/** Events found in one window that are looked around one by one. */
const maxLookups = 100;
/** Where more are found in so much log time, it is read as a whole: the requests become fewer. */
const windowMs = 5 * 60_000;

/** Passes every event on, and tells which were found. */
export async function* islandsOf(
  pages: AsyncIterable<readonly LogEvent[]>,
  stage: ContextStage,
  isHit: (event: LogEvent) => boolean,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Block[]> {
  let left = limit;
  for await (const events of pages) {
    for (const event of events) {
      const found = left > 0 && isHit(event);
      if (found) left -= 1;
      stage.push(event, found);
      if (left === 0 && !stage.isWaiting) return yield stage.flush();
    }
    yield stage.take();
  }
  yield stage.flush();
}

/**
 * Reads what stands around each of the events that were found, which come in order; where many stand close together,
 * all of that time is read instead.
 */
export async function* islandsAround(
  hits: AsyncIterable<readonly LogEvent[]>,
  { context, stage, neighbours, isHit, readAll, endMs, goesOn = false }: IslandSource,
): AsyncGenerator<readonly Block[]> {
  const { compareEvents } = await import('../../logs/read/merge.js');
  const { before, after } = context;
  const shown = createProgress(compareEvents);
  const density = createDensity();

  // Noted here, not when it is taken: an island may have to wait for another while more is found in its stream.
  const push = (event: LogEvent, isFound: boolean): void => {
    if (stage.push(event, isFound)) shown.note(event);
  };
  const olderOf = async (event: LogEvent): Promise<readonly LogEvent[]> =>
    (await neighbours.before(event, before)).filter((older) => !shown.has(older));
  /** Makes ready for an event that was found among all that is read. */
  const meet = async (event: LogEvent): Promise<void> => {
    density.note(event);
    // What was kept of this stream may have had to go for another's.
    if (!stage.knowsBefore(event)) stage.prime(event, await olderOf(event));
  };

  /** Reads on from an event until its island has ended. */
  async function* goOn(
    event: LogEvent,
    following: AsyncGenerator<readonly LogEvent[]>,
    first: IteratorResult<readonly LogEvent[]>,
  ): AsyncGenerator<readonly Block[]> {
    try {
      for (let page = first; page.done !== true; page = await following.next()) {
        for (const next of page.value) {
          const isFound = isHit(next);
          if (isFound) await meet(next);
          push(next, isFound);
          if (!stage.isOpen(event)) break;
        }
        yield stage.take();
        if (!stage.isOpen(event)) return;
      }
      if (!goesOn) stage.end(event);
      yield stage.take();
    } finally {
      await following.return(undefined);
    }
  }
  // One more would end the island by not being of it.
  const followingOf = (event: LogEvent) => neighbours.after(event, after + before + 1);

  async function* lookAround(hit: LogEvent): AsyncGenerator<readonly Block[]> {
    const following = followingOf(hit);
    const [older, first] = await Promise.all([olderOf(hit), following.next()]);
    stage.prime(hit, older);
    push(hit, true);
    density.note(hit);
    yield* goOn(hit, following, first);
  }
  async function* readWindow(hit: LogEvent): AsyncGenerator<readonly Block[]> {
    stage.reset();
    for await (const events of readAll(hit.timestamp, Math.min(endMs, hit.timestamp + windowMs))) {
      for (const event of events) {
        if (shown.has(event)) continue;
        const isFound = isHit(event) && compareEvents(event, hit) >= 0;
        if (isFound) await meet(event);
        push(event, isFound);
      }
      yield stage.take();
    }
    for (const last of stage.open()) {
      const following = followingOf(last);
      yield* goOn(last, following, await following.next());
    }
    yield stage.take();
  }

  for await (const page of hits) {
    for (const hit of page) {
      if (shown.has(hit)) continue;
      if (density.isHighAt(hit)) yield* readWindow(hit);
      // Not there, where it was found but a moment ago by a test that is not ours.
      if (!shown.has(hit)) yield* lookAround(hit);
    }
  }
}

/** How far each stream has been shown. */
function createProgress(compareEvents: (a: LogEvent, b: LogEvent) => number) {
  const last = new Map<string, LogEvent>();
  return {
    note: (event: LogEvent): void => void last.set(toStreamKey(event), event),
    has(event: LogEvent): boolean {
      const latest = last.get(toStreamKey(event));
      return latest !== undefined && compareEvents(event, latest) <= 0;
    },
  };
}

/** How close together events are found. */
function createDensity() {
  const recentMs: number[] = [];
  return {
    note({ timestamp }: LogEvent): void {
      recentMs.push(timestamp);
      if (recentMs.length > maxLookups) recentMs.shift();
    },
    isHighAt: ({ timestamp }: LogEvent): boolean =>
      recentMs.length === maxLookups && timestamp - (recentMs[0] ?? 0) < windowMs,
  };
}

/** The events with which islands begin, the first of all left out: a separator stands before each of them. */
export type IslandStarts = WeakSet<LogEvent>;

/** Makes what joins islands to pages of events, and notes in `starts` where they begin. */
export function createStartMarker(starts: IslandStarts): (blocks: readonly Block[]) => readonly LogEvent[] {
  let isFirst = true;
  return (blocks) => {
    for (const { events, isNew } of blocks) {
      const [first] = events;
      if (first !== undefined && isNew && !isFirst) starts.add(first);
      isFirst = false;
    }
    return blocks.flatMap(({ events }) => events);
  };
}

/** Turns islands into pages of events; see {@link createStartMarker}. */
export async function* pagesOf(
  islands: AsyncIterable<readonly Block[]>,
  starts: IslandStarts,
): AsyncGenerator<readonly LogEvent[]> {
  const toEvents = createStartMarker(starts);
  for await (const blocks of islands) yield toEvents(blocks);
}
