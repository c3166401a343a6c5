import { setMaxListeners } from 'node:events';
import type { LogEvent } from '../event.js';
import { createChain, type Survive } from './chain.js';
import type { EventPage } from './filter-events.js';
import { emptyPagesToSlice, isSparse, learn } from './lesson.js';
import { countPage, type Monitor } from './monitor.js';
import { isLong, nextSliceMs, pieceMs, sliceMs } from './pace.js';
import { bytesOf } from './page-size.js';
import {
  dropEmpty,
  giveAway,
  leftMs,
  removeEmpty,
  type Segment,
  teach,
  teachAtLeast,
  type Unread,
  unreadMs,
  type Window,
} from './segments.js';

/** A request that could be made now. */
interface Candidate {
  /** Where in time it reads: the earliest goes first. */
  readonly positionMs: number;
  /** What comes out next waits for it. */
  readonly isHead: boolean;
  ask(): Promise<void>;
}

/** One input, read by several chains at once and handed out in order. */
export interface Lane {
  /** The earliest request that could be made now. */
  candidate(): Candidate | undefined;
  /** Whether the consumer waits for the head. */
  readonly waiting: boolean;
  readonly bufferedBytes: number;
  /** Milliseconds of log time that have not been read. */
  leftMs(): number;
  /** The pages in order; ends all chains when it is abandoned. */
  pages(): AsyncGenerator<LogEvent[]>;
}

/** How a lane is read. */
export interface LaneOptions {
  readonly concurrency: number;
  readonly monitor: Monitor;
  readonly survive?: Survive | undefined;
  /** Ends the lane from outside: another one it is merged with has failed or been left. */
  readonly signal?: AbortSignal | undefined;
  /** Told whenever a request may have become possible. */
  readonly onChange: () => void;
}

