import { GroupNotFoundError } from '../errors.js';
import { isNotFound } from '../failures.js';
import type { LogEvent } from '../logs/event.js';
import { type StreamOptions, streamEvents } from '../logs/read/stream-events.js';
import type { WriteTally } from '../logs/write/tally.js';
import { toMessage } from './entry-text.js';
import { flushAtEnd } from './last-words.js';
import { type LogWriterOptions, openLogWriter } from './log-writer.js';

/** Options of {@link createLogger}. */
export interface LoggerOptions extends LogWriterOptions {
  /** Whether lines are delivered before a signal or an uncaught error ends the process; default true. */
  readonly flushAtEnd?: boolean | undefined;
}

/** A function that logs, and reads back what was logged. */
export interface Logger extends AsyncIterable<LogEvent>, AsyncDisposable {
  /**
   * Logs a line with the present time: text as it is, anything else as JSON. It neither waits nor throws; false says
   * that much is waiting, and that {@link ready} should be awaited before the next line.
   */
  (entry: unknown): boolean;
  /** The stream that is written to. */
  readonly stream: string;
  /** Resolves when there is room for further lines. */
  ready(): Promise<void>;
  /** Resolves when all that was logged before is delivered, rejected or given up on. */
  flush(): Promise<void>;
  /** As {@link flush}, and takes no more; what is not delivered within `withinMs` is given up on. */
  close(options?: { readonly withinMs?: number | undefined }): Promise<WriteTally>;
  /**
   * Delivers what was logged, then reads the stream from its head: to its end, or with `follow` on and on. The service
   * may take a few seconds until it shows what it has stored. `for await (const event of log)` is the same without
   * options.
   */
  events(options?: StreamOptions): AsyncGenerator<LogEvent>;
}

/**
 * Makes a logger of one stream. Lines go out in batches, in order, through throttling and outages; group and stream are
 * made where they are missing.
 *
 * @throws `UsageError` for a number of days that CloudWatch Logs keeps no events for
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function createLogger(options: LoggerOptions): Logger {
  const writer = openLogWriter(options);
  const { client, stream, ready, flush } = writer;
  const withdraw = options.flushAtEnd === false ? () => {} : flushAtEnd(writer);
  const close: Logger['close'] = async (within) => {
    const tally = await writer.close(within);
    // Until then a signal has to wait for it.
    withdraw();
    return tally;
  };
  async function* events(reading: StreamOptions = {}): AsyncGenerator<LogEvent> {
    await flush();
    let hasBegun = false;
    try {
      for await (const event of streamEvents(client, { logGroup: options.group, logStream: stream }, reading)) {
        hasBegun = true;
        yield event;
      }
    } catch (error) {
      // Nothing was logged yet: the stream is made with its first line.
      if (hasBegun || !(isNotFound(error) || error instanceof GroupNotFoundError)) throw error;
    }
  }
  const log = (entry: unknown): boolean => writer.write(Date.now(), toMessage(entry));
  const dispose = async (): Promise<void> => {
    await close();
  };
  const members = { stream, ready, flush, close, events };
  return Object.assign(log, members, { [Symbol.asyncIterator]: () => events(), [Symbol.asyncDispose]: dispose });
}
