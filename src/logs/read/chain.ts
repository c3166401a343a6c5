import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { nameOf } from '../../errors.js';
import { causeOf } from '../../failures.js';
import type { LogEvent } from '../event.js';
import { type EventPage, type FilterRequest, filterEventPages, type ReadOptions } from './filter-events.js';

/** Reads the pages of `[startMs, endMs)`; see `filterEventPages`. */
export type ReadPages = (startMs: number, endMs: number) => AsyncGenerator<EventPage>;

/** One chain of pages; it starts anew from where it stands when its token is refused. */
export interface Chain {
  /** Exclusive; what the requests under way end at. */
  readonly boundMs: number;
  /** The timestamp of the last event read: every event before it has been read. */
  readonly positionMs: number;
  /** The next page, without events that were read before. */
  next(): Promise<EventPage>;
  /** Asks anew from the position on, up to another bound. */
  rebind(boundMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Asked when a request has failed for good; resolves to true when the chain may go on. */
export type Survive = (error: unknown) => Promise<boolean>;

/** A refused token is asked for anew so often without progress in between. */
const maxRestarts = 10;

/** Makes a chain over `[startMs, boundMs)`; no request is made before the first `next`. */
export function createChain(readPages: ReadPages, startMs: number, boundMs: number, survive?: Survive): Chain {
  let pages = readPages(startMs, boundMs);
  let positionMs = startMs;
  /** The events read at exactly the position: a restart meets them again. */
  let idsAtPosition = new Set<string>();
  let restarted = false;
  let fruitless = 0;

  const restart = async (): Promise<void> => {
    await pages.return(undefined);
    pages = readPages(positionMs, boundMs);
    restarted = true;
  };
  const take = (received: LogEvent[]): LogEvent[] => {
    const known = idsAtPosition;
    const events = restarted ? received.filter(({ eventId }) => !known.has(eventId)) : received;
    const last = events.at(-1);
    if (last === undefined) return events;
    if (last.timestamp !== positionMs) idsAtPosition = new Set();
    positionMs = last.timestamp;
    for (let at = events.length - 1; events[at]?.timestamp === positionMs; at--) {
      idsAtPosition.add(events[at]?.eventId ?? '');
    }
    fruitless = 0;
    return events;
  };

  return {
    get boundMs() {
      return boundMs;
    },
    get positionMs() {
      return positionMs;
    },
    async next() {
      for (;;) {
        try {
          const page = await pages.next();
          if (page.done === true) throw new Error('a chain of pages was asked on after its end');
          return { events: take(page.value.events), last: page.value.last };
        } catch (error) {
          if (isTokenRefused(error)) fruitless += 1;
          else if ((await survive?.(error)) !== true) throw error;
          if (fruitless > maxRestarts) throw error;
          await restart();
        }
      }
    },
    async rebind(newBoundMs) {
      boundMs = newBoundMs;
      await restart();
    },
    async close() {
      await pages.return(undefined);
    },
  };
}

/** How the pages of one request are read through refusals. */
export interface SteadyOptions extends ReadOptions {
  readonly survive?: Survive | undefined;
}

/** Reads the pages of one request to their end, in either direction; a refused token is asked for anew. */
export async function* steadyPages(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  { signal, survive }: SteadyOptions,
): AsyncGenerator<EventPage> {
  const { startMs, endMs, newestFirst = false } = request;
  // Newest first, what is left lies before the position.
  const chain = newestFirst
    ? createChain(
        (fromMs) => filterEventPages(client, { ...request, endMs: fromMs + 1 }, { signal }),
        endMs - 1,
        startMs,
        survive,
      )
    : createChain(
        (fromMs) => filterEventPages(client, { ...request, startMs: fromMs }, { signal }),
        startMs,
        endMs,
        survive,
      );
  try {
    for (let last = false; !last; ) {
      const page = await chain.next();
      yield page;
      last = page.last;
    }
  } finally {
    await chain.close();
  }
}

/** Whether the service no longer takes a page token: they expire, and some have been refused before that. */
export function isTokenRefused(error: unknown): boolean {
  if (error instanceof Error && error.name === 'RepeatedTokenError') return true;
  const cause = causeOf(error);
  return nameOf(cause) === 'InvalidParameterException' && cause instanceof Error && /token/i.test(cause.message);
}
