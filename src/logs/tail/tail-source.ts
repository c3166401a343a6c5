import type { LogEvent } from '../event.js';
import { type Chain, createChain, type ReadPages } from '../read/chain.js';
import { isFull } from '../read/page-size.js';
import type { Clock } from './clock.js';
import { type Floor, isShown } from './floor.js';
import {
  clampTo,
  forgetBeforeMs,
  maxOverlapMs,
  minOverlapMs,
  pollRange,
  readOut,
  readTo,
  sweepStartMs,
  sweptOut,
  type TailPosition,
} from './position.js';
import type { SeenIds } from './seen-ids.js';

/** One log group, or a batch of its streams, that is followed by polling. */
export interface TailSource {
  /** The group as it was asked for. */
  readonly logGroup: string;
  /**
   * Asks once for what is new, further while full pages come, and then sweeps the grace window where that is due,
   * piece by piece until that much has elapsed on the clock. Yields events that were not yielded before, ordered within a page.
   */
  turn(untilMs: number): AsyncGenerator<LogEvent[]>;
  /** Reads all that may hold something new, to its end. */
  lastLook(): AsyncGenerator<LogEvent[]>;
  /** Nothing from before this, in milliseconds since the epoch, will be read again. */
  forgetsBeforeMs(): number;
  /** After a failure: the next turn polls anew from the position; a sweep goes on where it stood. */
  abandon(): Promise<void>;
  /** How many event ids are remembered. */
  readonly heldIds: number;
}

/** What a source has read before it is followed. */
export interface TailStart {
  readonly position: TailPosition;
  readonly floor: Floor;
  readonly seen: SeenIds;
}

/** How a source is followed. */
export interface TailPace {
  /** How late an event may arrive and still be found. */
  readonly graceMs: number;
  /** The time from one sweep to the next. */
  readonly sweepMs: number;
  readonly clock: Clock;
  /** Told once when a sweep takes so long that late events are found later than promised. */
  readonly onSlowSweep?: ((durationMs: number) => void) | undefined;
  /** Told once when events come faster than they can be read, and how old those are that come out. */
  readonly onBehind?: ((lagMs: number) => void) | undefined;
}

/** A sweep of so few pages is not worth requests of its own: a poll reads the grace window as well. */
const maxSharedPages = 3;
/** A poll that begins this long ago has something to catch up with and does not wait between its pages. */
const behindMs = 30_000;
/** New events that are older than this, though it was asked just before, may well be followed by newer ones. */
const staleMs = 3_000;
/** About so many events fill as many pages. */
const maxSharedEvents = 6_000;
/** Sweeps may fall so many times their interval behind before it is said. */
const slowSweeps = 3;
/** About so many events are read again by each poll, where they come thick. */
const overlapEvents = 1_000;

