import type { ClientOptions } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import { type OutputFlags, toDryOutput } from '../options/output.js';

/** What `fetch --dry-run` says: the request as it is meant, as JSON. */
export function renderDryRun(
  request: FetchRequest,
  zone: string,
  clientOptions: readonly ClientOptions[],
  grep: object,
  flags: OutputFlags,
): string {
  const { startMs, endMs, take } = request;
  const resolved = {
    command: 'fetch',
    regions: clientOptions.flatMap(({ region }) => region ?? []),
    logGroups: request.logGroups,
    streams: request.streams,
    startMs: startMs ?? null,
    endMs,
    start: startMs === undefined ? null : new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    zone,
    filterPattern: request.filterPattern ?? null,
    ...grep,
    take: take ?? null,
    unmask: request.unmask,
    ...toDryOutput(flags),
  };
  return `${JSON.stringify(resolved, null, 2)}\n`;
}
