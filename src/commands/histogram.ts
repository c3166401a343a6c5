import type { Command } from 'commander';
import { quote, UsageError } from '../errors.js';
import type { Io } from '../io.js';
import type { ClientOptions } from '../logs/client.js';
import type { CountKey } from '../logs/query/query-counts.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { Histogram } from '../shape/histogram.js';
import type { Present } from '../time/zone.js';
import { parseBucket } from './histogram/bucket.js';
import { countByQueries, countByReading } from './histogram/counting.js';
import { createKeyOf, lacksKey, toCountKey, toShown } from './histogram/keys.js';
import { refusePlace, renderCounts, renderPicture, writeSvg } from './histogram/output.js';
import { addGroupOperands, readGroupOperands } from './operands/group-operands.js';
import { type ReadSelection, resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { renderDryRun, toDryRange, toDryRegions } from './options/dry-run.js';
import {
  addFilterOptions,
  type FilterFlags,
  filterNames,
  selectorsOf,
  toFilterPattern,
  warnOfFilter,
} from './options/filter.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import { addMatchOptions, type GrepFlags, type GrepRequest, toGrepRequest } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { toColor } from './options/output.js';
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
import { parseChoice, parseConcurrency } from './options/values.js';
import { explainNothing } from './reading/nothing-found.js';
import type { Tally } from './reading/rendering.js';
import { announce, type Run, reportStats, startRun } from './reading/run.js';
import { addViaOptions, toWay, type ViaFlags, type Way } from './reading/via.js';

interface HistogramFlags
  extends GlobalFlags,
    ZoneFlags,
    RangeOptionFlags,
    StreamFlags,
    FilterFlags,
    GrepFlags,
    ViaFlags {
  readonly by?: string;
  readonly bucket?: string;
  readonly svg?: string;
  readonly force?: boolean;
  readonly format: string;
  readonly concurrency?: string;
  readonly progress?: boolean;
  readonly stats?: boolean;
  readonly dryRun?: boolean;
}

/** What is counted, and how it is told apart. */
interface HistogramRequest {
  readonly reading: FetchRequest & { readonly startMs: number };
  /** Edges of the buckets in epoch milliseconds. */
  readonly edges: readonly number[];
  readonly by: string | undefined;
  /** Undefined where events are read and counted here. */
  readonly queries: { readonly way: Way; readonly by: CountKey | undefined } | undefined;
}

/** Registers `histogram`. */
export function registerHistogram(command: Command, io: Io): void {
  addGroupOperands(command).description(
    'Count events by time and draw them as bars, one upon the other by level, stream, group or a field.',
  );
  addRangeOptions(command, 'an hour ago');
  addZoneOptions(command);
  addStreamOptions(command);
  addFilterOptions(command);
  addViaOptions(addMatchOptions(command))
    .option('--by <what>', 'level, stream, group, region, or a field of JSON messages: status, user.id')
    .option('--bucket <duration>', 'the time that one bar stands for: 5m; default: what fits the width')
    .option('--format <form>', 'bars, or the counts as json or csv', 'bars')
    .option('--svg <file>', 'also write the picture to a file; one that holds something already is refused')
    .option('--force', 'replace what the file of --svg holds')
    .option('--concurrency <n>', 'requests in flight at once; default: 10')
    .option('--rate <n>', 'requests a second at most; default: 85 % of the account’s quota')
    .option('--progress', 'show how far it is, on stderr; default: when that is a terminal')
    .option('--no-progress', 'do not show it')
    .option('--stats', 'say at the end, on stderr, how much was read, in what time and by how many requests')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((operands: string[], flags: HistogramFlags) => runHistogram(operands, flags, io));
}

const examples = `
Examples:
  cwlogs histogram /prod/api --start 6h --by level
  cwlogs histogram /prod/api --on yesterday --filter '{ $.status >= 500 }' --by status --svg errors.svg
`;

const hourMs = 3_600_000;

/** Reads what was typed: without a start, the last hour is counted. */
async function toHistogramRequest(
  operands: readonly string[],
  flags: HistogramFlags,
  present: Present,
  columns: number,
): Promise<HistogramRequest> {
  const { toRange } = await import('../time/range.js');
  const { bucketEdges, roundStepMs } = await import('../time/buckets.js');
  const { maxBars } = await import('../render/bars.js');
  const range = toRange(rangeFlags(flags), present);
  const startMs = range.startMs ?? range.endMs - hourMs;
  const rangeMs = range.endMs - startMs;
  const stepMs =
    flags.bucket === undefined ? roundStepMs(rangeMs, maxBars(columns)) : await parseBucket(flags.bucket, rangeMs);
  const reading = {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    startMs,
    endMs: range.endMs,
    filterPattern: await toFilterPattern(flags),
    unmask: false,
    take: undefined,
  };
  const way = await toWay(flags, reading, flags);
  return {
    reading,
    queries: way === undefined ? undefined : { way, by: toCountKey(flags.by) },
    edges: bucketEdges(startMs, range.endMs, stepMs, present.zone),
    by: flags.by,
  };
}

const selectionNames = { time: rangeNames, messages: filterNames };

/** What was typed, understood; nothing has been asked of the service yet. */
interface HistogramPlan {
  readonly flags: HistogramFlags;
  readonly present: Present;
  readonly form: 'bars' | 'json' | 'csv';
  readonly request: HistogramRequest;
  readonly grep: GrepRequest;
  readonly concurrency: number | undefined;
  readonly clientOptions: readonly [ClientOptions, ...ClientOptions[]];
  readonly color: boolean;
}

async function toHistogramPlan(operands: readonly string[], flags: HistogramFlags, io: Io): Promise<HistogramPlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const form = parseChoice(flags.format, '--format', ['bars', 'json', 'csv']);
  await refuseNames(flags);
  const request = await toHistogramRequest(operands, flags, present, io.stdout.columns);
  return {
    flags,
    present,
    form,
    request,
    grep: await toGrepRequest(flags, request.reading.filterPattern),
    concurrency: parseConcurrency(flags.concurrency),
    clientOptions: toClientOptions(flags, io),
    color: await toColor(flags, io),
  };
}

