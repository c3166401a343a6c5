import type { LogEvent } from '../logs/event.js';
import { toStreamKey } from './keys.js';

/** Events of one stream that follow each other there, one at least of them found: an island, or the next part of one. */
export interface Block {
  readonly events: readonly LogEvent[];
  /** How many of them were found; the others are around those. */
  readonly hits: number;
  /** Whether an island begins here. */
  readonly isNew: boolean;
}

/** How much is shown around what was found, and how much may be held for that. */
export interface ContextOptions {
  readonly before: number;
  readonly after: number;
  /**
   * Text that may wait for an earlier island to be complete; above it that island goes on later as another one. 0:
   * nothing waits. Default {@link defaultMaxHeldBytes}.
   */
  readonly maxHeldBytes?: number;
  /** Events that are kept of all streams, since something may be found after them; default {@link defaultMaxRingBytes}. */
  readonly maxRingBytes?: number;
}

/** Gathers what is around events that were found, stream by stream. */
export interface ContextStage {
  /** The next event: in order within its stream, whatever the others do. Tells whether it is in an island by that. */
  push(event: LogEvent, isHit: boolean): boolean;
  /** Sets what came before the next event of its stream: the last of it are enough. */
  prime(event: LogEvent, older: readonly LogEvent[]): void;
  /** Whether it knows what came before the next event of this one's stream. */
  knowsBefore(event: LogEvent): boolean;
  /**
   * The last event of each stream whose island may yet go on, in the order of their first events found, then of those
   * where lines are still wanted, though their island was given out.
   */
  open(): readonly LogEvent[];
  /** Whether the island of this event's stream may yet go on, or lines are still wanted of it. */
  isOpen(event: LogEvent): boolean;
  /** Nothing more comes of this event's stream. */
  end(event: LogEvent): void;
  /** Forgets what was read: what comes next does not follow it. To be called when all has been taken. */
  reset(): void;
  /** Whether lines are still wanted after what was found. */
  readonly isWaiting: boolean;
  /** What can be shown by now. */
  take(): readonly Block[];
  /** Everything, at the end. */
  flush(): readonly Block[];
}

const defaultMaxHeldBytes = 64 * 1024 * 1024;
const defaultMaxRingBytes = 64 * 1024 * 1024;
/** Streams that are remembered. */
const maxStreams = 50_000;

/** A stream that has said something. */
interface Source {
  readonly key: string;
  /** The last events that were not shown. */
  ring: LogEvent[];
  /** Whether the ring is all that may be shown before its next event. */
  isKnown: boolean;
  /** How many more events are shown whatever they say. */
  after: number;
  island: Island | undefined;
  last: LogEvent;
}

interface Island {
  readonly source: Source;
  /** Not shown yet. */
  events: LogEvent[];
  hits: number;
  hasBegun: boolean;
  isOpen: boolean;
}

/**
 * Makes the stage. Islands come in the order of their first events found; one that touches the next of its stream is
 * one with it. The first of them is given out as it grows, those after it when it has ended.
 */
