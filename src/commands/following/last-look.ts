import { IncompleteError } from '../../errors.js';
import type { Io } from '../../io.js';
import { isCtrlC } from './outcome.js';
import type { TimeLimit } from './time-limit.js';

/** The last look at the end may take so long, and so much longer for each that is followed: requests have a quota. */
const lastLookMs = 10_000;
const eachMs = 200;

/** Makes what looks once more through all that is followed, when the time has run out. */
export function createLastLook(
  print: (ending: AbortSignal) => Promise<void>,
  sourceCount: number,
  limit: TimeLimit,
  io: Pick<Io, 'signal'>,
): () => Promise<void> {
  return async () => {
    const longestMs = lastLookMs + sourceCount * eachMs;
    const over = AbortSignal.timeout(longestMs);
    try {
      await print(AbortSignal.any([io.signal, over]));
    } catch (error) {
      if (isCtrlC(io.signal)) return;
      if (!over.aborted) throw error;
      throw new IncompleteError(
        `not all could be looked through once more within ${longestMs / 1_000} s after ${limit.expired()} ran out: what came last may be missing`,
      );
    }
  };
}
