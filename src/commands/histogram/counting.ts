import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Io } from '../../io.js';
import type { CountRequest } from '../../logs/query/query-counts.js';
import type { Counter } from '../../shape/histogram.js';
import { showLine } from '../reading/progress.js';
import type { Tally } from '../reading/rendering.js';
import type { Run } from '../reading/run.js';
import { createBusyWarning, reportScanned } from '../reading/scanning.js';
import type { Way } from '../reading/via.js';
import { noKey } from './keys.js';

/** Lets queries count, and adds up what they say; what they have scanned is told at the end. */
export async function countByQueries(
  way: Way,
  clients: readonly CloudWatchLogsClient[],
  request: CountRequest,
  counter: Counter,
  { run, io, shown }: { readonly run: Run; readonly io: Io; readonly shown: boolean },
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
