import type { Command } from 'commander';
import { describe } from '../describe.js';
import { IncompleteError, UsageError } from '../errors.js';
import { createReporter, type Io, type Reporter } from '../io.js';
import type { ClientOptions, Connection } from '../logs/client.js';
import type { WriteTally } from '../logs/write/tally.js';
import type { Writer, WriterOptions } from '../logs/write/writer.js';
import type { LineEvent, LineReader } from '../shape/line-events.js';
import type { Present } from '../time/zone.js';
import { readConsoleUrl } from './operands/group-operands.js';
import { toClientOptions, toOneRegion } from './options/client.js';
import { renderDryRun } from './options/dry-run.js';
import { addGlobalOptions } from './options/global.js';
import { parseGroup, parseStreamName } from './options/names.js';
import { createPutReader, openPutInput, type PutInput } from './put/lines.js';
import { createPutNews } from './put/news.js';
import { addDeliveryOptions, addLineOptions, type DeliveryFlags, type LineFlags, toDelivery } from './put/options.js';
import { checkProfile } from './reading/profile.js';

interface PutFlags extends LineFlags, DeliveryFlags {
  /** No option here: the address of a console page may show one. */
  readonly stream?: readonly string[];
  readonly tee?: boolean;
  readonly dryRun?: boolean;
}

/** Where lines are put, and how. */
type PutRequest = Omit<WriterOptions, 'signal' | 'onNews' | 'clock'>;

/** Registers `put`. */
export function registerPut(command: Command, io: Io): void {
  command
    .description(
      'Put the lines of stdin into a log group, in order and at least once, through throttling and lost networks.',
    )
    .argument('<group>', 'log group: its exact name, or a console URL of it or of one of its streams')
    .argument('[stream]', 'log stream, made where it does not exist; default: a new one, named by the time')
    .option('--tee', 'copy stdin to stdout as it comes, to its end, whatever becomes of the delivery')
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

/** What was typed, understood; nothing has been asked of the service yet. */
interface PutPlan {
  readonly flags: PutFlags;
  readonly request: PutRequest;
  readonly reader: LineReader;
  readonly present: Present;
  /** Whether each event brings the stream that it belongs to. */
  readonly keepsStreams: boolean;
  readonly clientOptions: ClientOptions;
}

async function toPutPlan(
  operands: readonly [group: string, stream: string | undefined],
  flags: PutFlags,
  reporter: Reporter,
  io: Io,
): Promise<PutPlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const request = await toPutRequest(operands, flags, present.nowMs);
  const keepsStreams = flags.fromJson === true && operands[1] === undefined;
  const reader = await createPutReader(flags, { present, keepsStreams, warn: (text) => void reporter.warn(text) });
  const clientOptions = toOneRegion(toClientOptions(flags, io), 'put writes to one region');
  return { flags, request, reader, present, keepsStreams, clientOptions };
}

async function runPut([group, stream]: readonly [string, string | undefined], typed: PutFlags, io: Io): Promise<void> {
  const { operands: shown, flags } = await readConsoleUrl([group], typed, { time: [], messages: [] }, io);
  const operands = [shown[0] ?? group, stream ?? flags.stream?.[0]] as const;
  const reporter = createReporter(io, flags);
  const plan = await toPutPlan(operands, flags, reporter, io);
  if (flags.printPolicy === true) {
    const { printPutPolicy } = await import('./put/policy.js');
    return printPutPolicy({ ...plan, logStream: operands[1] }, io);
  }
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(toDryPut(plan)));
  await checkProfile(flags, io, reporter);
  const { connect } = await import('../logs/client.js');
  const { client } = await connect({ ...plan.clientOptions, use: 'write' });
  try {
    await putLines(plan, client, reporter, io);
  } finally {
    client.destroy();
  }
}

function toDryPut({ flags, request, present: { zone }, clientOptions: { region } }: PutPlan): object {
  const { jsonTime, timeFormat, multiline, fromJson = false, tee = false } = flags;
  return { command: 'put', region, ...request, zone, fromJson, jsonTime, timeFormat, multiline, tee };
}

async function putLines(plan: PutPlan, client: Connection['client'], reporter: Reporter, io: Io): Promise<void> {
  const { request, reader } = plan;
  const { createWriter } = await import('../logs/write/writer.js');
  const { createServiceClock } = await import('../logs/tail/clock.js');
  const { renderRejected } = await import('../render/put-summary.js');
  if (io.stdin.isTTY) await reporter.notice('reading lines from the terminal; Ctrl-D ends them');
  const stop = new AbortController();
  const rejected = (): string => renderRejected(writer.tally.rejected);
  const news = createPutNews(request, reporter, rejected, () => stop.abort());
  const clock = createServiceClock(io.now);
  const writer = createWriter(client, { ...request, clock, signal: stop.signal, onNews: news.tell });
  const input = openPutInput(io, plan.flags.tee === true);
  const unread = await failureOf(fill(writer, reader, input.lines, io, stop.signal));
  const tally = await closeWriter(writer, reporter, io.signal);
  const failure = unread ?? news.failure();
  if (unread !== undefined || stop.signal.aborted) await leaveInput(input, failure, reporter, io);
  const { replaced, rest } = input;
  await settle(plan, { tally, replaced, rest, failure }, reporter, io);
}

/** What has come of a run. */
interface Outcome {
  readonly tally: WriteTally;
  /** Lines in which bytes were replaced that are not UTF-8. */
  readonly replaced: number;
  /** What became of lines that nobody waited for any more. */
  readonly rest: PutInput['rest'];
  readonly failure: unknown;
}

/** Says what was put; throws where that is not all, or not how it was to end. */
async function settle(
  { request, reader, keepsStreams }: PutPlan,
  { tally, replaced, rest, failure }: Outcome,
  reporter: Reporter,
  { signal }: Io,
): Promise<void> {
  const { renderPutSummary } = await import('../render/put-summary.js');
  const { empty, ...others } = tally.rejected;
  const isMissing = tally.undelivered > 0 || Object.values(others).some((count) => count > 0);
  const summary = renderPutSummary({ ...tally, rest, replaced, untimed: reader.untimed });
  const place = keepsStreams ? request.logGroup : `${request.logGroup}, stream ${request.logStream}`;
  const text = `${summary}; ${place}`;
  if (isMissing && failure === undefined && !signal.aborted) throw new IncompleteError(text);
  await (isMissing ? reporter.error(`INCOMPLETE: ${text}`) : reporter.warn(text));
  // Bad input that was found after events had gone out is no mistake of the command line any more.
  if (failure instanceof UsageError && tally.delivered > 0) throw new IncompleteError(failure.message);
  if (failure !== undefined) throw failure;
  signal.throwIfAborted();
}

/** Who reads the copy may be the next of a pipeline, which is not to break with the delivery. */
async function leaveInput(input: PutInput, failure: unknown, reporter: Reporter, { signal }: Io): Promise<void> {
  if (input.copies && !signal.aborted) {
    await reporter.error(`${describe(failure).message}; stdin is copied on, and no longer delivered`);
  }
  const uncopied = await failureOf(input.leave());
  if (uncopied !== undefined) await reporter.error(`stdin is not copied to its end: ${describe(uncopied).message}`);
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
  const { unlessAborted } = await import('../logs/write/unless-aborted.js');
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
