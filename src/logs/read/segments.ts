import type { LogEvent } from '../event.js';
import type { Chain } from './chain.js';

/** A part of the range for which nothing has been asked yet. */
export interface Unread {
  readonly kind: 'unread';
  startMs: number;
  endMs: number;
  /** Milliseconds of log time that a request covers hereabouts, as far as is known. */
  msPerRequest: number | undefined;
}

/** A part of the range that one chain reads. */
export interface Window {
  readonly kind: 'window';
  readonly chain: Chain;
  readonly startMs: number;
  /** Exclusive; moves back when the window turns out to be long, and on while nobody else reads what follows. */
  endMs: number;
  /** Read and not yet handed out, in order. */
  readonly pages: LogEvent[][];
  state: 'idle' | 'asking' | 'done';
  failure: { readonly error: unknown } | undefined;
  /** The last event read; undefined before the first. */
  lastEventMs: number | undefined;
  requests: number;
  /** Kept within its bound from the start: what it has looked through without finding anything is not asked again. */
  isSlice: boolean;
  emptyInARow: number;
  filledInARow: number;
}

/** The parts of a lane's range, in order and without gaps: what was handed out is gone from the front. */
export type Segment = Unread | Window;

/** Milliseconds of log time that nobody reads yet. */
export function unreadMs(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + (segment.kind === 'unread' ? segment.endMs - segment.startMs : 0), 0);
}

/** Takes out what has become empty. */
export function removeEmpty(segments: Segment[]): void {
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at];
    if (segment?.kind === 'unread' && segment.startMs >= segment.endMs) segments.splice(at, 1);
  }
}

/** A chain that has ended has seen that there is nothing between its position and its bound. */
export function dropEmpty(segments: Segment[], { chain }: Window): void {
  for (const segment of segments) {
    if (segment.kind !== 'unread' || segment.startMs < chain.positionMs || segment.endMs > chain.boundMs) continue;
    segment.endMs = Math.max(segment.startMs, Math.min(segment.endMs, chain.positionMs + 1));
  }
  removeEmpty(segments);
}

/** Milliseconds of log time that have not been read. */
export function leftMs(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => {
    if (segment.kind === 'unread') return sum + segment.endMs - segment.startMs;
    return segment.state === 'done' ? sum : sum + Math.max(0, segment.endMs - segment.chain.positionMs);
  }, 0);
}

/**
 * Hands a pace to what is cut next: to the unread part that follows at once, and to the next one at all where the
 * page reached that far. Without the latter, chains would crawl out of a burst in pieces as short as it was.
 */
export function teach(segments: readonly Segment[], at: number, lastMs: number | undefined, paceMs: number): void {
  const following = segments.findIndex((segment, index) => index > at && segment.kind === 'unread');
  const unread = segments[following];
  if (unread?.kind !== 'unread') return;
  if (following === at + 1 || (lastMs !== undefined && lastMs >= unread.startMs)) unread.msPerRequest = paceMs;
}

/**
 * A request that went past everything known to be read covered so much at least: what was learned in a burst no longer
 * holds behind it.
 */
export function teachAtLeast(segments: readonly Segment[], at: number, lastMs: number, coveredMs: number): void {
  const unread = segments.find((segment, index) => index > at && segment.kind === 'unread');
  if (unread?.kind !== 'unread' || unread.msPerRequest === undefined || lastMs < unread.startMs) return;
  unread.msPerRequest = Math.max(unread.msPerRequest, coveredMs);
}

/** Makes the end of a window unread again, for others to take. */
export function giveAway(segments: Segment[], window: Window, fromMs: number, msPerRequest: number | undefined): void {
  if (fromMs >= window.endMs) return;
  segments.splice(segments.indexOf(window) + 1, 0, {
    kind: 'unread',
    startMs: fromMs,
    endMs: window.endMs,
    msPerRequest,
  });
  window.endMs = fromMs;
}