/** Makes the lane of one input. */
export function createLane(
  readPages: (startMs: number, endMs: number, signal: AbortSignal) => AsyncGenerator<EventPage>,
  range: { readonly startMs: number; readonly endMs: number },
  { concurrency, monitor, survive, signal, onChange }: LaneOptions,
): Lane {
  const segments: Segment[] = [{ kind: 'unread', ...range, msPerRequest: undefined }];
  /** Requests come back empty: nothing tells how far they got, so they are kept within small slices. */
  let sparse = false;
  /** How long the next of those slices is. */
  let slice = sliceMs(range, concurrency);
  let waiting = false;
  let bufferedBytes = 0;
  let wake = (): void => {};
  const abandoned = new AbortController();
  // Each request in flight listens twice; Node would take more than ten for a leak.
  setMaxListeners(0, abandoned.signal);
  const stop = (): void => {
    abandoned.abort();
    wake();
  };
  signal?.addEventListener('abort', stop, { once: true });

  function readBounded(startMs: number, endMs: number): AsyncGenerator<EventPage> {
    return readPages(startMs, endMs, abandoned.signal);
  }

  function lengthMs({ startMs, endMs, msPerRequest }: Unread): number {
    // Towards the end of the range they shrink, so that all chains end together.
    if (sparse)
      return Math.min(slice, Math.max(sliceMs(range, concurrency), Math.ceil(unreadMs(segments) / concurrency)));
    if (msPerRequest === undefined) return endMs - startMs;
    return pieceMs({ unreadMs: unreadMs(segments), msPerRequest, concurrency });
  }

  function open(unread: Unread): Window {
    const endMs = Math.min(unread.endMs, unread.startMs + lengthMs(unread));
    // While pages are full a chain may run on past its window's end: it stops at the first event there, and no empty
    // last page is read. While they are empty nothing would stop it but the bound itself.
    const chain = createChain(readBounded, unread.startMs, sparse ? endMs : range.endMs, survive);
    const window: Window = {
      kind: 'window',
      chain,
      startMs: unread.startMs,
      endMs,
      pages: [],
      state: 'idle',
      failure: undefined,
      lastEventMs: undefined,
      requests: 0,
      isSlice: sparse,
      emptyInARow: 0,
      filledInARow: 0,
    };
    monitor.windows += 1;
    segments.splice(segments.indexOf(unread), 0, window);
    unread.startMs = endMs;
    removeEmpty(segments);
    return window;
  }

  async function ask(window: Window): Promise<void> {
    window.state = 'asking';
    try {
      await settle(window, await window.chain.next());
      // Only now: a chain that is being bound anew must not be asked meanwhile.
      if (window.state === 'asking') window.state = 'idle';
    } catch (error) {
      window.failure = { error };
      window.state = 'done';
    }
    wake();
    onChange();
  }

  async function settle(window: Window, page: EventPage): Promise<void> {
    const { events, last } = page;
    countPage(monitor, page);
    const fromMs = window.lastEventMs ?? window.startMs;
    const paceMs = learn(window, events);
    sparse = concurrency > 1 && isSparse(window, sparse);
    runOn(window, fromMs, events.at(-1)?.timestamp, paceMs);
    const lastMs = events.at(-1)?.timestamp ?? Number.NEGATIVE_INFINITY;
    const kept = lastMs < window.endMs ? events : events.filter(({ timestamp }) => timestamp < window.endMs);
    if (kept.length > 0) {
      window.pages.push(kept);
      bufferedBytes += bytesOf(kept);
    }
    if (last) dropEmpty(segments, window);
    if (last && sparse && concurrency > 1)
      slice = nextSliceMs(window.endMs - window.startMs, window.requests, range, concurrency);
    if (last || lastMs >= window.endMs) {
      window.state = 'done';
      await window.chain.close();
    } else {
      await cut(window, paceMs);
    }
  }

  /** Lets a chain that has come to its window's end go on, where nobody reads what follows: no request is wasted. */
  function runOn(window: Window, fromMs: number, lastMs: number | undefined, paceMs: number | undefined): void {
    const at = segments.indexOf(window);
    if (paceMs !== undefined) teach(segments, at, lastMs, paceMs);
    else if (lastMs !== undefined) teachAtLeast(segments, at, lastMs, lastMs - fromMs);
    for (let next = segments[at + 1]; next?.kind === 'unread'; next = segments[at + 1]) {
      if (lastMs === undefined || lastMs < window.endMs) return;
      const endMs = Math.min(next.endMs, window.chain.boundMs, Math.max(lastMs + 1, next.startMs + lengthMs(next)));
      if (endMs <= window.endMs) return;
      window.endMs = endMs;
      next.startMs = endMs;
      removeEmpty(segments);
    }
  }

  /** Gives away what is left of a window beyond one piece. */
  async function cut(window: Window, paceMs: number | undefined): Promise<void> {
    if (concurrency === 1) return;
    const { chain } = window;
    const leftMs = window.endMs - chain.positionMs;
    if (sparse) {
      // It would run on to its bound through what others read, for as long as its pages are empty.
      if (window.emptyInARow < emptyPagesToSlice || window.isSlice) return;
      window.isSlice = true;
      giveAway(segments, window, chain.positionMs + slice, undefined);
      await chain.rebind(window.endMs);
    } else if (paceMs !== undefined) {
      const piece = pieceMs({ unreadMs: unreadMs(segments) + leftMs, msPerRequest: paceMs, concurrency });
      if (isLong(leftMs, piece)) giveAway(segments, window, chain.positionMs + piece, paceMs);
    }
  }

  return {
    candidate() {
      if (abandoned.signal.aborted) return undefined;
      for (const segment of segments) {
        const isHead = segment === segments[0];
        if (segment.kind === 'window') {
          // What lies behind is never handed out. Requests that fail at once would follow each other without an end.
          if (segment.failure !== undefined) return undefined;
          if (segment.state === 'idle')
            return { positionMs: segment.chain.positionMs, isHead, ask: () => ask(segment) };
        } else if (isHead || segment.msPerRequest !== undefined || sparse) {
          return { positionMs: segment.startMs, isHead, ask: () => ask(open(segment)) };
        }
      }
      return undefined;
    },
    get waiting() {
      return waiting;
    },
    get bufferedBytes() {
      return bufferedBytes;
    },
    leftMs: () => leftMs(segments),
    async *pages() {
      try {
        for (let head = segments[0]; head !== undefined && !abandoned.signal.aborted; head = segments[0]) {
          const page = head.kind === 'window' ? head.pages.shift() : undefined;
          if (page !== undefined) {
            bufferedBytes -= bytesOf(page);
            onChange();
            yield page;
          } else if (head.kind === 'window' && head.state === 'done') {
            if (head.failure !== undefined) throw head.failure.error;
            segments.shift();
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
              waiting = true;
              onChange();
            });
            waiting = false;
          }
        }
      } finally {
        signal?.removeEventListener('abort', stop);
        abandoned.abort();
        await Promise.all(segments.map((segment) => (segment.kind === 'window' ? segment.chain.close() : undefined)));
      }
    },
  };
}
