import type { Command } from 'commander';
import { ConditionError } from '../errors.js';
import type { Io } from '../io.js';
import type { ClientOptions } from '../logs/client.js';
import type { LogEvent } from '../logs/event.js';
import type { FetchRequest, Take } from '../logs/read/fetch-events.js';
import type { Present } from '../time/zone.js';
import { createGoingOn } from './fetch/going-on.js';
import { type FetchFlags, fingerprintOf, toFollowed } from './fetch/options.js';
import { addSaveOptions, type SaveRequest, toRemaining, toSaveRequest } from './fetch/save-request.js';
import { toFiles } from './fetch/saving.js';
import { runFollowing } from './following/following.js';
import { addGroupOperands, consoleUrlHelp, readGroupOperands } from './operands/group-operands.js';
import { resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { renderDryRun, toDryRange, toDryRegions } from './options/dry-run.js';
import { addFilterOptions, filterNames, selectorsOf, toFilterPattern, warnOfFilter } from './options/filter.js';
import { addGlobalOptions } from './options/global.js';
import { addGrepOptions, type GrepRequest, refuseWhole, toDryGrep, toGrepRequest, toStored } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { addOutputOptions, type OutputRequest, toDryOutput, toOutputRequest } from './options/output.js';
import { addRangeOptions, addZoneOptions, rangeFlags, rangeNames, warnOfFuture } from './options/range.js';
import { addStreamOptions, toStreamSelector } from './options/streams.js';
import { parseConcurrency, parseCount, refuseTogether } from './options/values.js';
import { explainNothing } from './reading/nothing-found.js';
import { createRenderer, toSources, toStdout } from './reading/rendering.js';
import { announce, consume, type Run, reportStats, startRun } from './reading/run.js';
import { addViaOptions, readBy, toWay, type Way } from './reading/via.js';

/** Registers `fetch`. */
export function registerFetch(command: Command, io: Io, argv: readonly string[]): void {
  addGroupOperands(command).description('Download every event of a time range, in order, to stdout or to files.');
  addRangeOptions(command, 'the oldest event there is');
  addZoneOptions(command);
  addStreamOptions(command);
  addFilterOptions(command);
  addGrepOptions(command)
    .option('-n, --last <n>', 'the newest n events')
    .option('-f, --follow', 'then go on with what comes, as tail does')
    .option('--limit <n>', 'the first n events, then end')
    .option('--unmask', 'show masked data (needs logs:Unmask)');
  addOutputOptions(command);
  addSaveOptions(command);
  addViaOptions(command)
    .option('--concurrency <n>', 'requests in flight at once; default: 10; 1 reads page after page')
    .option('--rate <n>', 'requests a second at most; default: 85 % of the account’s quota')
    .option('--progress', 'show how far it is, on stderr; default: when only stderr is a terminal')
    .option('--no-progress', 'do not show it')
    .option('--stats', 'say at the end, on stderr, how much was read, in what time and by how many requests')
    .option('--fail-if-empty', 'exit 3 when there is no event')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', consoleUrlHelp + examples);
  command.action((operands: string[], flags: FetchFlags) => runFetch(operands, flags, io, argv));
}

const examples = `
Examples:
  cwlogs fetch /aws/lambda/checkout --start "yesterday 3pm" | grep -i timeout
  cwlogs fetch /prod/api /prod/worker --on yesterday -o api.log.gz --manifest
`;

/** Reads what was typed; every usage error is found here, before any client exists. */
async function toFetchRequest(operands: readonly string[], flags: FetchFlags, present: Present): Promise<FetchRequest> {
  const { toRange } = await import('../time/range.js');
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    ...toRange(rangeFlags(flags), present),
    filterPattern: await toFilterPattern(flags),
    unmask: flags.unmask === true,
    take: toTake(flags),
  };
}

function toTake({ last, limit }: FetchFlags): Take | undefined {
  refuseTogether('--last', last, '--limit', limit);
  if (last !== undefined) return { from: 'end', count: parseCount(last, '--last') };
  return limit === undefined ? undefined : { from: 'start', count: parseCount(limit, '--limit') };
}

const selectionNames = { time: rangeNames, messages: filterNames };

/** What was typed, understood; nothing has been asked of the service yet. */
interface FetchPlan {
  readonly flags: FetchFlags;
  readonly present: Present;
  /** As it was typed, and as it is sent: a plain -g is a filter as well. */
  readonly filterPattern: string | undefined;
  readonly asked: FetchRequest;
  readonly grep: GrepRequest;
  readonly output: OutputRequest;
  readonly way: Way | undefined;
  readonly concurrency: number | undefined;
  readonly clientOptions: readonly [ClientOptions, ...ClientOptions[]];
}

