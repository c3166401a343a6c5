import { IncompleteError, UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { LogEvent } from '../../logs/event.js';
import type { QueryRow } from '../../logs/query/query-job.js';
import type { QueryRequest } from '../../logs/query/run-query.js';
import type { RowTimes } from '../../render/rows.js';
import type { GlobalFlags } from '../options/global.js';
import { toColor, toOutputRequest } from '../options/output.js';
import { createRenderer, toSources } from '../reading/rendering.js';

/** How the rows of a query are written: the values of `--format`. */
export const queryFormats = ['table', 'json', 'csv', 'tsv', 'message'] as const;
/** One of {@link queryFormats}. */
export type QueryFormat = (typeof queryFormats)[number];

/** What rows are of and how they are to be written. */
export interface RowOutput {
  readonly format: QueryFormat;
  readonly request: QueryRequest;
  readonly region: string;
  readonly zone: string;
  /** Takes the line of progress away: rows and it may share a terminal. */
  readonly stopProgress: () => Promise<void>;
}

/** Writes the rows of a query to stdout as they come. */
export async function writeRows(
  pages: AsyncIterable<readonly QueryRow[]>,
  output: RowOutput,
  flags: GlobalFlags,
  io: Io,
): Promise<void> {
  const render = output.format === 'message' ? await toEventText(output, flags, io) : await toText(output, flags, io);
  let isFirst = true;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    if (isFirst && io.stdout.isTTY) await output.stopProgress();
    isFirst = false;
    await io.stdout.write(render(rows));
  }
}

type RowText = (rows: readonly QueryRow[]) => string;

async function toText({ format, request, zone }: RowOutput, flags: GlobalFlags, io: Io): Promise<RowText> {
  const { createRowRenderer } = await import('../../render/rows.js');
  const { columnsOf } = await import('../../logs/query/query-text.js');
  const { queryString, queryLanguage } = request;
  const columns = queryLanguage === 'CWLI' ? columnsOf(queryString) : [];
  const terminal = io.stdout.isTTY ? { terminal: { color: await toColor(flags, io) } } : {};
  const times = zone === 'UTC' ? {} : { times: await toRowTimes(queryString, zone) };
  const options = { columns, hidden: ['@ptr'], ...terminal, ...times };
  return createRowRenderer(format === 'message' ? 'json' : format, options);
}

/** The service gives times in UTC, whatever the zone in which the range was asked for. */
async function toRowTimes(queryString: string, zone: string): Promise<RowTimes> {
  const { timeColumnsOf } = await import('../../logs/query/query-text.js');
  const { parseRowTime } = await import('../../logs/query/row-events.js');
  const { createWallClock } = await import('../../time/wall-clock.js');
  const { createDateTime } = await import('../../render/timestamp.js');
  const dateTime = createDateTime(createWallClock(zone));
  const toText = (cell: string): string => {
    const ms = /^\d+$/.test(cell) ? undefined : parseRowTime(cell);
    return ms === undefined ? cell : dateTime(ms);
  };
  return { zone, isTime: timeColumnsOf(queryString), toText };
}

/** The rows as the events that they are. */
async function toEventText(output: RowOutput, flags: GlobalFlags, io: Io): Promise<RowText> {
  const { createRowEvents } = await import('../../logs/query/row-events.js');
  const { request, region, zone } = output;
  const format = await toOutputRequest({ ...flags, format: 'message' }, io);
  const sources = toSources({ logGroups: request.logGroups, streams: { kind: 'all' } }, [region]);
  const render = await createRenderer(format, { present: { zone }, sources, toTerminal: io.stdout.isTTY }, io);
  const toEvent = createRowEvents(request.logGroups, region);
  return (rows) => render(rows.map((row) => toEvent(row) ?? refuse()));
}

function refuse(): LogEvent {
  const missing = 'a row without @timestamp and @message cannot be shown by --format message';
  throw new IncompleteError(`${missing}; ${withBoth}, or choose another format`);
}

const withBoth = 'begin the query with: fields @timestamp, @message';

/** Refuses `--format message` where the text itself shows that its rows are no events: a query costs money. */
export async function refuseOtherRows(
  format: QueryFormat,
  { queryString, queryLanguage }: QueryRequest,
): Promise<void> {
  if (format !== 'message') return;
  const { lacksEvents } = await import('../../logs/query/query-text.js');
  if (!lacksEvents(queryString, queryLanguage ?? 'CWLI')) return;
  const problem = 'needs the fields @timestamp and @message in every row';
  throw new UsageError({ flag: '--format', value: format, problem, fix: withBoth });
}
