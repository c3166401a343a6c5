import type { Command } from 'commander';
import { IncompleteError, UsageError } from '../errors.js';
import { createReporter, type Io, type Reporter } from '../io.js';
import type { ClientOptions, Connection } from '../logs/client.js';
import type { WriteTally } from '../logs/write/tally.js';
import type { Writer, WriterOptions } from '../logs/write/writer.js';
import type { LineEvent, LineReader } from '../shape/line-events.js';
import { toClientOptions } from './options/client.js';
import { addGlobalOptions } from './options/global.js';
import { parseGroup, parseStreamName } from './options/names.js';
import { createPutReader, type StdinWatch, stdinLines } from './put/lines.js';
import { createPutNews } from './put/news.js';
import { addDeliveryOptions, addLineOptions, type DeliveryFlags, type LineFlags, toDelivery } from './put/options.js';
import { checkProfile } from './reading/profile.js';

interface PutFlags extends LineFlags, DeliveryFlags {
  readonly tee?: boolean;
  readonly dryRun?: boolean;
}

/** Where lines are put, and how. */
type PutRequest = Omit<WriterOptions, 'signal' | 'onNews' | 'clock'>;

/** Registers `put`. */
export function registerPut(program: Command, io: Io): void {
  const command = program
    .command('put')
    .summary('the lines of stdin into a log group')
    .description(
      'Put the lines of stdin into a log group, in order and at least once, through throttling and lost networks.',
    )
    .argument('<group>', 'log group, by exact name')
    .argument('[stream]', 'log stream, made where it does not exist; default: a new one, named by the time')
    .option('--tee', 'copy stdin to stdout')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addLineOptions(command);
  addDeliveryOptions(command);
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((group: string, stream: string | undefined, flags: PutFlags) => runPut([group, stream], flags, io));
}

const examples = `
Examples:
  npm test 2>&1 | cwlogs put /ci/tests --create --retention 30 --tee
  cwlogs fetch /prod/api --start 1h --format json | cwlogs put /copy/api --create --from-json
`;

/** Reads what was typed; every usage error is found here, before any client exists. */
async function toPutRequest(
  [group, stream]: readonly [group: string, stream: string | undefined],
  flags: PutFlags,
  nowMs: number,
): Promise<PutRequest> {
  if (parseGroup(group).startsWith('arn:')) {
    const fix = 'give its name, and the region by --region';
    throw new UsageError({ flag: '<group>', value: group, problem: 'is an ARN, which cannot be written to', fix });
  }
  const { newStreamName } = await import('../logs/write/stream-name.js');
  const logStream = stream === undefined ? newStreamName(nowMs) : parseStreamName(stream, '[stream]');
  return { logGroup: group, logStream, ...(await toDelivery(flags)) };
}

async function runPut(operands: readonly [string, string | undefined], flags: PutFlags, io: Io): Promise<void> {
  const { resolveZone } = await import('../time/zone.js');
  const zone = resolveZone(flags, io.env);
  const request = await toPutRequest(operands, flags, io.now());
  const reader = await createPutReader(flags, { zone, keepsStreams: operands[1] === undefined });
  const clientOptions = toOneRegion(toClientOptions(flags, io));
  const { tee = false, fromJson = false } = flags;
  const place =
    fromJson && operands[1] === undefined ? request.logGroup : `${request.logGroup}, stream ${request.logStream}`;
  if (flags.dryRun === true) {
    const { region } = clientOptions;
    const resolved = { command: 'put', region, ...request, zone, fromJson, ...lineFlags(flags), tee };
    return io.stdout.write(`${JSON.stringify(resolved, null, 2)}\n`);
  }
  const reporter = createReporter(io, flags);
  await checkProfile(flags, io, reporter);
  const { connect } = await import('../logs/client.js');
  const { client } = await connect({ ...clientOptions, use: 'write' });
  try {
    await putLines({ client, request, reader, place, tee }, reporter, io);
  } finally {
    client.destroy();
  }
}

function lineFlags({ jsonTime, timeFormat, multiline }: PutFlags): object {
  return { jsonTime, timeFormat, multiline };
}

