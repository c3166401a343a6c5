import { writeSync } from 'node:fs';
import build from 'pino-abstract-transport';
import { type LogWriterOptions, openLogWriter } from './log-writer.js';

/** Options of the transport for pino. */
export interface PinoTransportOptions extends Omit<LogWriterOptions, 'client' | 'onProblem'> {
  /**
   * How the level is written where pino gave a number: `label` (default) makes `"level":30` `"level":"info"`, which
   * consoles and filters understand; `number` leaves the line as pino wrote it.
   */
  readonly level?: 'label' | 'number' | undefined;
}

const stderrFd = 2;

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
 * a worker thread; each line is an event, with the time of the record in milliseconds. At the end of the process pino
 * waits for the last lines, at most ten seconds; a signal ends the process without that, unless the program listens to
 * it and ends by itself.
 *
 * @throws `UsageError` for a number of days that CloudWatch Logs keeps no events for
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export default function pinoTransport(options: PinoTransportOptions): ReturnType<typeof build> {
  const { level = 'label', ...writing } = options;
  // A warning of a worker thread that is about to end is never shown.
  const onProblem = (text: string): void => void writeSync(stderrFd, `${text}\n`);
  const writer = openLogWriter({ ...writing, onProblem });
  return build(
    async (lines) => {
      for await (const line of lines) {
        const text = String(line);
        const message = level === 'label' ? labelled(text) : text;
        if (!writer.write(timeOf(text) ?? Date.now(), message)) await writer.ready();
      }
    },
    {
      parse: 'lines',
      close: async () => {
        await writer.close();
      },
    },
  );
}

/** The level is the first member, unless a formatter of the user's made another of it. */
function labelled(line: string): string {
  return line.replace(/^\{"level":(\d+)(?=[,}])/, (found, level: string) => {
    const label = labels[level];
    return label === undefined ? found : `{"level":"${label}"`;
  });
}

/** The time of a record: a number or a date, as pino's own functions of time write it. */
function timeOf(line: string): number | undefined {
  const record: unknown = JSON.parse(line);
  const time = typeof record === 'object' && record !== null && 'time' in record ? record.time : undefined;
  const ms = typeof time === 'string' ? Date.parse(time) : time;
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined;
}
