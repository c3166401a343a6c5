import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import type { ClientOptions } from '../logs/client.js';
import type { LogEvent } from '../logs/event.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { Present } from '../time/zone.js';
import { addGroupOperands, consoleUrlHelp, readGroupOperands } from './operands/group-operands.js';
import { resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { renderDryRun, toDryRange, toDryRegions } from './options/dry-run.js';
import { addGlobalOptions } from './options/global.js';
import { addContextOptions, type ContextRequest, type GrepFlags, toContext } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { type OutputFlags, type OutputRequest, toColor, toOutputRequest } from './options/output.js';
import {
  addRangeOptions,
  addZoneOptions,
  type RangeOptionFlags,
  rangeFlags,
  rangeNames,
  warnOfFuture,
  type ZoneFlags,
} from './options/range.js';
import { addStreamOptions, type StreamFlags, toStreamSelector } from './options/streams.js';
import { parseConcurrency } from './options/values.js';
import { explainNothing } from './reading/nothing-found.js';
import { createRenderer, type RenderedSubject, toSources, toStdout } from './reading/rendering.js';
import { announce, consume, type Run, startRun } from './reading/run.js';
import { withContext } from './trace/context.js';

interface TraceFlags extends OutputFlags, ZoneFlags, RangeOptionFlags, StreamFlags, GrepFlags {
  readonly concurrency?: string;
  readonly rate?: string;
  readonly unmask?: boolean;
  readonly dryRun?: boolean;
}

/** Registers `trace`. */
export function registerTrace(command: Command, io: Io): void {
  command
    .description(
      'Find an id in several log groups at once and show what happened on one timeline: the time since the line before, where it went, and errors marked. Where the id is the request of a Lambda function, all lines of that invocation come with it.',
    )
    .argument('<id>', 'the id, as it stands in the messages; any other text will do');
  addGroupOperands(command);
  addRangeOptions(command, '24 hours ago');
  addZoneOptions(command);
  addStreamOptions(command);
  addContextOptions(command)
    .option('--unmask', 'show masked data (needs logs:Unmask)')
    .option(
      '--format <form>',
      "timeline, or as of fetch: message, short, detailed, json, fields, or a template: '{time:HH:mm:ss} {json.path}'",
      'timeline',
    )
    .option('--concurrency <n>', 'requests in flight at once; default: 10')
    .option('--rate <n>', 'requests a second at most; default: 85 % of the account’s quota')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', consoleUrlHelp + examples);
  command.action((id: string, operands: string[], flags: TraceFlags) => runTrace(id, operands, flags, io));
}

const examples = `
Examples:
  cwlogs trace 4f1c9b1e-8a57-4c0e-9f0e-2f6a7c1d9b11 /prod/checkout /prod/payments
  cwlogs trace u-1042 /prod/api /prod/worker --around "yesterday 3:12pm" --window 5m
`;

const dayMs = 86_400_000;

/** Reads what was typed: without a start, the last day is searched. */
async function toTraceRequest(
  id: string,
  operands: readonly string[],
  flags: TraceFlags,
  present: Present,
): Promise<FetchRequest> {
  const { toRange } = await import('../time/range.js');
  const range = toRange(rangeFlags(flags), present);
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    startMs: range.startMs ?? range.endMs - dayMs,
    endMs: range.endMs,
    filterPattern: toTerm(id),
    unmask: flags.unmask === true,
    take: undefined,
  };
}

/** The pattern that finds a text as it is: a quoted term. */
function toTerm(id: string): string {
  if (id.trim() === '')
    throw new UsageError({ flag: '<id>', value: id, problem: 'is empty', fix: 'give the id to find' });
  return `"${id.replace(/["\\]/g, '\\$&')}"`;
}

const selectionNames = { time: rangeNames, messages: [] };

/** What was typed, understood; nothing has been asked of the service yet. */
interface TracePlan {
  readonly id: string;
  readonly flags: TraceFlags;
  readonly present: Present;
  readonly asked: FetchRequest;
  readonly context: ContextRequest | undefined;
  /** Undefined for the timeline. */
  readonly output: OutputRequest | undefined;
  readonly color: boolean;
  readonly concurrency: number | undefined;
  readonly clientOptions: readonly [ClientOptions, ...ClientOptions[]];
}