function toOneRegion([first, second]: readonly ClientOptions[]): ClientOptions {
  if (first !== undefined && second === undefined) return first;
  throw new UsageError({ flag: '--region', problem: 'is given twice: put writes to one region', fix: 'leave one out' });
}

/** All that a run of `put` is made of. */
interface Put {
  readonly client: Connection['client'];
  readonly request: PutRequest;
  readonly reader: LineReader;
  /** Where the events go, in words. */
  readonly place: string;
  readonly tee: boolean;
}

async function putLines({ client, request, reader, place, tee }: Put, reporter: Reporter, io: Io): Promise<void> {
  const { createWriter } = await import('../logs/write/writer.js');
  const { createServiceClock } = await import('../logs/tail/clock.js');
  const { renderPutSummary, renderRejected } = await import('../render/put-summary.js');
  if (io.stdin.isTTY) await reporter.notice('reading lines from the terminal; Ctrl-D ends them');
  const stop = new AbortController();
  const rejected = (): string => renderRejected(writer.tally.rejected);
  const news = createPutNews(request, reporter, rejected, () => stop.abort());
  const clock = createServiceClock(io.now);
  const writer = createWriter(client, { ...request, clock, signal: stop.signal, onNews: news.tell });
  const watch: StdinWatch = { replaced: 0 };
  const unread = await failureOf(fill(writer, reader, stdinLines(io, tee, watch), io, stop.signal));
  if (stop.signal.aborted) io.stdin.close();
  const tally = await closeWriter(writer, reporter, io.signal);
  const { empty, ...others } = tally.rejected;
  const isMissing = tally.undelivered > 0 || Object.values(others).some((count) => count > 0);
  const summary = renderPutSummary({ ...tally, ...watch, untimed: reader.untimed });
  const text = `${summary}; ${place}`;
  const failure = unread ?? news.failure();
  if (isMissing && failure === undefined && !io.signal.aborted) throw new IncompleteError(text);
  await (isMissing ? reporter.error(`INCOMPLETE: ${text}`) : reporter.warn(text));
  // Bad input that was found after events had gone out is no mistake of the command line any more.
  if (failure instanceof UsageError && tally.delivered > 0) throw new IncompleteError(failure.message);
  if (failure !== undefined) throw failure;
  io.signal.throwIfAborted();
}

/** What is on its way when a run is interrupted is waited for no longer than this. */
const lastWordsMs = 20_000;

async function closeWriter(writer: Writer, reporter: Reporter, signal: AbortSignal): Promise<WriteTally> {
  const hurry = (): void => {
    void reporter.warn('interrupted: delivering what was read; once more leaves it');
    void writer.close({ withinMs: lastWordsMs });
  };
  if (signal.aborted) hurry();
  else signal.addEventListener('abort', hurry, { once: true });
  try {
    return await writer.close();
  } finally {
    signal.removeEventListener('abort', hurry);
  }
}

/** What a run ends with that is to be told only after its summary. */
async function failureOf(run: Promise<void>): Promise<unknown> {
  try {
    await run;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Gives the writer what is read, as fast as it takes it, until stdin ends or the run is stopped. */
async function fill(
  writer: Writer,
  reader: LineReader,
  batches: AsyncGenerator<readonly string[]>,
  io: Io,
  stopped: AbortSignal,
): Promise<void> {
  const write = (events: Iterable<LineEvent>): void => {
    for (const event of events) writer.write(event);
  };
  const endsWaiting = AbortSignal.any([io.signal, stopped]);
  let quiet: NodeJS.Timeout | undefined;
  try {
    while (!stopped.aborted) {
      // An event that further lines may continue is not held for longer.
      quiet = setTimeout(() => write(reader.end()), quietMs);
      const next = await unlessAborted(batches.next(), stopped);
      clearTimeout(quiet);
      if (next === undefined || next.done === true) break;
      write(reader.read(next.value, io.now()));
      await unlessAborted(writer.ready(), endsWaiting);
    }
  } finally {
    clearTimeout(quiet);
    write(reader.end());
  }
}

/** The lines of one event come together. */
const quietMs = 1_000;

/** Waits for a promise, or for the signal if that comes first; what the promise comes to then no longer matters. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
