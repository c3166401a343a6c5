import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Io } from '../../io.js';
import type { CountRequest } from '../../logs/query/query-counts.js';
import type { FetchOptions, FetchRequest } from '../../logs/read/fetch-events.js';
import type { Counter } from '../../shape/histogram.js';
import { showLine } from '../reading/progress.js';
import type { Destination, Tally } from '../reading/rendering.js';
import { consume, type Run } from '../reading/run.js';
import { createBusyWarning, reportScanned } from '../reading/scanning.js';
import type { Way } from '../reading/via.js';
import { noKey } from './keys.js';

/** What counting is a part of. */
export interface CountRun {
  readonly run: Run;
  readonly io: Io;
  /** Whether progress is shown. */
  readonly shown: boolean;
}

/** Reads events and counts them; nothing is shown of a range that was not read to its end. */
export async function countByReading(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: FetchOptions,
  counter: Counter,
  { run, io, shown }: CountRun,
): Promise<Tally> {
  const { fetchEventPages } = await import('../../logs/read/fetch-events.js');
  const counted: Destination = {
    async write(events) {
      counter.add(events);
      return 0;
    },
    complete: async () => {},
    interrupt: async () => {},
  };
  return consume(fetchEventPages(clients, request, options), counted, run, { shown, io });
}

/** Lets queries count, and adds up what they say; what they have scanned is told at the end. */
export async function countByQueries(
  way: Way,
  clients: readonly CloudWatchLogsClient[],
  request: CountRequest,
  counter: Counter,
  { run, io, shown }: CountRun,
): Promise<Tally> {
  const { queryCounts } = await import('../../logs/query/query-counts.js');
  const { createQueryMonitor } = await import('../../logs/query/query-monitor.js');
  const { renderQueryProgress } = await import('../../render/query-progress.js');
  const monitor = createQueryMonitor();
  const onBusy = createBusyWarning(run);
  const progress = (): string =>
    renderQueryProgress({ ...monitor, likelyBytes: undefined, elapsedMs: performance.now() - run.startedMs });
  const stopProgress = shown ? showLine(io, progress) : async () => {};
  try {
    const query = { ...way, monitor, onBusy };
    for await (const counts of queryCounts(clients, request, { signal: io.signal, query })) {
      for (const { timestamp, key = noKey, count } of counts) counter.addCount(timestamp, key, count);
    }
  } finally {
    await stopProgress();
    if (monitor.queries > 0) await reportScanned(monitor, run);
  }
  return { events: counter.result().total, bytes: 0, firstTimestamp: null, lastTimestamp: null };
}
