import type { CloudWatchLogsClient, StartQueryCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError } from '../../errors.js';
import { isNotFound } from '../../failures.js';
import { explainMissingGroup, groupArn } from '../groups.js';
import type { ReadOptions } from '../read/filter-events.js';
import { sharedSignal } from '../shared-signal.js';
import { createPartLine, type FinishedPart, type PartLine } from './part-line.js';
import { timesOf, toPart } from './parts.js';
import { finishQuery, type JobOptions, type QueryRow, resultPages } from './query-job.js';
import { maxQueryRows } from './query-limits.js';
import { createQueryMonitor, type QueryMonitor } from './query-monitor.js';
import { canSplit, limitOf, type QueryLanguage } from './query-text.js';

/** A Logs Insights query over a time range of some groups. */
export interface QueryRequest {
  /** Names or ARNs, 50 at most; none where the query names them itself (`SOURCE`, SQL). */
  readonly logGroups: readonly string[];
  readonly queryString: string;
  /** Default `CWLI`, the Logs Insights query language. */
  readonly queryLanguage?: QueryLanguage | undefined;
  /** Milliseconds since the epoch, inclusive; rounded down to a whole second. */
  readonly startMs: number;
  /** Milliseconds since the epoch; rounded up to a whole second, which is included. */
  readonly endMs: number;
  /** The most rows to give; default: all. */
  readonly limit?: number | undefined;
}

/** How a query is run. */
export interface QueryOptions extends ReadOptions {
  /** How many queries run at once where the time is read in parts; default 5. */
  readonly concurrency?: number | undefined;
  /** Stops with a `ConditionError` when more bytes than these have been scanned; default: no bound. */
  readonly maxBytes?: number | undefined;
  /** Told what happens. */
  readonly monitor?: QueryMonitor | undefined;
  /** Told once that the account runs as many queries as it may, and that this one waits. */
  readonly onBusy?: (() => void) | undefined;
  /** How long to wait before asking a query for its state, at first, in milliseconds; default 100. */
  readonly pollMs?: number | undefined;
}

/** An account may run 100 queries at a time, its dashboards' among them. */
const usualConcurrency = 5;
const usualPollMs = 100;

/**
 * Runs a Logs Insights query and gives its rows, as the service orders them: single events come newest first.
 *
 * Where a query of single events (`fields`, `filter`, `parse`, `display`) has 100,000 rows or more, which is all that
 * the service gives of one query, its time is read in parts, each row once. The results of other queries are cut there;
 * `monitor.cutAt` tells. What ends the reading early stops the query.
 *
 * Each row has texts by field name, `@ptr` among them where it is a single event; `@timestamp` is UTC, as
 * `2026-11-20 15:00:00.000`. What is charged for are the bytes scanned, see `monitor`; parts scan again what the first
 * query has scanned.
 *
 * @throws `QueryFailedError` for a query that is malformed, fails, is cancelled or times out; `IncompleteError` where
 * one second alone has 100,000 rows; `GroupNotFoundError`; otherwise what the client throws
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 */
export async function* runQuery(
  client: CloudWatchLogsClient,
  request: QueryRequest,
  options: QueryOptions = {},
): AsyncGenerator<QueryRow> {
  for await (const rows of queryPages(client, request, options)) yield* rows;
}

/** The order in which parts are read, and the rows at which they are cut. */
export interface PartOptions {
  readonly oldestFirst?: boolean;
  readonly maxRows?: number;
}

/** The rows of {@link runQuery}, a page at a time; where the time is read in parts, a part at a time. */
export async function* queryPages(
  client: CloudWatchLogsClient,
  request: QueryRequest,
  options: QueryOptions = {},
  { oldestFirst = false, maxRows: most = maxQueryRows[request.queryLanguage ?? 'CWLI'] }: PartOptions = {},
): AsyncGenerator<readonly QueryRow[]> {
  const { queryString, queryLanguage = 'CWLI', limit = Number.POSITIVE_INFINITY } = request;
  const { monitor = createQueryMonitor(), concurrency = usualConcurrency } = options;
  const splits = limit > most && canSplit(queryString, queryLanguage);
  const whole = toPart(request);
  const ended = new AbortController();
  const signal = sharedSignal(options.signal, ended.signal);
  const job = toJobOptions(options, monitor, signal);
  const ownLimit = limitOf(queryString, queryLanguage);
  // It would overrule what the text says.
  const input = { ...toInput(request), ...(ownLimit !== undefined ? {} : { limit: Math.min(limit, most) }) };
  const run = (part: typeof whole) => finishQuery(client, { ...input, ...timesOf(part, whole) }, job);
  const line = createPartLine(whole, run, { maxRows: most, concurrency, oldestFirst, cuts: isCuttable(splits) });
  const rowsOf = (queryId: string) => resultPages(client, queryId, { signal, pages: queryLanguage === 'CWLI' });
  const pages = splits ? partPages(line, rowsOf, most) : wholePages(line, rowsOf);
  let left = limit;
  let fullest = 0;
  try {
    for await (const rows of pages) {
      const given = rows.length > left ? rows.slice(0, left) : rows;
      fullest = splits ? Math.max(fullest, rows.length) : fullest + rows.length;
      monitor.rows += given.length;
      left -= given.length;
      yield given;
      if (left <= 0) return;
    }
    // A text may ask for more than the service gives.
    if (fullest >= most && fullest !== ownLimit) monitor.cutAt = most;
  } catch (error) {
    throw await explainMissing(client, error, request.logGroups);
  } finally {
    ended.abort();
    await line.settled();
  }
}