export function createContext(options: ContextOptions): ContextStage {
  const { before, after, maxHeldBytes = defaultMaxHeldBytes, maxRingBytes = defaultMaxRingBytes } = options;
  /** The one that has been silent for longest comes first. */
  const sources = new Map<string, Source>();
  const islands: Island[] = [];
  let heldBytes = 0;
  let ringBytes = 0;
  let waiting = 0;
  let current: Source | undefined;

  const sourceOf = (event: LogEvent): Source => {
    if (current !== undefined && isSameStream(current.last, event)) return current;
    const key = toStreamKey(event);
    current = sources.get(key) ?? { key, ring: [], isKnown: false, after: 0, island: undefined, last: event };
    sources.delete(key);
    sources.set(key, current);
    return current;
  };
  const close = ({ source }: Island): void => {
    if (source.island !== undefined) source.island.isOpen = false;
    source.island = undefined;
  };
  const show = (source: Source, event: LogEvent): Island => {
    if (source.island === undefined) {
      source.island = { source, events: [], hits: 0, hasBegun: false, isOpen: true };
      islands.push(source.island);
    }
    source.island.events.push(event);
    heldBytes += bytesOf(event);
    return source.island;
  };
  const keep = (source: Source, event: LogEvent): void => {
    source.ring.push(event);
    ringBytes += bytesOf(event);
    if (source.ring.length <= before) return;
    const dropped = source.ring.shift();
    if (dropped !== undefined) ringBytes -= bytesOf(dropped);
    source.isKnown = true;
    if (source.island !== undefined) close(source.island);
  };
  const empty = (source: Source): readonly LogEvent[] => {
    const { ring } = source;
    source.ring = [];
    for (const event of ring) ringBytes -= bytesOf(event);
    return ring;
  };
  const forgetSilent = (): void => {
    for (const source of sources.values()) {
      if ((ringBytes <= maxRingBytes && sources.size <= maxStreams) || source === current) return;
      // Nothing is kept of it as yet.
      if (source.after > 0) continue;
      empty(source);
      source.isKnown = false;
      if (source.island !== undefined) close(source.island);
      sources.delete(source.key);
    }
  };
  const takeAll = (isEnd: boolean): readonly Block[] => {
    const blocks: Block[] = [];
    for (let front = islands[0]; front !== undefined; front = islands[0]) {
      const { events, hits, hasBegun } = front;
      if (events.length > 0) blocks.push({ events, hits, isNew: !hasBegun });
      for (const event of events) heldBytes -= bytesOf(event);
      front.events = [];
      front.hits = 0;
      front.hasBegun = true;
      if (front.isOpen && !isEnd && heldBytes <= maxHeldBytes) break;
      if (front.isOpen) close(front);
      islands.shift();
    }
    return blocks;
  };

  return {
    push(event, isHit) {
      const source = sourceOf(event);
      source.last = event;
      const isShown = isHit || source.after > 0;
      if (isHit) {
        for (const older of empty(source)) show(source, older);
        show(source, event).hits += 1;
        if (source.after === 0 && after > 0) waiting += 1;
        source.after = after;
        source.isKnown = true;
      } else if (isShown) {
        show(source, event);
        source.after -= 1;
        if (source.after === 0) waiting -= 1;
      } else {
        keep(source, event);
      }
      if (ringBytes > maxRingBytes || sources.size > maxStreams) forgetSilent();
      return isShown;
    },
    prime(event, older) {
      const source = sourceOf(event);
      empty(source);
      if (source.island !== undefined) close(source.island);
      source.isKnown = true;
      for (const each of before === 0 ? [] : older.slice(-before)) keep(source, each);
    },
    knowsBefore: (event) => before === 0 || sourceOf(event).isKnown,
    open() {
      const wanting = [...sources.values()].filter(({ after: left, island }) => left > 0 && island === undefined);
      const growing = islands.filter(({ isOpen }) => isOpen).map(({ source }) => source);
      return [...growing, ...wanting].map(({ last }) => last);
    },
    isOpen(event) {
      const source = sourceOf(event);
      return source.island !== undefined || source.after > 0;
    },
    end(event) {
      const source = sourceOf(event);
      if (source.island !== undefined) close(source.island);
      if (source.after > 0) waiting -= 1;
      source.after = 0;
    },
    reset() {
      sources.clear();
      current = undefined;
      ringBytes = 0;
      waiting = 0;
    },
    get isWaiting() {
      return waiting > 0;
    },
    take: () => takeAll(false),
    flush: () => takeAll(true),
  };
}

function isSameStream(a: LogEvent, b: LogEvent): boolean {
  return a.logStreamName === b.logStreamName && a.logGroupName === b.logGroupName && a.region === b.region;
}

/** What an event takes in memory besides its text, roughly. */
const eventOverheadBytes = 300;

function bytesOf({ message }: LogEvent): number {
  return message.length + eventOverheadBytes;
}
