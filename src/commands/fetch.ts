import type { Command } from 'commander';
import { ConditionError } from '../errors.js';
import type { Io } from '../io.js';
import type { ClientOptions } from '../logs/client.js';
import type { LogEvent } from '../logs/event.js';
import type { FetchRequest, Take } from '../logs/read/fetch-events.js';
import type { TailRequest } from '../logs/tail/open.js';
import { renderGoOn } from './argv/shell-line.js';
import { type Following, runFollowing } from './following/following.js';
import { readGroupOperands } from './operands/group-operands.js';
import { resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { addFilterOptions, type FilterFlags, selectorsOf, toFilterPattern, warnOfFilter } from './options/filter.js';
import { addGlobalOptions } from './options/global.js';
import {
  addGrepOptions,
  type GrepFlags,
  grepFingerprint,
  needsWhole,
  refuseWhole,
  toDryGrep,
  toGrepRequest,
  toStored,
} from './options/grep.js';
import { parseGroups } from './options/names.js';
import { addOutputOptions, type OutputFlags, toOutputRequest } from './options/output.js';
import { addRangeOptions, addZoneOptions, type RangeOptionFlags, rangeFlags, type ZoneFlags } from './options/range.js';
import { addStreamOptions, type StreamFlags, toStreamSelector } from './options/streams.js';
import { parseConcurrency, parseCount, refuseTogether } from './options/values.js';
import { renderDryRun } from './reading/dry-run.js';
import { explainNothing } from './reading/nothing-found.js';
import { createRenderer, toSources, toStdout } from './reading/rendering.js';
import { announce, consume, reportStats, startRun } from './reading/run.js';
import { addSaveOptions, type SaveFlags, toFiles, toRemaining, toSaveRequest } from './reading/saving.js';
import { addViaOptions, readBy, toWay, type ViaFlags } from './reading/via.js';

interface FetchFlags
  extends OutputFlags,
    ZoneFlags,
    RangeOptionFlags,
    StreamFlags,
    FilterFlags,
    GrepFlags,
    SaveFlags,
    ViaFlags {
  readonly follow?: boolean;
  readonly last?: string;
  readonly limit?: string;
  readonly concurrency?: string;
  readonly unmask?: boolean;
  readonly failIfEmpty?: boolean;
  readonly dryRun?: boolean;
  readonly progress?: boolean;
  readonly stats?: boolean;
}

/** Registers `fetch`. */
export function registerFetch(program: Command, io: Io, argv: readonly string[]): void {
  const command = program
    .command('fetch')
    .alias('get')
    .summary('download a time range')
    .description('Download every event of a time range, in order, to stdout or to files.')
    .argument(
      '<group...>',
      "log groups: names, patterns ('/prod/*'), the last part of a name, ARNs, a console URL, or - for names on stdin",
    );
  addRangeOptions(command);
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
    .option('--concurrency <n>', 'requests in flight at once; 1 reads page after page')
    .option('--rate <n>', 'requests a second at most')
    .option('--progress', 'show how far it is, on stderr; default: when only stderr is a terminal')
    .option('--no-progress', 'do not')
    .option('--stats', 'say at the end what was done')
    .option('--fail-if-empty', 'exit 3 when there is no event')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((operands: string[], flags: FetchFlags) => runFetch(operands, flags, io, argv));
}

const examples = `
Examples:
  cwlogs fetch /aws/lambda/checkout --start "yesterday 3pm" | grep -i timeout
  cwlogs fetch /prod/api /prod/worker --on yesterday -o api.log.gz --manifest
`;

/** Reads what was typed; every usage error is found here, before any client exists. */
export async function toFetchRequest(
  operands: readonly string[],
  flags: FetchFlags,
  clock: { readonly nowMs: number; readonly zone: string },
): Promise<FetchRequest> {
  const { toRange } = await import('../time/range.js');
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    ...toRange(rangeFlags(flags), clock),
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

const selectionNames = {
  time: ['start', 'since', 'end', 'until', 'on', 'around'],
  messages: ['filter', 'where'],
} as const;

async function runFetch(
  typed: readonly string[],
  typedFlags: FetchFlags,
  io: Io,
  argv: readonly string[],
): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const { resolveZone } = await import('../time/zone.js');
  const present = { nowMs: io.now(), zone: resolveZone(flags, io.env) };
  const wanted = await toFetchRequest(operands, flags, present);
  const grep = await toGrepRequest(flags, wanted.filterPattern);
  const asked = { ...wanted, filterPattern: grep.filterPattern };
  const output = await toOutputRequest(flags, io);
  const concurrency = flags.concurrency === undefined ? undefined : parseConcurrency(flags.concurrency);
  const clientOptions = toClientOptions(flags, io);
  const way = toWay(flags, wanted, flags);
  await warnOfFilter(flags, io);
  const followed = flags.follow === true ? toFollowedRequest(asked, flags) : undefined;
  if (followed !== undefined && flags.dryRun !== true) {
    const shown = { grep, output, clientOptions, zone: present.zone };
    return runFollowing({ request: followed, following: toFollowing(flags), ...shown }, flags, io);
  }
  refuseWhole(flags, grep);
  const save = await toSaveRequest(flags, fingerprintOf(operands, flags, clientOptions), present.zone);
  const left = save === undefined ? asked : toRemaining(asked, save);
  if (flags.dryRun === true) {
    return io.stdout.write(renderDryRun(left, present.zone, clientOptions, toDryGrep(flags, grep), flags));
  }

  const run = await startRun(clientOptions, flags, io);
  const [{ profile }] = clientOptions;
  const { regions, monitor, reporter, survive } = run;
  const clients = run.connections.map(({ client }) => client);
  try {
    const resolving = { profile, signal: io.signal, nowMs: present.nowMs, readsInfrequent: way !== undefined };
    const groups = await resolveSelection(left, run, resolving);
    const request = { ...left, ...groups };
    const sought = { selectors: selectorsOf(flags), greps: flags.grep, excludes: flags.exclude };
    const selection = { ...request, ...sought, filterPattern: wanted.filterPattern, regions, profile };
    await announce(selection, present, reporter);
    const starts = new WeakSet<LogEvent>();
    const subject = {
      zone: present.zone,
      sources: toSources(request, regions),
      toTerminal: save === undefined && io.stdout.isTTY,
      marks: grep.marks,
      beginsIsland: grep.context === undefined ? undefined : (event: LogEvent) => starts.has(event),
    };
    const render = await createRenderer(output, subject, io);
    const goOn = (resume: boolean): string =>
      renderGoOn(io.called, argv, needsWhole(grep) ? 'anew' : resume ? 'resumed' : 'again');
    const download = { request: { ...asked, ...groups, ...toStored(flags) }, regions, monitor, goOn };
    const destination =
      save === undefined ? toStdout(render, io, reporter) : await toFiles(save, download, render, reporter);
    const { readSelected } = await import('./reading/selected-pages.js');
    const options = { signal: io.signal, concurrency, nowMs: present.nowMs, monitor, survive };
    const shown = flags.progress ?? (io.stderr.isTTY && !subject.toTerminal && flags.quiet !== true);
    const pages =
      way === undefined
        ? await readSelected(clients, request, grep, options, starts)
        : readBy(way, clients, request, options, run);
    const tally = await consume(pages, destination, run, { shown, io });
    if (flags.stats === true) await reportStats(tally, run, flags.format);
    if (tally.events > 0 || save?.from !== undefined) return;
    const nothing = await explainNothing(selection, run, present, io);
    if (flags.failIfEmpty === true) throw new ConditionError(nothing);
    await reporter.warn(nothing);
  } finally {
    for (const client of clients) client.destroy();
  }
}

/** What is fetched up to now and followed from there. */
function toFollowedRequest(request: FetchRequest, flags: FetchFlags): TailRequest {
  for (const flag of [
    'end',
    'until',
    'on',
    'around',
    'last',
    'output',
    'resume',
    'force',
    'manifest',
    'concurrency',
    'stats',
  ] as const) {
    refuseTogether('--follow', true, `--${flag}`, flags[flag]);
  }
  const { logGroups, streams, filterPattern, unmask, startMs } = request;
  return { logGroups, streams, filterPattern, unmask, from: { kind: 'start', startMs } };
}

function toFollowing({ limit, failIfEmpty }: FetchFlags): Following {
  return {
    follows: true,
    live: false,
    awaitGroups: false,
    graceMs: undefined,
    forMs: undefined,
    idleMs: undefined,
    limit: limit === undefined ? undefined : parseCount(limit, '--limit'),
    failIfEmpty: failIfEmpty === true,
  };
}

/** The flags that make a request what it is; the others may differ when it is resumed. */
function fingerprintOf(
  operands: readonly string[],
  flags: FetchFlags,
  clientOptions: readonly ClientOptions[],
): readonly unknown[] {
  const { start, end, since, until, on, around, window, stream, streamPrefix, unmask, via } = flags;
  const { filter, where, format, withName, query, expand, singleLine, limit, last } = flags;
  const accounts = clientOptions.map(({ profile, region }) => [profile, region]);
  const selection = [operands, start, end, since, until, on, around, window, stream, streamPrefix, unmask, via];
  const shown = [format, withName, query, expand, singleLine, flags.null];
  return [...selection, filter, where, ...shown, accounts, limit, last, ...grepFingerprint(flags)];
}
