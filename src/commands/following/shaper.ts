import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { Neighbours } from '../../logs/read/neighbours.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Tail } from '../../logs/tail/tail-events.js';
import { type Block, createContext } from '../../shape/context.js';
import { type Cut, createEnding, type EndingRules } from '../../shape/ending.js';
import { toEventKey } from '../../shape/keys.js';
import { createJoin } from '../../shape/multiline.js';
import type { ContextRequest, GrepRequest } from '../options/grep.js';
import { createStartMarker, type IslandStarts } from '../reading/islands.js';
import { readSelected } from '../reading/selected-pages.js';
import { newestIslands } from './past-islands.js';
import { withTicks } from './ticks.js';

/** What is shown of a page. */
export interface Shaped {
  readonly events: readonly LogEvent[];
  /** How many of them were found; the others are around those. */
  readonly hits: number;
  readonly ended?: Cut['ended'];
}

/** Makes of what a tail reads what it shows. */
export interface Shaper {
  /** What there was at first. */
  history(): AsyncGenerator<Shaped>;
  /** Pages, and undefined now and then while none comes, where something may be held back. */
  paced(pages: AsyncGenerator<LogEvent[]>): AsyncGenerator<LogEvent[] | undefined>;
  shape(page: readonly LogEvent[] | undefined): Promise<Shaped>;
  /** What is held back, at the end. */
  flush(): Promise<Shaped>;
}