async function toTracePlan(id: string, operands: readonly string[], flags: TraceFlags, io: Io): Promise<TracePlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  return {
    id,
    flags,
    present,
    asked: await toTraceRequest(id, operands, flags, present),
    context: toContext({ ...flags, filter: id }),
    output: flags.format === 'timeline' ? undefined : await toOutputRequest(flags, io, ['timeline']),
    color: await toColor(flags, io),
    concurrency: parseConcurrency(flags.concurrency),
    clientOptions: toClientOptions(flags, io),
  };
}

async function runTrace(id: string, typed: readonly string[], typedFlags: TraceFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const plan = await toTracePlan(id, operands, flags, io);
  if (flags.printPolicy === true) {
    const { printTracePolicy } = await import('./trace/policy.js');
    return printTracePolicy(plan, io);
  }
  await warnOfFuture(plan.asked, plan.present, flags, io);
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(toDryTrace(plan)));
  const run = await startRun(plan.clientOptions, flags, io);
  try {
    await trace(plan, run, io);
  } finally {
    run.close();
  }
}

function toDryTrace({ asked, context, present, clientOptions }: TracePlan): object {
  const range = toDryRange(asked, present.zone);
  return { command: 'trace', regions: toDryRegions(clientOptions), ...asked, context: context ?? null, ...range };
}

async function trace(plan: TracePlan, run: Run, io: Io): Promise<void> {
  const { id, present, asked, output, color, clientOptions } = plan;
  const { regions, reporter } = run;
  const [{ profile }] = clientOptions;
  const groups = await resolveSelection(asked, run, { profile, signal: io.signal, nowMs: present.nowMs });
  const request = { ...asked, ...groups };
  const selection = { ...request, regions, profile };
  await announce(selection, present, reporter);
  const subject = { present, sources: toSources(request, regions), toTerminal: io.stdout.isTTY };
  const render =
    output === undefined ? await createTimeline(subject, color, io) : await createRenderer(output, subject, io);
  const pages = await openPages(plan, request, run, io);
  const tally = await consume(pages, toStdout(render, io, reporter), run, { shown: false, io });
  if (tally.events > 0) return;
  const nothing = await explainNothing({ ...selection, selectors: [['the id', id]] }, run, present, io);
  const { start, on, around } = rangeFlags(plan.flags);
  const isUsual = start === undefined && on === undefined && around === undefined;
  await reporter.warn(isUsual ? `${nothing}; only 24 hours were searched: try --start 7d` : nothing);
}

async function openPages(
  { context, concurrency, present }: TracePlan,
  request: FetchRequest,
  run: Run,
  io: Io,
): Promise<AsyncGenerator<LogEvent[]>> {
  const { fetchEventPages } = await import('../logs/read/fetch-events.js');
  const { monitor, survive } = run;
  const clients = run.connections.map(({ client }) => client);
  const options = { signal: io.signal, concurrency, nowMs: present.nowMs, monitor, survive };
  const traced = await withInvocations(fetchEventPages(clients, request, options), run, request, io);
  return context === undefined ? traced : withContext(traced, clients, request, context, options);
}

/** Adds the lines of Lambda invocations that do not hold the id themselves. */
async function withInvocations(
  hits: AsyncGenerator<LogEvent[]>,
  { connections, survive }: Run,
  request: FetchRequest,
  io: Io,
): Promise<AsyncGenerator<LogEvent[]>> {
  const { invocationEvents, traceEventPages } = await import('../logs/read/trace-events.js');
  return traceEventPages(hits, (start) => {
    const connection = connections.find(({ region }) => region === start.region);
    if (connection === undefined) throw new Error(`an event of ${start.region}, which is not read`);
    return invocationEvents(connection.client, start, request, { signal: io.signal, survive });
  });
}

async function createTimeline(
  { present, sources, toTerminal }: Pick<RenderedSubject, 'present' | 'sources' | 'toTerminal'>,
  color: boolean,
  io: Io,
): Promise<(events: readonly LogEvent[]) => string> {
  const { createTraceRenderer } = await import('../render/trace-lines.js');
  const { createWallClock } = await import('../time/wall-clock.js');
  const { columns } = io.stdout;
  return createTraceRenderer(createWallClock(present.zone), { color, columns, toTerminal, nowMs: io.now(), sources });
}
