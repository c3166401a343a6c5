import type { LogEvent } from '../logs/event.js';
import { toStreamKey } from './keys.js';

/** How events are joined to records. */
export interface JoinOptions {
  /** Whether a message begins a record. */
  readonly isFirst: (message: string) => boolean;
  /** Text that may wait for an earlier record to end; default {@link defaultMaxHeldChars}. */
  readonly maxHeldChars?: number;
}

/** Joins the events of a stream that were logged one a line. */
export interface JoinStage {
  push(event: LogEvent): void;
  /** Records that have ended, in the order of their first events. */
  take(): readonly LogEvent[];
  /** Some time has passed: what has not grown since it was said last has ended. */
  tick(): void;
  /** Everything, at the end. */
  flush(): readonly LogEvent[];
}

/** A line that comes this much later than the one before it is not of the same record. */
export const maxGapMs = 5_000;
/** What one record holds at most. */
const maxLines = 5_000;
const maxChars = 1024 * 1024;
const defaultMaxHeldChars = 64 * 1024 * 1024;

interface Joined {
  readonly key: string;
  readonly first: LogEvent;
  readonly lines: string[];
  chars: number;
  lastMs: number;
  hasGrown: boolean;
  isOpen: boolean;
}

/**
 * Makes the stage. A record is an event with what follows it in its stream, up to the next that begins one; it has the
 * time and the id of its first event, and one newline between the messages. Records come in the order of their first
 * events, as long as no more than `maxHeldChars` wait for an earlier one to end: that one is then given out as it is.
 */
export function createJoin({ isFirst, maxHeldChars = defaultMaxHeldChars }: JoinOptions): JoinStage {
  /** By stream; the one that has not grown for longest comes first. */
  const open = new Map<string, Joined>();
  const records: Joined[] = [];
  let heldChars = 0;

  const close = (record: Joined): void => {
    record.isOpen = false;
    if (open.get(record.key) === record) open.delete(record.key);
  };
  const takeAll = (isEnd: boolean): readonly LogEvent[] => {
    const taken: LogEvent[] = [];
    for (let front = records[0]; front !== undefined; front = records[0]) {
      if (front.isOpen && !isEnd && heldChars <= maxHeldChars) break;
      close(front);
      records.shift();
      heldChars -= front.chars;
      taken.push(toRecord(front));
    }
    return taken;
  };

  return {
    push(event) {
      const { timestamp } = event;
      for (const record of open.values()) {
        if (timestamp - record.lastMs <= maxGapMs) break;
        close(record);
      }
      const key = toStreamKey(event);
      const line = withoutNewline(event.message);
      let record = open.get(key);
      heldChars += line.length;
      if (record !== undefined && continues(record, event) && !isFirst(line)) {
        record.lines.push(line);
        record.chars += line.length;
        record.lastMs = timestamp;
        record.hasGrown = true;
        open.delete(key);
      } else {
        if (record !== undefined) close(record);
        record = {
          key,
          first: event,
          lines: [line],
          chars: line.length,
          lastMs: timestamp,
          hasGrown: true,
          isOpen: true,
        };
        records.push(record);
      }
      open.set(key, record);
    },
    take: () => takeAll(false),
    tick() {
      for (const record of open.values()) {
        if (!record.hasGrown) close(record);
        record.hasGrown = false;
      }
    },
    flush: () => takeAll(true),
  };
}

function continues({ lines, chars, lastMs }: Joined, { timestamp, message }: LogEvent): boolean {
  const isNear = Math.abs(timestamp - lastMs) <= maxGapMs;
  return isNear && lines.length < maxLines && chars + message.length <= maxChars;
}

function toRecord({ first, lines }: Joined): LogEvent {
  return lines.length === 1 ? first : { ...first, message: lines.join('\n') };
}

function withoutNewline(message: string): string {
  return message.endsWith('\n') ? message.slice(0, message.endsWith('\r\n') ? -2 : -1) : message;
}
