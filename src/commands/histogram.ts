import type { Command } from 'commander';
import { quote, UsageError } from '../errors.js';
import type { Io } from '../io.js';
import type { CountKey } from '../logs/query/query-counts.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { Counter } from '../shape/histogram.js';
import { parseBucket } from './histogram/bucket.js';
import { createKeyOf, lacksKey, toCountKey, toShown } from './histogram/keys.js';
import { renderCounts, renderPicture, writeSvg } from './histogram/output.js';
import { countByQueries } from './histogram/queries.js';
import { readGroupOperands } from './operands/group-operands.js';
import { resolveSelection } from './operands/resolve-selection.js';
import { toClientOptions } from './options/client.js';
import { addFilterOptions, type FilterFlags, selectorsOf, toFilterPattern, warnOfFilter } from './options/filter.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import { addMatchOptions, type GrepFlags, toGrepRequest } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { toColor } from './options/output.js';
import { addRangeOptions, addZoneOptions, type RangeOptionFlags, rangeFlags, type ZoneFlags } from './options/range.js';
import { addStreamOptions, type StreamFlags, toStreamSelector } from './options/streams.js';
import { parseChoice, parseConcurrency } from './options/values.js';
import { explainNothing } from './reading/nothing-found.js';
import { announce, consume, reportStats, startRun } from './reading/run.js';
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
  command
    .description('Count events by time and draw them as bars, one upon the other by level, stream, group or a field.')
    .argument(
      '<group...>',
      "log groups: names, patterns ('/prod/*'), the last part of a name, ARNs, a console URL, or -",
    );
  addRangeOptions(command);
  addZoneOptions(command);
  addStreamOptions(command);
  addFilterOptions(command);
  addViaOptions(addMatchOptions(command))
    .option('--by <what>', 'level, stream, group, region, or a field of JSON messages: status, user.id')
    .option('--bucket <duration>', 'the time that one bar stands for: 5m; default: what fits the width')
    .option('--format <form>', 'bars, or the counts as json or csv', 'bars')
    .option('--svg <file>', 'also write the picture to a file')
    .option('--concurrency <n>', 'requests in flight at once')
    .option('--rate <n>', 'requests a second at most')
    .option('--progress', 'show how far it is, on stderr; default: when that is a terminal')
    .option('--no-progress', 'do not')
    .option('--stats', 'say at the end what was done')
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
  clock: { readonly nowMs: number; readonly zone: string; readonly columns: number },
): Promise<HistogramRequest> {
  const { toRange } = await import('../time/range.js');
  const { bucketEdges, roundStepMs } = await import('../time/buckets.js');
  const { maxBars } = await import('../render/bars.js');
  const range = toRange(rangeFlags(flags), clock);
  const startMs = range.startMs ?? range.endMs - hourMs;
  const rangeMs = range.endMs - startMs;
  const stepMs =
    flags.bucket === undefined
      ? roundStepMs(rangeMs, maxBars(clock.columns))
      : await parseBucket(flags.bucket, rangeMs);
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
    edges: bucketEdges(startMs, range.endMs, stepMs, clock.zone),
    by: flags.by,
  };
}

const selectionNames = {
  time: ['start', 'since', 'end', 'until', 'on', 'around'],
  messages: ['filter', 'where'],
} as const;

