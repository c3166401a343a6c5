import { ConditionError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { ScanEstimate } from '../../logs/query/scan-estimate.js';
import type { Run } from '../reading/run.js';

/** Says about how much a query would scan: the answer to `--estimate`. Above `--max-bytes` it fails as a run would. */
export async function writeEstimate(
  estimate: ScanEstimate | undefined,
  maxBytes: number | undefined,
  io: Io,
): Promise<void> {
  const { renderEstimate } = await import('../../render/query-progress.js');
  const unknown = 'what the groups store cannot be found out, so neither can what would be scanned';
  await io.stdout.write(`${estimate === undefined ? unknown : renderEstimate(estimate)}\n`);
  if (maxBytes === undefined || estimate === undefined || estimate.likelyBytes <= maxBytes) return;
  const { renderBytes } = await import('../../render/quantity.js');
  const bound = `more than --max-bytes ${renderBytes(maxBytes)}`;
  throw new ConditionError(`the query would not be started: it scans ${bound}`);
}

/** Says about how much will be scanned; refuses to begin where that is above `--max-bytes`. */
export async function checkCost(
  estimate: ScanEstimate | undefined,
  maxBytes: number | undefined,
  run: Run,
): Promise<void> {
  const { renderEstimate } = await import('../../render/query-progress.js');
  const { renderBytes } = await import('../../render/quantity.js');
  if (estimate === undefined) {
    if (maxBytes === undefined) return;
    const unknown = 'what the query will scan cannot be estimated; it is stopped when it has scanned --max-bytes';
    return run.reporter.warn(unknown);
  }
  if (maxBytes !== undefined && estimate.likelyBytes > maxBytes) {
    const bound = `more than --max-bytes ${renderBytes(maxBytes)}`;
    throw new ConditionError(`the query was not started: it ${renderEstimate(estimate)}, ${bound}`);
  }
  await run.reporter.notice(renderEstimate(estimate));
}
