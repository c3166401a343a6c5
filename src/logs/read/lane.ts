import type { LogEvent } from '../event.js';
import { type Chain, createChain, type Survive } from './chain.js';
import type { EventPage } from './filter-events.js';
import { countPage, type Monitor } from './monitor.js';
import { isLong, pieceMs, sliceMs } from './pace.js';

/** A part of the range for which nothing has been asked yet. */
interface Unread {
  readonly kind: 'unread';
  startMs: number;
  endMs: number;
  /** Milliseconds of log time that a request covers hereabouts, as far as is known. */
  msPerRequest: number | undefined;
}

/** A part of the range that one chain reads. */
interface Window {
  readonly kind: 'window';
  readonly chain: Chain;
  /** Exclusive; moves back when the window turns out to be long, and on while nobody else reads what follows. */
  endMs: number;
  /** Read and not yet handed out, in order. */
  readonly pages: LogEvent[][];
  state: 'idle' | 'asking' | 'done';
  failure: { readonly error: unknown } | undefined;
  /** Where in time the requests since the last event began. */
  askedFromMs: number;
  emptyInARow: number;
  filledInARow: number;
}

type Segment = Unread | Window;

/** A request that could be made now. */
export interface Candidate {
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
  /** Told whenever a request may have become possible. */
  readonly onChange: () => void;
}

/** So many empty pages in a row are taken for a filter that matches rarely, so many with events for the end of that. */
const emptyPagesToSlice = 2;
const filledPagesToRunOn = 2;