async function runHistogram(typed: readonly string[], typedFlags: HistogramFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const plan = await toHistogramPlan(operands, flags, io);
  await warnOfFilter(flags, io);
  if (flags.printPolicy === true) {
    const { printHistogramPolicy } = await import('./histogram/policy.js');
    return printHistogramPolicy(plan, io);
  }
  await warnOfFuture(plan.request.reading, plan.present, flags, io);
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(toDryHistogram(plan)));
  const run = await startRun(plan.clientOptions, flags, io);
  try {
    await draw(plan, run, io);
  } finally {
    run.close();
  }
}

function toDryHistogram({ flags, present, request, grep: { filterPattern }, clientOptions }: HistogramPlan): object {
  const { reading, edges, by = null, queries } = request;
  const { grep = [], exclude = [] } = flags;
  const range = toDryRange(reading, present.zone);
  const buckets = { bucketMs: (edges[1] ?? 0) - (edges[0] ?? 0), buckets: edges.length - 1, by };
  const via = queries === undefined ? {} : { via: 'insights' };
  const regions = toDryRegions(clientOptions);
  return { command: 'histogram', regions, ...reading, filterPattern, grep, exclude, ...range, ...buckets, ...via };
}

async function draw(plan: HistogramPlan, run: Run, io: Io): Promise<void> {
  const { flags, present, form, color, request } = plan;
  const [{ profile }] = plan.clientOptions;
  const readsInfrequent = request.queries !== undefined;
  const resolving = { profile, signal: io.signal, nowMs: present.nowMs, readsInfrequent };
  const groups = await resolveSelection(request.reading, run, resolving);
  const sought = { selectors: selectorsOf(flags), greps: flags.grep, excludes: flags.exclude };
  const selection = { ...request.reading, ...groups, ...sought, regions: run.regions, profile };
  await announce(selection, present, run.reporter);
  const { counted, tally } = await count(plan, groups, run, io);
  const histogram = await toShown(counted, request.by);
  // A program is given every key; a picture has room for some.
  if (form !== 'bars') await io.stdout.write(await renderCounts(counted, form, io.stdout.isTTY));
  else if (tally.events > 0) await io.stdout.write(await renderPicture(histogram, present.zone, color, io));
  if (flags.svg !== undefined) await writeSvg(flags.svg, histogram, selection, present);
  if (flags.stats === true) await reportStats({ ...tally, bytes: null }, run, flags.format);
  if (tally.events === 0) await run.reporter.warn(await explainNothing(selection, run, present, io));
  else if (lacksKey(counted)) await run.reporter.warn(`--by ${quote(request.by ?? '')}: no event has it`);
}

async function count(
  { flags, present, request, grep, concurrency }: HistogramPlan,
  groups: ReadSelection,
  run: Run,
  io: Io,
): Promise<{ readonly counted: Histogram; readonly tally: Tally }> {
  const { createCounter } = await import('../shape/histogram.js');
  const { edges, by, queries } = request;
  const counter = createCounter(edges, await createKeyOf(by));
  const reading = { ...request.reading, ...groups, filterPattern: grep.filterPattern };
  const clients = run.connections.map(({ client }) => client);
  const { monitor, survive } = run;
  const options = { signal: io.signal, concurrency, nowMs: present.nowMs, keeps: grep.keeps, monitor, survive };
  const counting = { run, io, shown: flags.progress ?? (io.stderr.isTTY && flags.quiet !== true) };
  const tally =
    queries === undefined
      ? await countByReading(clients, reading, options, counter, counting)
      : await countByQueries(queries.way, clients, { ...reading, edges, by: queries.by }, counter, counting);
  return { counted: counter.result(), tally };
}

async function refuseNames({ by, svg, force = false }: HistogramFlags): Promise<void> {
  if (by?.trim() === '') throw new UsageError({ flag: '--by', value: by, problem: 'is empty', fix: 'try --by level' });
  if (svg !== undefined) await refusePlace(svg, force);
  else if (force) throw new UsageError({ flag: '--force', problem: 'needs a file', fix: 'add --svg <file>' });
}
