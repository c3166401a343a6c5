import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { steadyPages } from '../read/chain.js';
import {
  type FilterRequest,
  type Keeps,
  maxPageSize,
  newestFirstSinceMs,
  type ReadOptions,
} from '../read/filter-events.js';
import { compareEvents } from '../read/merge.js';

/** Writers send at once what they have gathered over seconds: among so many are those that came last. */
const minPageSize = 100;
/** Where few events count, those to come are not kept waiting for more of the old ones than so many pages hold. */
const maxHistoryPages = 50;

/** Where nothing was found. */
export const nothing: Newest = { events: [], newestMs: undefined, ingestedMs: 0 };

/** The newest events of a place, and what is known by them. */
export interface Newest {
  /** The newest that count, in order. */
  readonly events: readonly LogEvent[];
  /** Of all that were read: the latest times. */
  readonly newestMs: number | undefined;
  readonly ingestedMs: number;
}

/** What several places have together. */
export function joined(parts: readonly Newest[]): Newest {
  const newest = parts.flatMap(({ newestMs }) => newestMs ?? []);
  return {
    events: parts.flatMap(({ events }) => events).sort(compareEvents),
    newestMs: newest.length === 0 ? undefined : Math.max(...newest),
    ingestedMs: Math.max(0, ...parts.map(({ ingestedMs }) => ingestedMs)),
  };
}

/** The newest events, so many at the least where there are, oldest first; all that count in the pages with them. */
export async function newestPages(
  client: CloudWatchLogsClient,
  request: FilterRequest,
  count: number,
  options: ReadOptions & { readonly keeps: Keeps | undefined },
): Promise<Newest> {
  const startMs = Math.max(request.startMs, newestFirstSinceMs);
  if (startMs >= request.endMs) return nothing;
  const { keeps = () => true } = options;
  const isBroad = options.keeps !== undefined || request.streams?.kind === 'patterns';
  const pageSize = isBroad ? maxPageSize : Math.min(maxPageSize, Math.max(minPageSize, count));
  const events: LogEvent[] = [];
  let newestMs: number | undefined;
  let ingestedMs = 0;
  let pages = 0;
  for await (const page of steadyPages(client, { ...request, startMs, pageSize, newestFirst: true }, options)) {
    for (const event of page.events) {
      newestMs = Math.max(newestMs ?? 0, event.timestamp);
      ingestedMs = Math.max(ingestedMs, event.ingestionTime);
      if (keeps(event)) events.push(event);
    }
    pages += 1;
    if (events.length >= count || pages >= maxHistoryPages) break;
  }
  return { events: events.sort(compareEvents), newestMs, ingestedMs };
}
