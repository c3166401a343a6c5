import { quote, UsageError } from '../errors.js';

/** An event as it is read from lines. */
export interface LineEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
  /** Absent where it goes to the one stream of the run. */
  readonly logStream?: string;
}

/** Makes events of lines. */
export interface LineReader {
  /** The events that these lines complete. */
  read(lines: readonly string[], nowMs: number): Iterable<LineEvent>;
  /** The event that is begun, as it is. */
  end(): LineEvent[];
  /** Lines so far whose time could not be read. */
  readonly untimed: number;
}

/** How lines become events. */
export interface LineRules {
  /** The time that a line holds; absent: each has the time of its reading. */
  readonly timeOf?: ((line: string, nowMs: number) => number | undefined) | undefined;
  /** Whether a line begins an event, where others continue the one before; absent: all do. */
  readonly isFirst?: ((line: string) => boolean) | undefined;
  /** Told of the very first line, where no time is found in it. */
  readonly onUntimedStart?: ((line: string) => void) | undefined;
}

/** UTF-16 units up to which lines are joined; what is too much for one event is for the writer to cut or to refuse. */
const maxJoinedLength = 8 * 1024 * 1024;

/** Makes the reader of plain lines. A line without a time of its own has that of the line before it, or the present. */
export function createLineReader({ timeOf, isFirst, onUntimedStart = () => {} }: LineRules): LineReader {
  let begun: { readonly timestamp: number; readonly lines: string[]; length: number } | undefined;
  let lastMs: number | undefined;
  let untimed = 0;

  const timed = (line: string, nowMs: number): number => {
    if (timeOf === undefined) return nowMs;
    const ownMs = timeOf(line, nowMs);
    if (ownMs === undefined) {
      if (untimed === 0 && lastMs === undefined) onUntimedStart(line);
      untimed += 1;
    }
    lastMs = ownMs ?? lastMs;
    return lastMs ?? nowMs;
  };
  const end = (): LineEvent[] => {
    if (begun === undefined) return [];
    const { timestamp, lines } = begun;
    begun = undefined;
    return [{ timestamp, message: lines.join('\n') }];
  };
  const join = (line: string, nowMs: number, isBeginning: (line: string) => boolean): LineEvent[] => {
    if (begun !== undefined && begun.length + line.length < maxJoinedLength && !isBeginning(line)) {
      begun.lines.push(line);
      begun.length += line.length + 1;
      return [];
    }
    const ended = end();
    begun = { timestamp: timed(line, nowMs), lines: [line], length: line.length };
    return ended;
  };

  return {
    read: (lines, nowMs) =>
      isFirst === undefined
        ? lines.map((message) => ({ timestamp: timed(message, nowMs), message }))
        : lines.flatMap((line) => join(line, nowMs, isFirst)),
    end,
    get untimed() {
      return untimed;
    },
  };
}

/** Makes the reader of what `fetch --format json` writes: each event has its own time and, unless told otherwise, stream. */
export function createEventReader({ keepsStreams }: { readonly keepsStreams: boolean }, flag: string): LineReader {
  let count = 0;
  return {
    // One by one, so that those before a line that is no event are there when it is refused.
    *read(lines) {
      for (const line of lines) {
        count += 1;
        if (line.trim() !== '') yield parseEvent(line, keepsStreams, flag, count);
      }
    },
    end: () => [],
    untimed: 0,
  };
}

function parseEvent(line: string, keepsStreams: boolean, flag: string, number: number): LineEvent {
  const event = parseJson(line);
  if (isEvent(event)) {
    const { timestamp, message, stream } = event;
    return keepsStreams ? { timestamp, message, logStream: stream } : { timestamp, message };
  }
  const problem = `takes events as fetch --format json writes them, and line ${number} of stdin is none: ${quote(line)}`;
  throw new UsageError({ flag, problem, fix: `leave ${flag} out to send lines as they are` });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
const streamName = /^[^:*]{1,512}$/;

function isEvent(
  value: unknown,
): value is { readonly timestamp: number; readonly message: string; readonly stream: string } {
  if (typeof value !== 'object' || value === null) return false;
  if (!('timestamp' in value && 'message' in value && 'stream' in value)) return false;
  const { timestamp, message, stream } = value;
  const isText = typeof message === 'string' && typeof stream === 'string';
  return Number.isSafeInteger(timestamp) && isText && streamName.test(stream);
}
