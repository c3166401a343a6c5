import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import Transport from 'winston-transport';
import { toMessage } from './entry-text.js';
import { flushAtEnd } from './last-words.js';
import { type LogWriter, type LogWriterOptions, openLogWriter } from './log-writer.js';

/** Options of the transport for winston. */
export interface WinstonTransportOptions
  extends LogWriterOptions,
    Omit<Transport.TransportStreamOptions, 'log' | 'logv' | 'close'> {
  /** Whether lines are delivered before a signal or an uncaught error ends the process; default true. */
  readonly flushAtEnd?: boolean | undefined;
}

/** Where winston leaves the line that its formats have made. */
const finishedMessage = Symbol.for('message');

/**
 * The transport for winston: `new winston.transports.Console()`'s counterpart, by
 * `winston.createLogger({ transports: [new CloudWatchTransport({ group: '/prod/api' })] })`. An event is the line that
 * the logger's format makes (JSON by default), with the time of `info.timestamp` where there is one. `logger.end()`
 * delivers all; `finish` is emitted when that is done.
 *
 * @throws `UsageError` for a number of days that CloudWatch Logs keeps no events for
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export class CloudWatchTransport extends Transport {
  /** The logger that it is a transport of, as winston-transport notes it. */
  declare parent?: Duplex | null;
  readonly #writer: LogWriter;
  readonly #withdraw: () => void;

  constructor(options: WinstonTransportOptions) {
    super(options);
    this.#writer = openLogWriter(options);
    this.#withdraw =
      options.flushAtEnd === false
        ? () => {}
        : flushAtEnd({ flush: () => this.#flush(), sayLost: () => this.#writer.sayLost() });
  }

  override log(info: unknown, next: () => void): void {
    const hasRoom = this.#writer.write(timeOf(info) ?? Date.now(), lineOf(info));
    process.nextTick(() => this.emit('logged', info));
    if (hasRoom) next();
    else void this.#writer.ready().then(next);
  }

  override _final(done: (error?: Error) => void): void {
    const end = (error?: Error): void => {
      this.#withdraw();
      done(error);
    };
    this.#writer.close().then(() => end(), end);
  }

  /** What the writer holds, and what waits for it in the streams of winston. */
  async #flush(): Promise<void> {
    do {
      await this.#writer.flush();
      await setImmediate();
    } while (this.writableLength + waitingIn(this.parent) > 0);
    await this.#writer.flush();
  }
}

/** How many lines a logger of winston, which is a stream, has not passed on yet. */
function waitingIn(logger: Partial<Pick<Duplex, 'writableLength' | 'readableLength'>> | null | undefined): number {
  return (logger?.writableLength ?? 0) + (logger?.readableLength ?? 0);
}

function lineOf(info: unknown): string {
  const line = typeof info === 'object' && info !== null && finishedMessage in info ? info[finishedMessage] : undefined;
  return typeof line === 'string' ? line : toMessage(info);
}

function timeOf(info: unknown): number | undefined {
  const time = typeof info === 'object' && info !== null && 'timestamp' in info ? info.timestamp : undefined;
  const ms = typeof time === 'string' ? Date.parse(time) : time instanceof Date ? time.getTime() : time;
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined;
}
