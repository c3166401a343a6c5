import type { Command } from 'commander';
import { ConditionError, IncompleteError } from '../errors.js';
import type { Io } from '../io.js';
import type { ClientOptions, Connection } from '../logs/client.js';
import type { QueryMonitor } from '../logs/query/query-monitor.js';
import type { QueryRequest } from '../logs/query/run-query.js';
import type { ScanEstimate } from '../logs/query/scan-estimate.js';
import type { Present } from '../time/zone.js';
import { readConsoleUrl } from './operands/group-operands.js';
import { resolveGroups } from './operands/resolve-groups.js';
import { toClientOptions, toOneRegion } from './options/client.js';
import { renderDryRun, toDryRange } from './options/dry-run.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import {
  addRangeOptions,
  addZoneOptions,
  type RangeOptionFlags,
  rangeFlags,
  rangeNames,
  warnOfFuture,
  type ZoneFlags,
} from './options/range.js';
import { parseBytes, parseChoice, parseCount } from './options/values.js';
import { checkCost, writeEstimate } from './query/cost.js';
import { explainMistake } from './query/mistake.js';
import {
  addQueryTextOptions,
  type QueryTextFlags,
  readQueryText,
  refuseTooMany,
  toQueryGroups,
  toQueryLanguage,
} from './query/options.js';
import { type QueryFormat, queryFormats, refuseOtherRows, writeRows } from './query/rows.js';
import { showLine } from './reading/progress.js';
import { announce, type Run, startRun } from './reading/run.js';
import { addScanOptions, createBusyWarning, reportScanned } from './reading/scanning.js';

interface QueryFlags extends GlobalFlags, ZoneFlags, RangeOptionFlags, QueryTextFlags {
  readonly limit?: string;
  readonly format?: string;
  readonly maxBytes?: string;
  readonly estimate?: boolean;
  readonly dryRun?: boolean;
  readonly progress?: boolean;
  readonly failIfEmpty?: boolean;
}

/** Registers `query`. */
export function registerQuery(command: Command, io: Io): void {
  command
    .description(
      'Run a Logs Insights query over log groups and print its rows, all of them: where there are more than the 100,000 that one query gives, the time is read in parts. The service charges for what is scanned.',
    )
    .argument('[text]', 'the query, or - for stdin; or give --file');
  addQueryTextOptions(command);
  addRangeOptions(command, 'an hour ago');
  addZoneOptions(command)
    .option('--limit <n>', 'the first n rows, then end')
    .option('--format <form>', 'table, json, csv, tsv or message; default: table, and tsv when piped')
    .option('--estimate', 'say about how much would be scanned, and stop');
  addScanOptions(command)
    .option('--progress', 'show how far it is, on stderr; default: when stderr is a terminal')
    .option('--no-progress', 'do not show it')
    .option('--fail-if-empty', 'exit 3 when there is no row')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((text: string | undefined, flags: QueryFlags) => runQuery(text, flags, io));
}

const examples = `
Times are whole seconds to a query: the start is rounded down, the end up, and an event at the
very end belongs to it. Queries do not see events dated before the creation of their group.
A table shows times in the zone (--tz); json, csv and tsv have them as the service gives them,
which is in UTC.

Examples:
  cwlogs query 'fields @timestamp, status | filter status >= 500' --group /prod/api --start 1d
  cwlogs query 'stats count(*) by bin(5m)' --group /prod/api --group /prod/worker --format csv
  cwlogs query --file slow.cwli --group /prod/api --on yesterday --max-bytes 50GB
`;

/** Without a start an hour is queried: what is scanned is paid for. */
const usualRangeMs = 3_600_000;

/** Reads what was typed; every usage error is found here, before any client exists. */
async function toQueryRequest(queryString: string, flags: QueryFlags, present: Present): Promise<QueryRequest> {
  const { toRange } = await import('../time/range.js');
  const { namesGroups } = await import('../logs/query/query-text.js');
  const queryLanguage = toQueryLanguage(flags);
  const { startMs, endMs } = toRange(rangeFlags(flags), present);
  return {
    logGroups: await toQueryGroups(flags, namesGroups(queryString, queryLanguage)),
    queryString,
    queryLanguage,
    startMs: startMs ?? endMs - usualRangeMs,
    endMs,
    limit: flags.limit === undefined ? undefined : parseCount(flags.limit, '--limit'),
  };
}

/** What was typed, understood; nothing has been asked of the service yet. */
interface QueryPlan {
  readonly flags: QueryFlags;
  readonly present: Present;
  readonly asked: QueryRequest;
  readonly format: QueryFormat;
  readonly maxBytes: number | undefined;
  readonly clientOptions: ClientOptions;
}

async function toQueryPlan(text: string | undefined, flags: QueryFlags, io: Io): Promise<QueryPlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const asked = await toQueryRequest(await readQueryText(text, flags, io), flags, present);
  const format = toFormat(flags, io);
  await refuseOtherRows(format, asked);
  return {
    flags,
    present,
    asked,
    format,
    maxBytes: flags.maxBytes === undefined ? undefined : parseBytes(flags.maxBytes, '--max-bytes', '10GB'),
    clientOptions: toOneRegion(toClientOptions(flags, io), 'a query runs in one region'),
  };
}

