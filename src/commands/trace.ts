import type { Command } from 'commander';
import { IncompleteError, UsageError } from '../errors.js';
import type { Io } from '../io.js';
import type { LogEvent } from '../logs/event.js';
import type { FetchOptions, FetchRequest } from '../logs/read/fetch-events.js';
import { readGroupOperands } from './operands/group-operands.js';
import { resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { addGlobalOptions } from './options/global.js';
import { addContextOptions, type ContextRequest, type GrepFlags, toContext } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { type OutputFlags, toColor, toOutputRequest } from './options/output.js';
import { addRangeOptions, addZoneOptions, type RangeOptionFlags, rangeFlags, type ZoneFlags } from './options/range.js';
import { addStreamOptions, type StreamFlags, toStreamSelector } from './options/streams.js';
import { parseConcurrency } from './options/values.js';
import { explainNothing } from './reading/nothing-found.js';
import { createRenderer, type RenderedSubject, toSources, toStdout } from './reading/rendering.js';
import { announce, consume, type Run, startRun } from './reading/run.js';
import { readSelected } from './reading/selected-pages.js';

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
      'Find an id in several log groups at once and show what happened on one timeline: the time since the line before, where it went, and errors marked. Where the id is the request of a Lambda function, all lines of that invocation come with it. Without --start the last 24 hours are searched.',
    )
    .argument('<id>', 'the id, as it stands in the messages; any other text will do')
    .argument(
      '<group...>',
      "log groups: names, patterns ('/prod/*'), the last part of a name, ARNs, a console URL, or - for names on stdin",
    );
  addRangeOptions(command);
  addZoneOptions(command);
  addStreamOptions(command);
  addContextOptions(command)
    .option('--unmask', 'show masked data (needs logs:Unmask)')
    .option('--format <form>', 'timeline, or as of fetch: message, short, detailed, json or fields', 'timeline')
    .option('--concurrency <n>', 'requests in flight at once')
    .option('--rate <n>', 'requests a second at most')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
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
  clock: { readonly nowMs: number; readonly zone: string },
): Promise<FetchRequest> {
  const { toRange } = await import('../time/range.js');
  const range = toRange(rangeFlags(flags), clock);
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

const selectionNames = { time: ['start', 'since', 'end', 'until', 'on', 'around'], messages: [] } as const;

async function runTrace(id: string, typed: readonly string[], typedFlags: TraceFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const { resolveZone } = await import('../time/zone.js');
  const present = { nowMs: io.now(), zone: resolveZone(flags, io.env) };
  const asked = await toTraceRequest(id, operands, flags, present);
  const context = toContext({ ...flags, filter: id });
  const output = flags.format === 'timeline' ? undefined : await toOutputRequest(flags, io);
  const color = await toColor(flags, io);
  const concurrency = flags.concurrency === undefined ? undefined : parseConcurrency(flags.concurrency);
  const clientOptions = toClientOptions(flags, io);
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(asked, context, present.zone));

  const run = await startRun(clientOptions, flags, io);
  const { regions, monitor, reporter, survive } = run;
  const clients = run.connections.map(({ client }) => client);
  try {
    const [{ profile }] = clientOptions;
    const groups = await resolveSelection(asked, run, { profile, signal: io.signal, nowMs: present.nowMs });
    const request = { ...asked, ...groups };
    const selection = { ...request, regions, profile };
    await announce(selection, present, reporter);
    const sources = toSources(request, regions);
    const subject = { present, sources, toTerminal: io.stdout.isTTY };
    const render =
      output === undefined ? await createTimeline(subject, color, io) : await createRenderer(output, subject, io);
    const options = { signal: io.signal, concurrency, nowMs: present.nowMs, monitor, survive };
    const { fetchEventPages } = await import('../logs/read/fetch-events.js');
    const traced = await withInvocations(fetchEventPages(clients, request, options), run, request, io);
    const pages = context === undefined ? traced : withContext(traced, clients, request, context, options);
    const tally = await consume(pages, toStdout(render, io, reporter), run, { shown: false, io });
    if (tally.events > 0) return;
    const nothing = await explainNothing({ ...selection, selectors: [['the id', id]] }, run, present, io);
    const { start, on, around } = rangeFlags(flags);
    const isUsual = start === undefined && on === undefined && around === undefined;
    await reporter.warn(isUsual ? `${nothing}; only 24 hours were searched: try --start 7d` : nothing);
  } finally {
    run.close();
  }
}

/** Adds the lines of Lambda invocations that do not hold the id themselves. */
async function withInvocations(
  hits: AsyncGenerator<LogEvent[]>,
  { connections }: Run,
  request: FetchRequest,
  io: Io,
): Promise<AsyncGenerator<LogEvent[]>> {
  const { invocationEvents, traceEventPages } = await import('../logs/read/trace-events.js');
  return traceEventPages(hits, (start) => {
    const connection = connections.find(({ region }) => region === start.region);
    if (connection === undefined) throw new Error(`an event of ${start.region}, which is not read`);
    return invocationEvents(connection.client, start, request, { signal: io.signal });
  });
}

/** More are not looked at by anyone, and all must be known before they can be put in order. */
const maxContextEvents = 100_000;

/** Puts what stands around the events in their streams in its place between them, each event once. */
async function* withContext(
  traced: AsyncGenerator<LogEvent[]>,
  clients: Parameters<typeof readSelected>[0],
  request: FetchRequest,
  context: ContextRequest,
  options: FetchOptions,
): AsyncGenerator<LogEvent[]> {
  const { compareEvents, mergePages } = await import('../logs/read/merge.js');
  const { compileFilterPattern } = await import('../pattern/filter-pattern.js');
  const isHit = compileFilterPattern(request.filterPattern ?? '');
  const keepsUnfiltered = ({ message }: LogEvent): boolean => isHit(message);
  const grep = {
    filterPattern: request.filterPattern,
    keeps: undefined,
    keepsUnfiltered,
    context,
    isFirst: undefined,
    marks: [],
  };
  const around: LogEvent[] = [];
  for await (const events of await readSelected(
    clients,
    request,
    grep,
    { ...options, monitor: undefined },
    new WeakSet(),
  )) {
    for (const event of events) around.push(event);
    if (around.length > maxContextEvents) {
      throw new IncompleteError(
        `there are more than ${maxContextEvents} events around those with this id; give a shorter range or less context`,
      );
    }
  }
  around.sort(compareEvents);
  /** What has come of the present millisecond: equal events of several groups stand between an event and its double. */
  const present = new Set<string>();
  let presentMs: number | undefined;
  for await (const events of mergePages([traced, onePage(around)])) {
    yield events.filter(({ region, logGroupName, eventId, timestamp }) => {
      if (timestamp !== presentMs) present.clear();
      presentMs = timestamp;
      const key = `${region} ${logGroupName} ${eventId}`;
      const isNew = !present.has(key);
      present.add(key);
      return isNew;
    });
  }
}

async function* onePage(events: LogEvent[]): AsyncGenerator<LogEvent[]> {
  if (events.length > 0) yield events;
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

function renderDryRun(request: FetchRequest, context: ContextRequest | undefined, zone: string): string {
  const { startMs = 0, endMs } = request;
  const times = { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString(), zone };
  return `${JSON.stringify({ command: 'trace', ...request, context: context ?? null, ...times }, null, 2)}\n`;
}