/** A tail that has been opened, and what is to be made of it. */
export interface ShapedTail {
  readonly tail: Tail;
  readonly clients: readonly CloudWatchLogsClient[];
  /** As it was asked for, before the tail was opened. */
  readonly request: TailRequest;
  readonly grep: GrepRequest;
  readonly rules: EndingRules;
  readonly starts: IslandStarts;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** What a tail asks the service for: all there is, where more is shown than what is sought. */
export function toOpened(request: TailRequest, { context, isFirst }: GrepRequest): TailRequest {
  const filterPattern = context === undefined ? request.filterPattern : undefined;
  // Records are joined forwards: the newest of them are read on their own.
  const from = isFirst !== undefined && request.from.kind === 'newest' ? noneOfThePast : request.from;
  return { ...request, filterPattern, from };
}

const noneOfThePast = { kind: 'newest', count: 0 } as const;

/** A record that has not grown for so long, or twice that, has ended. */
const tickMs = 1_500;
/** The newest events are looked for no further back. */
const historyMs = 24 * 3_600_000;
/** What was ingested before this can no longer come anew. */
const pastMs = 10 * 60_000;

/** Makes the shaper of one tail. */
export async function createShaper(shaped: ShapedTail): Promise<Shaper> {
  const { tail, clients, request, grep, starts, nowMs, signal } = shaped;
  const { context, isFirst } = grep;
  const cut = createEnding(shaped.rules);
  const join = isFirst === undefined ? undefined : createJoin({ isFirst });
  const range = { startMs: nowMs - historyMs, endMs: nowMs + 1, unmask: request.unmask };
  const around = context === undefined ? undefined : await createAround(context, clients, range, starts, signal);
  const past = createPast(nowMs);

  const select = (events: readonly LogEvent[]): Shaped => {
    const cutOff = cut(grep.keeps === undefined ? events : events.filter(grep.keeps));
    return { ...cutOff, hits: cutOff.events.length };
  };
  const shapeRecords = (records: readonly LogEvent[]): Promise<Shaped> | Shaped =>
    around === undefined ? select(records) : surround(records, around, { shaped, cut, past });
  const shape = async (page: readonly LogEvent[] | undefined): Promise<Shaped> => {
    const events = page?.filter(past.isNew) ?? [];
    if (join === undefined) return shapeRecords(events);
    if (page === undefined) join.tick();
    for (const event of events) join.push(event);
    return shapeRecords(join.take());
  };

  return {
    async *history() {
      const { from } = request;
      if (from.kind === 'newest' && join !== undefined) {
        if (from.count > 0)
          for await (const records of newestRecords(from.count, range, shaped, past)) yield select(records);
      } else if (from.kind === 'newest' && around !== undefined) {
        yield* pastIslands(around, range.endMs, { shaped, cut, past });
      } else for await (const page of tail.history()) yield await shape(page);
    },
    paced: (pages) => (join === undefined ? pages : withTicks(pages, tickMs, signal)),
    shape,
    flush: async () => shapeRecords(join?.flush() ?? []),
  };
}

/** What has been read for the history, which the tail may read again. */
interface Past {
  remember(events: Iterable<LogEvent>): void;
  isNew(event: LogEvent): boolean;
}

function createPast(nowMs: number): Past {
  const keys = new Set<string>();
  return {
    remember(events) {
      for (const event of events) if (event.ingestionTime >= nowMs - pastMs) keys.add(toEventKey(event));
    },
    isNew: (event) => keys.size === 0 || !keys.has(toEventKey(event)),
  };
}

/** What everything that is made of one tail has in common. */
interface Shaping {
  readonly shaped: ShapedTail;
  readonly cut: ReturnType<typeof createEnding>;
  readonly past: Past;
}

/** Shows of what comes what was found, and what stands around it. */
async function surround(
  events: readonly LogEvent[],
  { context, stage, neighbours, toEvents }: Around,
  { shaped: { request, grep, nowMs, signal }, cut, past }: Shaping,
): Promise<Shaped> {
  const leavesPast = request.from.kind === 'newest';
  let hits = 0;
  for (const event of events) {
    const found = grep.keepsUnfiltered(event);
    // The tail looks through the last minutes again: what it meets there is not behind what was found.
    if (!found && leavesPast && event.ingestionTime < nowMs) continue;
    if (found && !stage.knowsBefore(event)) {
      stage.prime(event, (await olderOf(event, neighbours, context.before, signal)).filter(past.isNew));
    }
    stage.push(event, found);
    if (!found) continue;
    hits += 1;
    const { ended } = cut([event]);
    if (ended !== undefined) return { events: toEvents(stage.flush()), hits, ended };
  }
  return { events: toEvents(stage.take()), hits };
}

async function olderOf(
  event: LogEvent,
  neighbours: Neighbours,
  count: number,
  signal: AbortSignal,
): Promise<readonly LogEvent[]> {
  try {
    return await neighbours.before(event, count);
  } catch (error) {
    // What was found is not kept back, nor the tail ended, for what is before it.
    if (!(error instanceof ServiceError || signal.aborted)) throw error;
    return [];
  }
}

/** The part of the past in which newest events are looked for. */
type PastRange = Parameters<typeof createAround>[2];

async function* newestRecords(
  count: number,
  range: PastRange,
  { tail, clients, grep, starts, nowMs, signal }: ShapedTail,
  { remember }: Past,
): AsyncGenerator<readonly LogEvent[]> {
  const take = { from: 'end', count } as const;
  const asked = { ...range, ...tail.readable, filterPattern: undefined, take };
  const keeps = (event: LogEvent): boolean => {
    remember([event]);
    return true;
  };
  yield* await readSelected(clients, asked, { ...grep, context: undefined }, { signal, nowMs, keeps }, starts);
}

async function* pastIslands(
  { toEvents, ...given }: Around,
  endMs: number,
  { shaped, cut, past: { remember } }: Shaping,
): AsyncGenerator<Shaped> {
  const { islands, isHit } = await newestIslands({ ...shaped, ...given, endMs, remember });
  for await (const blocks of islands) {
    const events = toEvents(blocks);
    let hits = 0;
    for (const [at, event] of events.entries()) {
      if (!isHit(event)) continue;
      hits += 1;
      const { ended } = cut([event]);
      if (ended !== undefined) return yield { events: events.slice(0, at + 1), hits, ended };
    }
    yield { events, hits };
  }
}

interface Around {
  readonly context: ContextRequest;
  readonly stage: ReturnType<typeof createContext>;
  readonly neighbours: Neighbours;
  readonly toEvents: (blocks: readonly Block[]) => readonly LogEvent[];
}

async function createAround(
  context: ContextRequest,
  clients: readonly CloudWatchLogsClient[],
  range: { readonly startMs: number; readonly endMs: number; readonly unmask: boolean },
  starts: IslandStarts,
  signal: AbortSignal,
): Promise<Around> {
  const { createNeighbours } = await import('../../logs/read/neighbours.js');
  const neighbours = await createNeighbours(clients, range, { signal });
  // Nothing waits: a line of another stream begins a new island.
  const stage = createContext({ ...context, maxHeldBytes: 0 });
  return { context, stage, neighbours, toEvents: createStartMarker(starts) };
}