async function runHistogram(typed: readonly string[], typedFlags: HistogramFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const { resolveZone } = await import('../time/zone.js');
  const present = { nowMs: io.now(), zone: resolveZone(flags, io.env) };
  const form = parseChoice(flags.format, '--format', ['bars', 'json', 'csv']);
  refuseNames(flags);
  const request = await toHistogramRequest(operands, flags, { ...present, columns: io.stdout.columns });
  const grep = await toGrepRequest(flags, request.reading.filterPattern);
  const concurrency = flags.concurrency === undefined ? undefined : parseConcurrency(flags.concurrency);
  const clientOptions = toClientOptions(flags, io);
  const color = await toColor(flags, io);
  await warnOfFilter(flags, io);
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(request, grep.filterPattern, flags, present.zone));

  const run = await startRun(clientOptions, flags, io);
  const clients = run.connections.map(({ client }) => client);
  try {
    const [{ profile }] = clientOptions;
    const readsInfrequent = request.queries !== undefined;
    const resolving = { profile, signal: io.signal, nowMs: present.nowMs, readsInfrequent };
    const groups = await resolveSelection(request.reading, run, resolving);
    const reading = { ...request.reading, ...groups, filterPattern: grep.filterPattern };
    const sought = { selectors: selectorsOf(flags), greps: flags.grep, excludes: flags.exclude };
    const selection = { ...request.reading, ...groups, ...sought, regions: run.regions, profile };
    await announce(selection, present, run.reporter);
    const counter = await createKeyCounter(request);
    const options = {
      signal: io.signal,
      concurrency,
      nowMs: present.nowMs,
      keeps: grep.keeps,
      monitor: run.monitor,
      survive: run.survive,
    };
    const shown = flags.progress ?? (io.stderr.isTTY && flags.quiet !== true);
    const tally =
      request.queries === undefined
        ? await consume(await eventPages(clients, reading, options), toCounter(counter), run, { shown, io })
        : await countByQueries(
            request.queries.way,
            clients,
            { ...reading, edges: request.edges, by: request.queries.by },
            counter,
            { run, io, shown },
          );
    const counted = counter.result();
    const histogram = await toShown(counted, request.by);
    // A program is given every key; a picture has room for some.
    if (form !== 'bars') await io.stdout.write(await renderCounts(counted, form, io.stdout.isTTY));
    else if (tally.events > 0) await io.stdout.write(await renderPicture(histogram, present.zone, color, io));
    if (flags.svg !== undefined) await writeSvg(flags.svg, histogram, selection, present);
    if (flags.stats === true) await reportStats(tally, run, flags.format);
    if (tally.events === 0) await run.reporter.warn(await explainNothing(selection, run, present, io));
    else if (lacksKey(counted)) await run.reporter.warn(`--by ${quote(request.by ?? '')}: no event has it`);
  } finally {
    run.close();
  }
}

function refuseNames({ by, svg }: HistogramFlags): void {
  if (by?.trim() === '') throw new UsageError({ flag: '--by', value: by, problem: 'is empty', fix: 'try --by level' });
  if (svg !== '-' && svg !== '') return;
  throw new UsageError({ flag: '--svg', value: svg, problem: 'is not a file', fix: 'try --svg events.svg' });
}

async function eventPages(...reading: Parameters<typeof import('../logs/read/fetch-events.js').fetchEventPages>) {
  const { fetchEventPages } = await import('../logs/read/fetch-events.js');
  return fetchEventPages(...reading);
}

/** Counts what comes; nothing is shown of a range that was not read to its end. */
function toCounter(counter: Counter): Parameters<typeof consume>[1] {
  return {
    async write(events) {
      counter.add(events);
      return 0;
    },
    complete: async () => {},
    interrupt: async () => {},
  };
}

async function createKeyCounter({ edges, by }: HistogramRequest): Promise<Counter> {
  const { createCounter } = await import('../shape/histogram.js');
  return createCounter(edges, await createKeyOf(by));
}

function renderDryRun(
  { reading, edges, by, queries }: HistogramRequest,
  filterPattern: string | undefined,
  { grep = [], exclude = [] }: GrepFlags,
  zone: string,
): string {
  const { startMs, endMs } = reading;
  const times = { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString(), zone };
  const buckets = { bucketMs: (edges[1] ?? 0) - (edges[0] ?? 0), buckets: edges.length - 1, by: by ?? null };
  const via = queries === undefined ? {} : { via: 'insights' };
  return `${JSON.stringify({ command: 'histogram', ...reading, filterPattern, grep, exclude, ...times, ...buckets, ...via }, null, 2)}\n`;
}
