import type { QueryStatistics } from '@aws-sdk/client-cloudwatch-logs';

/** What a run of a query has done so far: {@link runQuery} adds to it. */
export interface QueryMonitor {
  /** Queries started: one, or one for each part of the time. */
  queries: number;
  /** Of those, the ones that have come to their end. */
  finished: number;
  /** Uncompressed bytes of events looked at, which is what is charged for; parts that were read again count again. */
  bytesScanned: number;
  recordsScanned: number;
  /** Rows given. */
  rows: number;
  /** The number of rows after which the service cut the results of a query that cannot be run in parts. */
  cutAt: number | undefined;
}

/** Makes a monitor in which nothing has happened. */
export function createQueryMonitor(): QueryMonitor {
  return { queries: 0, finished: 0, bytesScanned: 0, recordsScanned: 0, rows: 0, cutAt: undefined };
}

/** Makes what takes the statistics of one query, each time for all of it, into those of the run. */
export function createScanCounter(monitor: QueryMonitor): (statistics: QueryStatistics | undefined) => void {
  let counted = { bytesScanned: 0, recordsScanned: 0 };
  return ({ bytesScanned = 0, recordsScanned = 0 } = {}) => {
    monitor.bytesScanned += Math.max(0, bytesScanned - counted.bytesScanned);
    monitor.recordsScanned += Math.max(0, recordsScanned - counted.recordsScanned);
    counted = {
      bytesScanned: Math.max(bytesScanned, counted.bytesScanned),
      recordsScanned: Math.max(recordsScanned, counted.recordsScanned),
    };
  };
}
