import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IncompleteError } from '../../errors.js';
import type { ReadOptions, StreamSelector } from '../read/filter-events.js';
import { type GroupSelection, sourcesOf } from '../read/sources.js';
import { streamFilters } from './query-events.js';
import { maxQueryGroups } from './query-limits.js';
import { createQueryMonitor } from './query-monitor.js';
import { createGroupNames, parseRowTime } from './row-events.js';
import { type QueryOptions, queryPages } from './run-query.js';

/** What to count, and what tells it apart. */
export interface CountRequest extends GroupSelection {
  readonly streams: StreamSelector;
  /** Milliseconds since the epoch, inclusive. */
  readonly startMs: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly endMs: number;
  /** Counts are of stretches of time none of which lies on both sides of one of these. */
  readonly edges: readonly number[];
  readonly by: CountKey | undefined;
}

/** What tells events apart: where they are from, or a field of theirs. */
export type CountKey = 'group' | 'stream' | 'region' | { readonly field: string };

/** So many events in a stretch of time; the key is undefined where they lack the field. */
export interface CountedEvents {
  readonly timestamp: number;
  readonly key: string | undefined;
  readonly count: number;
}

/**
 * Counts the events of a range by queries of Logs Insights: however many there are, only counts come here. Charged for
 * by what is scanned.
 *
 * @throws `IncompleteError` where there are more counts than one query gives
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
 */
export async function* queryCounts(
  clients: readonly CloudWatchLogsClient[],
  request: CountRequest,
  { signal, query = {} }: ReadOptions & { readonly query?: Omit<QueryOptions, 'signal'> } = {},
): AsyncGenerator<CountedEvents[]> {
  const sources = await sourcesOf(clients, request);
  const monitor = query.monitor ?? createQueryMonitor();
  const bin = binOf(request.edges);
  const queryString = toQueryString(request, bin);
  for (const client of clients) {
    const all = sources.filter((source) => source.client === client).map(({ logGroup }) => logGroup);
    const region = await client.config.region();
    for (let at = 0; at < all.length; at += maxQueryGroups) {
      const logGroups = all.slice(at, at + maxQueryGroups);
      const groupOf = createGroupNames(logGroups);
      const { startMs, endMs } = request;
      for await (const rows of queryPages(
        client,
        { logGroups, queryString, startMs, endMs },
        { ...query, monitor, signal },
      )) {
        yield rows.map(({ [bin]: time = '', [countName]: count, ...row }) => {
          const timestamp = parseRowTime(time);
          if (timestamp === undefined || count === undefined)
            throw new IncompleteError('a count came without its time');
          return { timestamp, key: keyOf(request.by, row, region, groupOf), count: Number(count) };
        });
      }
      if (monitor.cutAt === undefined) continue;
      const cutAt = monitor.cutAt.toLocaleString('en-US');
      throw new IncompleteError(`the service gives ${cutAt} counts of one query; count longer stretches or fewer keys`);
    }
  }
}

/** Columns are told apart by their names only: this one is that of no field. */
const countName = 'cwlogs_events';

function toQueryString({ streams, startMs, endMs, by }: CountRequest, bin: string): string {
  const keys = by === undefined || by === 'region' ? [bin] : [bin, fieldOf(by)];
  return [
    // The range of a query has whole seconds only.
    `filter toMillis(@timestamp) >= ${startMs} and toMillis(@timestamp) < ${endMs}`,
    ...streamFilters(streams),
    `stats count(*) as ${countName} by ${keys.join(', ')}`,
  ].join(' | ');
}

function fieldOf(by: Exclude<CountKey, 'region'>): string {
  if (by === 'group') return '@log';
  if (by === 'stream') return '@logStream';
  return /^[@a-z_][@\w.]*$/i.test(by.field) ? by.field : `\`${by.field}\``;
}

function keyOf(
  by: CountKey | undefined,
  row: Readonly<Record<string, string>>,
  region: string,
  groupOf: (log: string | undefined) => string,
): string | undefined {
  if (by === undefined) return '';
  if (by === 'region') return region;
  if (by === 'group') return groupOf(row['@log']);
  // However the service writes the name of the column: it is the one that is left.
  return Object.values(row)[0] || undefined;
}

/** Stretches that `bin()` knows; each unit has its own greatest number. */
const bins = [
  ...[12, 6, 3, 2, 1].map((hours) => ({ text: `${hours}h`, ms: hours * 3_600_000 })),
  ...[30, 20, 15, 10, 5, 2, 1].map((minutes) => ({ text: `${minutes}m`, ms: minutes * 60_000 })),
  ...[30, 15, 10, 5, 2].map((seconds) => ({ text: `${seconds}s`, ms: seconds * 1_000 })),
];

/** The longest stretch that every edge is a multiple of: those of queries begin with the hours of UTC. */
function binOf(edges: readonly number[]): string {
  const bin = bins.find(({ ms }) => edges.every((edgeMs) => edgeMs % ms === 0));
  return `bin(${bin?.text ?? '1s'})`;
}
