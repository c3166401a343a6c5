import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ReadPages } from '../read/chain.js';
import {
  broadened,
  type FilterRequest,
  filterEventPages,
  maxPageSize,
  type StreamSelector,
} from '../read/filter-events.js';

/** A group, or some of its streams, in one region, and how it is read. */
export interface SourceReader {
  readonly client: CloudWatchLogsClient;
  readonly region: string;
  readonly logGroup: string;
  /** Reads it until the signal ends that. */
  readonly readWith: (signal: AbortSignal) => ReadPages;
}

/** What is read of a group besides the time. */
export interface SourceSelection {
  readonly filterPattern: string | undefined;
  readonly unmask: boolean;
}

/** Streams that are made later match patterns too: all under their prefix are read, and what is not meant is left out later. */
export function selectionOf(
  logGroup: string,
  streams: StreamSelector,
  { filterPattern, unmask }: SourceSelection,
): Omit<FilterRequest, 'startMs' | 'endMs'> {
  return { logGroup, streams: broadened(streams), filterPattern, unmask };
}

/** Makes what reads one source. */
export async function createSourceReader(
  client: CloudWatchLogsClient,
  logGroup: string,
  streams: StreamSelector,
  wanted: SourceSelection,
): Promise<SourceReader> {
  const selection = selectionOf(logGroup, streams, wanted);
  const region = await client.config.region();
  const readWith: SourceReader['readWith'] = (signal) => (startMs, endMs) =>
    filterEventPages(client, { ...selection, startMs, endMs, pageSize: maxPageSize }, { signal });
  return { client, region, logGroup, readWith };
}
