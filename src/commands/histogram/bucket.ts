import { UsageError } from '../../errors.js';

const flag = '--bucket';
const dayMs = 24 * 3_600_000;
/** A picture has no use for more, and each holds memory. */
const maxBuckets = 20_000;

/** Reads the time that one bar stands for, in milliseconds: it divides a day, or is of whole days. */
export async function parseBucket(text: string, rangeMs: number): Promise<number> {
  const { parseDuration } = await import('../../time/duration.js');
  const stepMs = parseDuration(text, flag);
  if (stepMs < 1_000) {
    throw new UsageError({ flag, value: text, problem: 'is shorter than a second', fix: 'try --bucket 1s' });
  }
  if (stepMs % (stepMs > dayMs ? dayMs : 1_000) !== 0 || (stepMs < dayMs && dayMs % stepMs !== 0)) {
    const problem = 'does not divide a day, nor is it of whole days';
    throw new UsageError({ flag, value: text, problem, fix: 'try --bucket 5m, 1h or 1d' });
  }
  if (rangeMs / stepMs <= maxBuckets) return stepMs;
  const problem = `would make ${Math.ceil(rangeMs / stepMs).toLocaleString('en-US')} buckets of this range`;
  throw new UsageError({ flag, value: text, problem, fix: 'give a longer one, or a shorter range' });
}