async function toFetchPlan(operands: readonly string[], flags: FetchFlags, io: Io): Promise<FetchPlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const wanted = await toFetchRequest(operands, flags, present);
  const grep = await toGrepRequest(flags, wanted.filterPattern);
  return {
    flags,
    present,
    filterPattern: wanted.filterPattern,
    asked: { ...wanted, filterPattern: grep.filterPattern },
    grep,
    output: await toOutputRequest(flags, io),
    concurrency: parseConcurrency(flags.concurrency),
    clientOptions: toClientOptions(flags, io),
    way: await toWay(flags, wanted, flags),
  };
}

async function runFetch(
  typed: readonly string[],
  typedFlags: FetchFlags,
  io: Io,
  argv: readonly string[],
): Promise<void> {
  const names = { ...selectionNames, goesOn: typedFlags.follow === true };
  const { operands, flags } = await readGroupOperands(typed, typedFlags, names, io);
  const plan = await toFetchPlan(operands, flags, io);
  const { asked, grep, output, clientOptions, present } = plan;
  await warnOfFilter(flags, io);
  const followed = flags.follow === true ? toFollowed(asked, flags) : undefined;
  if (followed !== undefined && flags.dryRun !== true && flags.printPolicy !== true) {
    return runFollowing({ ...followed, grep, output, clientOptions, zone: present.zone }, flags, io);
  }
  refuseWhole(flags, grep);
  const save = await toSaveRequest(flags, fingerprintOf(operands, flags, clientOptions), present);
  const left = save === undefined ? asked : toRemaining(asked, save);
  if (flags.printPolicy === true) {
    const { printFetchPolicy } = await import('./fetch/policy.js');
    return printFetchPolicy(left, plan, io);
  }
  await warnOfFuture(left, present, flags, io);
  if (flags.dryRun === true) {
    return io.stdout.write(renderDryRun(toDryFetch(plan, left)));
  }
  const run = await startRun(clientOptions, flags, io);
  try {
    await download(plan, left, save, run, { io, argv });
  } finally {
    run.close();
  }
}

function toDryFetch({ flags, present, grep, clientOptions }: FetchPlan, left: FetchRequest): object {
  return {
    command: 'fetch',
    regions: toDryRegions(clientOptions),
    logGroups: left.logGroups,
    streams: left.streams,
    ...toDryRange(left, present.zone),
    filterPattern: left.filterPattern ?? null,
    ...toDryGrep(flags, grep),
    take: left.take ?? null,
    unmask: left.unmask,
    ...toDryOutput(flags),
  };
}

async function download(
  plan: FetchPlan,
  left: FetchRequest,
  save: SaveRequest | undefined,
  run: Run,
  { io, argv }: { readonly io: Io; readonly argv: readonly string[] },
): Promise<void> {
  const { flags, present, grep, way } = plan;
  const { regions, monitor, reporter } = run;
  const [{ profile }] = plan.clientOptions;
  const resolving = { profile, signal: io.signal, nowMs: present.nowMs, readsInfrequent: way !== undefined };
  const groups = await resolveSelection(left, run, resolving);
  const request = { ...left, ...groups };
  const sought = { selectors: selectorsOf(flags), greps: flags.grep, excludes: flags.exclude };
  const selection = { ...request, ...sought, filterPattern: plan.filterPattern, regions, profile };
  await announce(selection, present, reporter);
  const starts = new WeakSet<LogEvent>();
  const toTerminal = save === undefined && io.stdout.isTTY;
  const subject = {
    present,
    sources: toSources(request, regions),
    toTerminal,
    marks: grep.marks,
    beginsIsland: grep.context === undefined ? undefined : (event: LogEvent) => starts.has(event),
  };
  const render = await createRenderer(plan.output, subject, io);
  const saved = { ...plan.asked, ...groups, ...toStored(flags), via: flags.via };
  const destination =
    save === undefined
      ? toStdout(render, io, reporter)
      : await toFiles(
          save,
          { request: saved, regions, monitor, goOn: createGoingOn(io, argv, grep) },
          render,
          reporter,
        );
  const pages = await openPages(plan, request, starts, run, io);
  const shown = flags.progress ?? (io.stderr.isTTY && !toTerminal && flags.quiet !== true);
  const tally = await consume(pages, destination, run, { shown, io });
  if (flags.stats === true) await reportStats(tally, run, flags.format);
  if (tally.events > 0 || save?.from !== undefined) return;
  const nothing = await explainNothing(selection, run, present, io);
  if (flags.failIfEmpty === true) throw new ConditionError(nothing);
  await reporter.warn(nothing);
}

async function openPages(
  { grep, way, concurrency, present }: FetchPlan,
  request: FetchRequest,
  starts: WeakSet<LogEvent>,
  run: Run,
  io: Io,
): Promise<AsyncIterable<readonly LogEvent[]>> {
  const { monitor, survive } = run;
  const clients = run.connections.map(({ client }) => client);
  const options = { signal: io.signal, concurrency, nowMs: present.nowMs, monitor, survive };
  if (way !== undefined) return readBy(way, clients, request, options, run);
  const { readSelected } = await import('./reading/selected-pages.js');
  return readSelected(clients, request, grep, options, starts);
}
