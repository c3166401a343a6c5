import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../logs/event.js';
import type { Neighbours } from '../../logs/read/neighbours.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Tail } from '../../logs/tail/tail-events.js';
import type { Block, ContextStage } from '../../shape/context.js';
import { toEventKey } from '../../shape/keys.js';
import type { ContextRequest, GrepRequest } from '../options/grep.js';
import { islandsAround } from '../reading/islands.js';

/** A tail, and what is to be shown of its past. */
export interface TailPast {
  readonly tail: Tail;
  readonly clients: readonly CloudWatchLogsClient[];
  readonly request: TailRequest;
  readonly grep: GrepRequest;
  readonly context: ContextRequest;
  readonly stage: ContextStage;
  readonly neighbours: Neighbours;
  readonly nowMs: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  readonly signal: AbortSignal;
  /** Told what has been read, which the tail may read again. */
  readonly remember: (events: readonly LogEvent[]) => void;
}

/** The newest events that were found, with what is around them; what has come since is left to the tail itself. */
export async function newestIslands({
  tail,
  neighbours,
  remember,
  ...past
}: TailPast): Promise<{ islands: AsyncGenerator<readonly Block[]>; isHit: (event: LogEvent) => boolean }> {
  const { fetchEventPages } = await import('../../logs/read/fetch-events.js');
  const { compareEvents } = await import('../../logs/read/merge.js');
  const { clients, request, grep, context, stage, nowMs, endMs, signal } = past;
  const hits: LogEvent[] = [];
  for await (const page of tail.history()) for (const event of page) hits.push(event);
  const ids = new Set(hits.map(toEventKey));
  const isHit = (event: LogEvent): boolean => ids.has(toEventKey(event));
  const [first] = hits;
  // Found as well, but older than as many as are wanted: it is there to be around them, as any other.
  const isOlder = (event: LogEvent): boolean => first !== undefined && compareEvents(event, first) < 0;
  const settled = (events: readonly LogEvent[]): LogEvent[] => {
    const known = events.filter((event) => isHit(event) || isOlder(event) || !grep.keepsUnfiltered(event));
    remember(known);
    return known;
  };
  const islands = islandsAround(once(hits), {
    context,
    stage,
    neighbours: {
      before: async (event, count) => settled(await neighbours.before(event, count)),
      after: (event, count) => mapped(neighbours.after(event, count), settled),
    },
    isHit,
    readAll: (startMs, toMs) => {
      const everything = { ...request, ...tail.readable, filterPattern: undefined, take: undefined };
      return mapped(fetchEventPages(clients, { ...everything, startMs, endMs: toMs }, { signal, nowMs }), settled);
    },
    endMs,
    goesOn: true,
  });
  return { islands, isHit };
}

async function* once(events: readonly LogEvent[]): AsyncGenerator<readonly LogEvent[]> {
  yield events;
}

async function* mapped<Page>(
  pages: AsyncGenerator<Page>,
  map: (page: Page) => LogEvent[],
): AsyncGenerator<readonly LogEvent[]> {
  for await (const page of pages) yield map(page);
}
