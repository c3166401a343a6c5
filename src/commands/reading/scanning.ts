import type { Command } from 'commander';
import type { QueryMonitor } from '../../logs/query/query-monitor.js';
import type { Run } from './run.js';

/** Adds the option that bounds what a query costs. */
export function addScanOptions(command: Command, when = ''): Command {
  const what = `${when}scan no more than this: 10GB; the service charges for what is scanned`;
  return command.option('--max-bytes <size>', what);
}

/** Makes what says that a query waits for others of the account. */
export function createBusyWarning({ reporter }: Run): () => void {
  return () => void reporter.warn('the account runs as many queries as it may; waiting for a place');
}

/** Says what queries have scanned, which is what is charged for. */
export async function reportScanned(monitor: QueryMonitor, { reporter, startedMs }: Run): Promise<void> {
  const { renderScanned } = await import('../../render/query-progress.js');
  const elapsedMs = performance.now() - startedMs;
  await reporter.warn(renderScanned({ ...monitor, likelyBytes: undefined, elapsedMs }));
}