/** Makes the lane of one input. */
export function createLane(
  readPages: (startMs: number, endMs: number, signal: AbortSignal) => AsyncGenerator<EventPage>,
  range: { readonly startMs: number; readonly endMs: number },
  { concurrency, monitor, survive, onChange }: LaneOptions,
): Lane {
  const segments: Segment[] = [{ kind: 'unread', ...range, msPerRequest: undefined }];
  /** Requests come back empty: nothing tells how far they got, so they are kept within small slices. */
  let sparse = false;
  let waiting = false;
  let bufferedBytes = 0;
  let wake = (): void => {};
  const abandoned = new AbortController();

  function readBounded(startMs: number, endMs: number): AsyncGenerator<EventPage> {
    return readPages(startMs, endMs, abandoned.signal);
  }

  function lengthMs(unread: Unread): number {
    const { startMs, endMs, msPerRequest } = unread;
    if (msPerRequest !== undefined) return pieceMs({ unreadMs: unreadMs(segments), msPerRequest, concurrency });
    return sparse ? sliceMs(endMs - startMs, concurrency) : endMs - startMs;
  }

  function open(unread: Unread): Window {
    const endMs = Math.min(unread.endMs, unread.startMs + lengthMs(unread));
    // While pages are full a chain may run on past its window's end: it stops at the first event there, and no empty
    // last page is read. While they are empty nothing would stop it but the bound itself.
    const chain = createChain(readBounded, unread.startMs, sparse ? endMs : range.endMs, survive);
    const window: Window = {
      kind: 'window',
      chain,
      endMs,
      pages: [],
      state: 'idle',
      failure: undefined,
      askedFromMs: unread.startMs,
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
      const page = await window.chain.next();
      window.state = 'idle';
      await settle(window, page);
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
    const paceMs = observe(window, events);
    runOn(window, events.at(-1)?.timestamp, paceMs);
    const lastMs = events.at(-1)?.timestamp ?? Number.NEGATIVE_INFINITY;
    const kept = lastMs < window.endMs ? events : events.filter(({ timestamp }) => timestamp < window.endMs);
    if (kept.length > 0) {
      window.pages.push(kept);
      bufferedBytes += bytesOf(kept);
    }
    if (last) dropEmpty(segments, window);
    if (last || lastMs >= window.endMs) {
      window.state = 'done';
      await window.chain.close();
    } else {
      await cut(window, paceMs);
    }
  }

  /** Learns from a page how much log time a request covers here; undefined while nothing is known. */
  function observe(window: Window, events: readonly LogEvent[]): number | undefined {
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) {
      window.emptyInARow += 1;
      window.filledInARow = 0;
      if (window.emptyInARow >= emptyPagesToSlice && concurrency > 1) sparse = true;
      return undefined;
    }
    const requests = window.emptyInARow + 1;
    const coveredMs =
      requests > 1 || events.length === 1 ? last.timestamp - window.askedFromMs : last.timestamp - first.timestamp;
    window.askedFromMs = last.timestamp;
    window.emptyInARow = 0;
    window.filledInARow += 1;
    if (window.filledInARow >= filledPagesToRunOn) sparse = false;
    return Math.max(1, coveredMs / requests);
  }

  /** Lets a chain that has come to its window's end go on, where nobody reads what follows: no request is wasted. */
  function runOn(window: Window, lastMs: number | undefined, paceMs: number | undefined): void {
    const at = segments.indexOf(window);
    for (let next = segments[at + 1]; next?.kind === 'unread'; next = segments[at + 1]) {
      next.msPerRequest = paceMs ?? next.msPerRequest;
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
    const { positionMs } = window.chain;
    const runsOn = window.chain.boundMs > window.endMs;
    const stray = sparse && runsOn && window.emptyInARow >= emptyPagesToSlice;
    const pieceLengthMs =
      paceMs !== undefined
        ? pieceMs({ unreadMs: unreadMs(segments) + window.endMs - positionMs, msPerRequest: paceMs, concurrency })
        : stray
          ? sliceMs(window.endMs - positionMs, concurrency)
          : undefined;
    if (pieceLengthMs === undefined) return;
    const endMs = positionMs + pieceLengthMs;
    if (stray || isLong(window.endMs - positionMs, pieceLengthMs)) {
      if (endMs < window.endMs) {
        segments.splice(segments.indexOf(window) + 1, 0, {
          kind: 'unread',
          startMs: endMs,
          endMs: window.endMs,
          msPerRequest: paceMs,
        });
        window.endMs = endMs;
      }
      if (sparse) await window.chain.rebind(window.endMs);
    }
  }

  return {
    candidate() {
      if (abandoned.signal.aborted) return undefined;
      for (const segment of segments) {
        const isHead = segment === segments[0];
        if (segment.kind === 'window') {
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
    leftMs() {
      return segments.reduce((sum, segment) => {
        if (segment.kind === 'unread') return sum + segment.endMs - segment.startMs;
        return segment.state === 'done' ? sum : sum + Math.max(0, segment.endMs - segment.chain.positionMs);
      }, 0);
    },
    async *pages() {
      try {
        for (let head = segments[0]; head !== undefined; head = segments[0]) {
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
        abandoned.abort();
        await Promise.all(segments.map((segment) => (segment.kind === 'window' ? segment.chain.close() : undefined)));
      }
    },
  };
}

function unreadMs(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + (segment.kind === 'unread' ? segment.endMs - segment.startMs : 0), 0);
}

function removeEmpty(segments: Segment[]): void {
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at];
    if (segment?.kind === 'unread' && segment.startMs >= segment.endMs) segments.splice(at, 1);
  }
}

/** A chain that has ended has seen that there is nothing between its position and its bound. */
function dropEmpty(segments: Segment[], { chain }: Window): void {
  for (const segment of segments) {
    if (segment.kind !== 'unread' || segment.startMs < chain.positionMs || segment.endMs > chain.boundMs) continue;
    segment.endMs = Math.max(segment.startMs, Math.min(segment.endMs, chain.positionMs + 1));
  }
  removeEmpty(segments);
}

/** What an event takes in memory besides its text, roughly. */
const eventOverheadBytes = 300;

function bytesOf(events: readonly LogEvent[]): number {
  let bytes = events.length * eventOverheadBytes;
  for (const { message } of events) bytes += message.length;
  return bytes;
}
