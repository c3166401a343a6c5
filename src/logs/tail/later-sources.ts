import { asPatterns, batchesOf, type StreamSelector } from '../read/filter-events.js';
import { maxSingleStreams, type Newcomer } from './late-streams.js';
import type { OpenSource, TailRequest } from './open.js';
import { createSourceReader } from './source-reader.js';
import { toAwaited } from './start.js';

/** Opens a group, or streams of one, made since: all that they hold is new. */
export async function laterSources(
  { client, logGroup, streams }: Newcomer,
  request: TailRequest,
  openedMs: number,
): Promise<OpenSource[]> {
  const chosen = streams === undefined ? laterStreams(request.streams) : batchesOf({ kind: 'names', names: streams });
  return Promise.all(
    chosen.map(async (each) => ({
      ...(await createSourceReader(client, logGroup, each, request)),
      start: toAwaited(request.from, openedMs),
    })),
  );
}

/** Streams given by name may come one after another: none waits for the others. */
function laterStreams(streams: StreamSelector): readonly StreamSelector[] {
  if (streams.kind !== 'names') return [streams];
  if (streams.names.length > maxSingleStreams) return [asPatterns(streams)];
  return streams.names.map((name) => ({ kind: 'names', names: [name] }));
}