/** What a query can take over from the address of a console page. */
const selectionNames = {
  time: rangeNames,
  messages: [],
  flag: '--group',
  unused: { stream: 'a query reads all streams', filter: 'a query says itself what it selects' },
};

async function runQuery(text: string | undefined, typed: QueryFlags, io: Io): Promise<void> {
  const { operands: group, flags: shown } = await readConsoleUrl(typed.group ?? [], typed, selectionNames, io);
  const flags = { ...shown, group };
  const plan = await toQueryPlan(text, flags, io);
  if (flags.printPolicy === true) {
    const { printQueryPolicy } = await import('./query/policy.js');
    return printQueryPolicy(plan, io);
  }
  await warnOfFuture(plan.asked, plan.present, flags, io);
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(await toDryQuery(plan)));
  const run = await startRun([plan.clientOptions], flags, io);
  try {
    for (const connection of run.connections) await queryRegion(plan, connection, run, io);
  } finally {
    run.close();
  }
}

async function queryRegion(plan: QueryPlan, { client, region }: Connection, run: Run, io: Io): Promise<void> {
  const { flags, present, asked, maxBytes } = plan;
  const { profile } = plan.clientOptions;
  const resolving = { profile, signal: io.signal, nowMs: present.nowMs, readsInfrequent: true, flag: '--group' };
  const request = { ...asked, logGroups: (await resolveGroups(asked.logGroups, run, resolving)).logGroups };
  await refuseTooMany(request.logGroups);
  const selection = { ...request, regions: [region], profile, filterPattern: undefined };
  await announce({ ...selection, streams: { kind: 'all' } }, present, run.reporter);
  const { estimateScan } = await import('../logs/query/scan-estimate.js');
  const estimate = await estimateScan(client, request, present.nowMs, { signal: io.signal });
  if (flags.estimate === true) return writeEstimate(estimate, maxBytes, io);
  await checkCost(estimate, maxBytes, run);
  const monitor = await printRows(plan, { client, region, request, estimate }, run, io);
  settle(monitor, request, flags);
}

/** A query that is about to be run. */
interface CheckedQuery extends Connection {
  readonly request: QueryRequest;
  readonly estimate: ScanEstimate | undefined;
}

async function printRows(
  { flags, present, format, maxBytes }: QueryPlan,
  { client, region, request, estimate }: CheckedQuery,
  run: Run,
  io: Io,
): Promise<QueryMonitor> {
  const { queryPages } = await import('../logs/query/run-query.js');
  const { createQueryMonitor } = await import('../logs/query/query-monitor.js');
  const monitor = createQueryMonitor();
  const onBusy = createBusyWarning(run);
  const shown = flags.progress ?? (io.stderr.isTTY && flags.quiet !== true);
  const stopProgress = shown ? await showProgress(monitor, estimate, run, io) : async () => {};
  try {
    const pages = queryPages(client, request, { signal: io.signal, monitor, maxBytes, onBusy });
    await writeRows(pages, { format, request, region, zone: present.zone, stopProgress }, flags, io);
  } catch (error) {
    throw await explainMistake(error, flags.file === undefined ? '<text>' : '--file');
  } finally {
    await stopProgress();
    if (monitor.queries > 0) await reportScanned(monitor, run);
  }
  return monitor;
}

function toFormat({ format }: QueryFlags, io: Io): QueryFormat {
  if (format === undefined) return io.stdout.isTTY ? 'table' : 'tsv';
  return parseChoice(format, '--format', queryFormats);
}

async function showProgress(
  monitor: QueryMonitor,
  estimate: ScanEstimate | undefined,
  { startedMs }: Run,
  io: Io,
): Promise<() => Promise<void>> {
  const { renderQueryProgress } = await import('../render/query-progress.js');
  const likelyBytes = estimate?.likelyBytes;
  return showLine(io, () => renderQueryProgress({ ...monitor, likelyBytes, elapsedMs: performance.now() - startedMs }));
}

/** Throws where rows are missing, or there is none and that is no success. */
function settle(monitor: QueryMonitor, { logGroups }: QueryRequest, flags: QueryFlags): void {
  if (monitor.cutAt !== undefined) {
    const cutAt = monitor.cutAt.toLocaleString('en-US');
    throw new IncompleteError(
      `rows are missing: the service gives ${cutAt} of a query that sorts or counts, or is not in cwli; narrow it`,
    );
  }
  if (monitor.rows > 0 || flags.failIfEmpty !== true) return;
  throw new ConditionError(`the query has no row${logGroups.length === 0 ? '' : ` in ${logGroups.join(', ')}`}`);
}

async function toDryQuery({ asked, present, clientOptions: { region } }: QueryPlan): Promise<object> {
  const { canSplit } = await import('../logs/query/query-text.js');
  const { toPart } = await import('../logs/query/parts.js');
  const { logGroups, queryString, queryLanguage = 'CWLI', limit = null } = asked;
  const { fromS, toS } = toPart(asked);
  return {
    command: 'query',
    regions: region === undefined ? [] : [region],
    logGroups,
    ...toDryRange(asked, present.zone),
    startTime: fromS,
    endTime: toS,
    queryLanguage,
    queryString,
    limit,
    readInPartsWhereCut: canSplit(queryString, queryLanguage),
    bytes: 'not known without a request: --estimate makes one',
  };
}