/** Makes what follows one source from a start on. */
export function createTailSource(logGroup: string, read: ReadPages, start: TailStart, pace: TailPace): TailSource {
  const { floor, seen } = start;
  const { graceMs, sweepMs, clock } = pace;
  let position = start.position;
  let poll: Reading | undefined;
  let sweep: Reading | undefined;
  /** The last poll that began: sweeps leave to it what lies past its start. */
  let lastPoll = { startMs: position.newestMs, begunMs: position.sweptMs };
  let sweepDueMs = clock.elapsed() + sweepMs;
  let sweepPages: number | undefined;
  let saidSlow = false;
  let saidBehind = false;
  let behindSinceMs: number | undefined;
  const createdMs = clock.elapsed();
  let askedMs = createdMs;

  const isShared = (): boolean => {
    if (sweepPages !== undefined) return sweepPages <= maxSharedPages;
    const share = Math.min(1, Math.max(1, clock.elapsed() - createdMs) / graceMs);
    return seen.size / share <= maxSharedEvents;
  };
  const beginPoll = (): Reading => {
    const nowMs = clock.now();
    position = clampTo(position, nowMs);
    const reachMs = seen.reachMs(position.newestMs, overlapEvents);
    const overlapMs = Math.min(maxOverlapMs, Math.max(minOverlapMs, reachMs));
    const range = pollRange(position, overlapMs, nowMs);
    const openedMs = clock.elapsed();
    const sweeps = sweep === undefined && openedMs >= sweepDueMs && isShared();
    const startMs = sweeps ? Math.min(range.startMs, sweepStartMs(position, graceMs, nowMs)) : range.startMs;
    if (sweeps) sweepDueMs = openedMs + sweepMs;
    lastPoll = { startMs, begunMs: nowMs };
    return { chain: createChain(read, startMs, range.endMs), startMs, begunMs: nowMs, openedMs, sweeps, pages: 0 };
  };
  const beginSweep = (): Reading | undefined => {
    const openedMs = clock.elapsed();
    sweepDueMs = openedMs + sweepMs;
    const { startMs: endMs, begunMs } = lastPoll;
    const startMs = sweepStartMs(position, graceMs, clock.now());
    // After a long gap the poll itself begins before all that a sweep would look at.
    if (startMs < endMs) {
      return { chain: createChain(read, startMs, endMs), startMs, begunMs, openedMs, sweeps: true, pages: 0 };
    }
    position = sweptOut(position, begunMs);
    return undefined;
  };
  const finishSweep = ({ begunMs, openedMs, pages }: Reading): void => {
    position = sweptOut(position, begunMs);
    sweepPages = pages;
    if (clock.elapsed() - openedMs <= slowSweeps * sweepMs) saidSlow = false;
  };
  const endPoll = (ended: Reading): void => {
    poll = undefined;
    position = readOut(position, ended.begunMs);
    if (ended.sweeps) finishSweep(ended);
  };
  const admit = (events: readonly LogEvent[]): LogEvent[] => {
    const fresh = events.filter((event) => isShown(event, floor) && seen.add(event));
    seen.forgetBefore(forgetBeforeMs(position, graceMs, clock.now()));
    return fresh;
  };

  const sayIfSlow = ({ openedMs }: Reading): void => {
    const durationMs = clock.elapsed() - openedMs;
    if (saidSlow || durationMs <= slowSweeps * sweepMs) return;
    saidSlow = true;
    pace.onSlowSweep?.(durationMs);
  };
  /** Says once that a source brings more than can be read; what an outage left is caught up with before that. */
  const sayIfBehind = (lagMs: number): void => {
    if (lagMs <= behindMs) behindSinceMs = undefined;
    else behindSinceMs ??= clock.elapsed();
    const isLasting = behindSinceMs !== undefined && clock.elapsed() - behindSinceMs > behindMs;
    if (isLasting && !saidBehind) pace.onBehind?.(lagMs);
    saidBehind = isLasting;
  };

  async function* pollOn(untilMs: number): AsyncGenerator<LogEvent[]> {
    for (;;) {
      poll ??= beginPoll();
      const current = poll;
      const sinceMs = clock.elapsed() - askedMs;
      const { events, last } = await current.chain.next();
      askedMs = clock.elapsed();
      current.pages += 1;
      const readMs = events.at(-1)?.timestamp ?? current.startMs;
      const nowMs = clock.now();
      position = readTo(position, readMs, nowMs);
      // What was there when it began lies behind it; going on with new events it might never come to an end.
      const done = last || (readMs >= current.begunMs && readMs <= nowMs);
      if (done) endPoll(current);
      const fresh = admit(events);
      if (fresh.length > 0) yield fresh;
      const isBehind = nowMs - current.startMs > behindMs || (fresh.length > 0 && nowMs - readMs > staleMs + sinceMs);
      sayIfBehind(isFull(events) ? nowMs - readMs : 0);
      // Between its pages the sweep has its turn.
      if ((!isFull(events) && (done || !isBehind)) || clock.elapsed() >= untilMs) return;
    }
  }
  async function* sweepOn(untilMs: number): AsyncGenerator<LogEvent[]> {
    if (sweep === undefined && (clock.elapsed() < sweepDueMs || isShared())) return;
    sweep ??= beginSweep();
    while (sweep !== undefined) {
      const current: Reading = sweep;
      const { events, last } = await current.chain.next();
      current.pages += 1;
      sayIfSlow(current);
      if (last) {
        sweep = undefined;
        finishSweep(current);
      }
      const fresh = admit(events);
      if (fresh.length > 0) yield fresh;
      if (clock.elapsed() >= untilMs) return;
    }
  }

  return {
    logGroup,
    async *turn(untilMs) {
      yield* pollOn(untilMs);
      yield* sweepOn(untilMs);
    },
    async *lastLook() {
      const nowMs = clock.now();
      const { startMs, endMs } = pollRange(position, maxOverlapMs, nowMs);
      const chain = createChain(read, Math.min(startMs, sweepStartMs(position, graceMs, nowMs)), endMs);
      for (let ended = false; !ended; ) {
        const { events, last } = await chain.next();
        const fresh = admit(events);
        if (fresh.length > 0) yield fresh;
        ended = last;
      }
    },
    async abandon() {
      const failed = poll;
      poll = undefined;
      if (failed?.sweeps === true) sweepDueMs = clock.elapsed();
      await failed?.chain.close();
      // Begun from its start again it might never end: failures may come more often than a long sweep takes.
      await sweep?.chain.rebind(sweep.chain.boundMs);
    },
    forgetsBeforeMs: () => forgetBeforeMs(position, graceMs, clock.now()),
    get heldIds() {
      return seen.size;
    },
  };
}

/** A chain of pages under way. */
interface Reading {
  readonly chain: Chain;
  readonly startMs: number;
  /** Whatever could be read at this moment is found by the chain, from its start on. */
  readonly begunMs: number;
  readonly openedMs: number;
  /** Whether it reads the whole grace window. */
  readonly sweeps: boolean;
  pages: number;
}
