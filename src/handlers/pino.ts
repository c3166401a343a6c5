import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import build from 'pino-abstract-transport';
import { toEntryMs } from './entry-time.js';
import { type LogWriter, type LogWriterOptions, openLogWriter } from './log-writer.js';
import { sayNow } from './say-now.js';

/** Options of the transport for pino. */
export interface PinoTransportOptions extends Omit<LogWriterOptions, 'client' | 'onProblem'> {
  /**
   * How the level is written where pino gave a number: `label` (default) makes `"level":30` `"level":"info"`, which
   * consoles and filters understand; `number` leaves the line as pino wrote it.
   */
  readonly level?: 'label' | 'number' | undefined;
}

const labels: Readonly<Record<string, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/**
 * The transport for pino: `pino({ transport: { target: 'cwlogs/pino', options: { group: '/prod/api' } } })`. It runs in
 * a worker thread; each line is an event, with the time of the record in milliseconds. `logger.flush(done)` calls back
 * when all lines are delivered (pino 10.4). At the end of the process pino waits for the last lines, at most ten seconds.
 * No worker thread hears of a signal, which ends the process without that: `process.once('SIGTERM', () =>
 * process.exit(143))` in the program makes pino wait.
 *
 * @throws `UsageError` for a number of days that CloudWatch Logs keeps no events for
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export default function pinoTransport(options: PinoTransportOptions): ReturnType<typeof build> {
  const { level = 'label', ...writing } = options;
  // A warning of a worker thread that is about to end is never shown.
  const writer = openLogWriter({ ...writing, onProblem: sayNow });
  const awaitRoom = createPatience(writer);
  const stream = build(
    async (lines) => {
      for await (const line of lines) {
        const text = String(line);
        const message = level === 'label' ? labelled(text) : text;
        if (!writer.write(timeOf(text) ?? Date.now(), message)) await awaitRoom();
      }
    },
    {
      parse: 'lines',
      // Else a line that is no JSON would be left out.
      parseLine: () => ({}),
      metadata: false,
      close: async () => {
        await writer.close({ withinMs: maxEndMs });
      },
    },
  );
  return Object.assign(stream, { flush: () => flushAll(stream, writer) });
}

/** Delivers what the writer holds, and what waits for it in the stream. */
async function flushAll(stream: Pick<Duplex, 'writableLength' | 'readableLength'>, writer: LogWriter): Promise<void> {
  do {
    await writer.flush();
    await setImmediate();
  } while (stream.writableLength + stream.readableLength > 0);
  await writer.flush();
}

/** Pino ends the worker ten seconds after the end of its process: what is lost is to be said before. */
const maxEndMs = 8_000;

const patienceMs = 2_000;

/**
 * Makes what waits for room in the writer, but not through an outage: lines that are not taken pile up in the process
 * that logs, until its memory is full.
 */
function createPatience(writer: LogWriter): () => Promise<void> {
  let isStuck = false;
  return async () => {
    if (isStuck) return;
    isStuck = true;
    const room = writer.ready().then(() => {
      isStuck = false;
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([room, patience]);
    clearTimeout(timer);
  };
}

/** The level is the first member, unless a formatter of the user's made another of it. */
function labelled(line: string): string {
  return line.replace(/^\{"level":(\d+)(?=[,}])/, (found, level: string) => {
    const label = labels[level];
    return label === undefined ? found : `{"level":"${label}"`;
  });
}

/** The time of a record, as pino's own functions of time write it. */
function timeOf(line: string): number | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null && 'time' in record ? toEntryMs(record.time) : undefined;
  } catch {
    // A line that is no record.
    return undefined;
  }
}