function toJobOptions(options: QueryOptions, monitor: QueryMonitor, signal: AbortSignal): JobOptions {
  const { maxBytes, pollMs = usualPollMs, onBusy = () => {} } = options;
  let said = false;
  const sayOnce = (): void => {
    if (!said) onBusy();
    said = true;
  };
  return { signal, monitor, maxBytes, pollMs, onBusy: sayOnce };
}

function toInput({
  logGroups,
  queryString,
  queryLanguage = 'CWLI',
}: QueryRequest): Omit<StartQueryCommandInput, 'startTime' | 'endTime'> {
  const identifiers = logGroups.map((logGroup) => logGroup.replace(/:\*$/, ''));
  const [first, second] = identifiers;
  if (first === undefined) return { queryString, queryLanguage };
  if (second === undefined && !first.startsWith('arn:')) return { queryString, queryLanguage, logGroupName: first };
  const byArn = identifiers.some((identifier) => identifier.startsWith('arn:'));
  const groups = byArn ? { logGroupIdentifiers: identifiers } : { logGroupNames: identifiers };
  return { queryString, queryLanguage, ...groups };
}

/** Of several groups the service need not say which one is missing. */
async function explainMissing(
  client: CloudWatchLogsClient,
  error: unknown,
  logGroups: readonly string[],
): Promise<unknown> {
  if (!isNotFound(error) || error.logGroup !== undefined) return explainMissingGroup(client, error);
  for (const logGroup of logGroups) {
    const found = await groupArn(client, logGroup).catch(() => logGroup);
    if (found === undefined)
      return explainMissingGroup(client, new ServiceError({ ...error, cause: error.cause, logGroup }));
  }
  return error;
}

/** Rows without a pointer could not be told apart where parts overlap. */
function isCuttable(splits: boolean): (finished: { readonly sample: QueryRow | undefined }) => boolean {
  return ({ sample }) => splits && sample?.['@ptr'] !== undefined;
}

type RowReader = (queryId: string) => AsyncGenerator<QueryRow[]>;

async function* wholePages(line: PartLine, rowsOf: RowReader): AsyncGenerator<readonly QueryRow[]> {
  const finished = await line.next();
  if (finished !== undefined) yield* rowsOf(finished.queryId);
}

/** How many parts back a row may have been given: parts of one second share an instant with the one after the next. */
const overlappingParts = 2;

async function* partPages(line: PartLine, rowsOf: RowReader, most: number): AsyncGenerator<readonly QueryRow[]> {
  let given: ReadonlySet<string>[] = [];
  for (let finished = await line.next(); finished !== undefined; finished = await line.next()) {
    const rows = await allRows(rowsOf, finished);
    // However many the statistics tell of: a full answer may be a cut one.
    if (rows.length >= most && rows[0]?.['@ptr'] !== undefined) {
      line.cut(finished);
      continue;
    }
    const pointers = new Set<string>();
    const fresh = rows.filter(({ '@ptr': pointer }) => {
      if (pointer === undefined) return true;
      const isNew = !pointers.has(pointer) && !given.some((part) => part.has(pointer));
      pointers.add(pointer);
      return isNew;
    });
    given = [pointers, ...given].slice(0, overlappingParts);
    yield fresh;
  }
}

async function allRows(rowsOf: RowReader, { queryId }: FinishedPart): Promise<QueryRow[]> {
  const rows: QueryRow[] = [];
  for await (const page of rowsOf(queryId)) for (const row of page) rows.push(row);
  return rows;
}
