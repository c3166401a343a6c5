import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  type MalformedQueryException,
  type ResultField,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { ConditionError, nameOf } from '../../errors.js';
import { causeOf } from '../../failures.js';
import { QueryFailedError } from '../../job-errors.js';
import { withLateSignal } from '../late-signal.js';
import { abortBy } from '../read/filter-events.js';
import { createScanCounter, type QueryMonitor } from './query-monitor.js';

/** A row as the service gives it: texts by the names of fields. Fields that its event does not have are absent. */
export type QueryRow = Readonly<Record<string, string>>;

/** How one query is run. */
export interface JobOptions {
  readonly signal: AbortSignal;
  readonly monitor: QueryMonitor;
  /** The most bytes that all queries of the run may scan. */
  readonly maxBytes: number | undefined;
  /** How long the first answer is waited for, in milliseconds; later ones up to {@link maxPollMs}. */
  readonly pollMs: number;
  /** Told once that the account runs as many queries as it may. */
  readonly onBusy: () => void;
}

/** A query that is complete. Its rows stay with the service for seven days. */
export interface FinishedQuery {
  readonly queryId: string;
  /** How many rows there would be without a limit, for a query of single events. */
  readonly matched: number;
  /** One of its rows. */
  readonly sample: QueryRow | undefined;
}

/** What one page of GetQueryResults holds at most. */
const maxPageRows = 10_000;
const maxPollMs = 1_500;
const pollGrowth = 1.5;
/** The service answers at once, but a connection may be dead: an interrupted run waits no longer than this. */
const stopPatienceMs = 3_000;
const busyWaitMs = 2_000;
const maxBusyMs = 300_000;

/**
 * Starts a query and waits until it is complete. Whatever else ends the waiting stops the query, which would cost on.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
export async function finishQuery(
  client: CloudWatchLogsClient,
  input: StartQueryCommandInput,
  options: JobOptions,
): Promise<FinishedQuery> {
  const { signal, monitor, maxBytes = Number.POSITIVE_INFINITY } = options;
  // The queries before it may have ended between two looks at them.
  if (monitor.bytesScanned > maxBytes) throw tooMuch(monitor.bytesScanned, maxBytes);
  const queryId = await start(client, input, options);
  let isOver = false;
  try {
    const count = createScanCounter(monitor);
    for (let pollMs = options.pollMs; ; pollMs = Math.min(maxPollMs, pollMs * pollGrowth)) {
      await sleep(pollMs, undefined, { signal });
      // Until it is complete its rows are not worth their way; only this language can be asked for few.
      const few = input.queryLanguage === 'CWLI' ? { maxItems: 1 } : {};
      const answer = await client.send(new GetQueryResultsCommand({ queryId, ...few }), abortBy(signal));
      const { status = 'Unknown', statistics, results = [] } = answer;
      count(statistics);
      isOver = status !== 'Scheduled' && status !== 'Running' && status !== 'Unknown';
      if (status === 'Complete') {
        monitor.finished += 1;
        const matched = Math.max(statistics?.recordsMatched ?? 0, statistics?.resultCount ?? 0);
        return { queryId, matched, sample: results.map(toRow)[0] };
      }
      if (isOver) throw new QueryFailedError({ status, queryId, queryString: input.queryString ?? '' });
      if (monitor.bytesScanned > maxBytes) throw tooMuch(monitor.bytesScanned, maxBytes);
    }
  } finally {
    if (!isOver) await stop(client, queryId);
  }
}

/** Reads the rows of a query that is complete, page by page. */
export async function* resultPages(
  client: CloudWatchLogsClient,
  queryId: string,
  { signal, pages }: { readonly signal: AbortSignal; readonly pages: boolean },
): AsyncGenerator<QueryRow[]> {
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = { queryId, ...(pages ? { maxItems: maxPageRows, nextToken } : {}) };
    const answer = await client.send(new GetQueryResultsCommand(page), abortBy(signal));
    nextToken = answer.nextToken ?? undefined;
    yield (answer.results ?? []).map(toRow);
  } while (pages && nextToken !== undefined);
}

async function start(
  client: CloudWatchLogsClient,
  input: StartQueryCommandInput,
  { signal, monitor, onBusy }: JobOptions,
): Promise<string> {
  for (let waitedMs = 0; ; waitedMs += busyWaitMs) {
    signal.throwIfAborted();
    try {
      // Its answer is waited for even when interrupted: only who knows the id can stop the query.
      const command = new StartQueryCommand(input);
      const { queryId = '' } = await withLateSignal(signal, stopPatienceMs, (late) =>
        client.send(command, abortBy(late)),
      );
      monitor.queries += 1;
      return queryId;
    } catch (error) {
      // Its own queries and those of others in the account: 100 at a time.
      const isBusy = nameOf(causeOf(error)) === 'LimitExceededException';
      if (!isBusy || waitedMs >= maxBusyMs) throw toFailure(error, input.queryString ?? '');
      if (waitedMs === 0) onBusy();
      await sleep(busyWaitMs, undefined, { signal });
    }
  }
}

async function stop(client: CloudWatchLogsClient, queryId: string): Promise<void> {
  const command = new StopQueryCommand({ queryId });
  // It may have come to its end by itself; why it is stopped is what matters.
  await client.send(command, { abortSignal: AbortSignal.timeout(stopPatienceMs) }).catch(() => {});
}

function toFailure(error: unknown, queryString: string): unknown {
  const cause = causeOf(error);
  if (nameOf(cause) !== 'MalformedQueryException') return error;
  const { queryCompileError, message } = cause as MalformedQueryException;
  const { startCharOffset, endCharOffset = startCharOffset } = queryCompileError?.location ?? {};
  return new QueryFailedError({
    status: 'Malformed',
    queryString,
    problem: queryCompileError?.message ?? message,
    place:
      startCharOffset === undefined || endCharOffset === undefined
        ? undefined
        : { start: startCharOffset, end: endCharOffset },
    cause: error,
  });
}

function tooMuch(bytesScanned: number, maxBytes: number): ConditionError {
  const [scanned, most] = [bytesScanned, maxBytes].map((bytes) => bytes.toLocaleString('en-US'));
  return new ConditionError(
    `stopped after ${scanned} bytes were scanned, which is past --max-bytes ${most}; raise it, or narrow the time`,
  );
}

function toRow(fields: readonly ResultField[]): QueryRow {
  return Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
}
