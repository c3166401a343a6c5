import { setTimeout as sleep } from 'node:timers/promises';
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { ForeignAnswerError } from '../errors.js';
import { isOutage, isThrottle, networkCodeOf } from '../failures.js';

/** Where nothing else is asked for. */
const usualAttempts = 10;
/** Where something else answers than the service, at an address that somebody has typed. */
export const maxAttemptsForeign = 3;
/** A mistyped region or a missing network is told at once: nothing has ever answered. */
const maxAttemptsUnreached = 3;
const baseDelayMs = 100;
const throttledBaseDelayMs = 250;
const maxDelayMs = 20_000;

/** What a retry strategy takes from outside. */
export interface RetryOptions {
  /** How often a request is made at the most; default 10. */
  readonly attempts?: number;
  /** How often a request is made that something else than the service answers; default: as often as any. */
  readonly foreignAttempts?: number;
  /** When an outage is tried on no longer, on the clock; default: when all attempts are made. */
  readonly outageEndMs?: (() => number | undefined) | undefined;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly random?: () => number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/**
 * The one retry strategy of every client: about ten attempts with full jitter, and no capacity shared between
 * requests. The SDK's own strategy keeps such a bucket per client; under load it empties and then fails requests
 * that were never tried again.
 */
export function createRetryStrategy({
  attempts = usualAttempts,
  foreignAttempts = attempts,
  outageEndMs = () => undefined,
  clock = () => performance.now(),
  random = Math.random,
  wait = pause,
  signal,
}: RetryOptions = {}): RetryStrategyV2 {
  let reached = false;
  return {
    async acquireInitialRetryToken() {
      return retryToken(0);
    },
    async refreshRetryTokenForRetry(token, failure) {
      const retries = token.getRetryCount() + 1;
      // Any answer, also a refusal, came from the service.
      reached ||= networkCodeOf(failure.error) === undefined;
      const most = !reached ? maxAttemptsUnreached : isForeign(failure.error) ? foreignAttempts : attempts;
      const endMs = isOutage(failure.error) ? outageEndMs() : undefined;
      const leftMs = endMs === undefined ? Number.POSITIVE_INFINITY : endMs - clock();
      if (!isRetryable(failure, retries) || retries >= Math.min(attempts, most) || leftMs <= 0) {
        throw failure.error ?? new Error('the request failed');
      }
      // The last attempt is made when the time is over, not before.
      await wait(Math.min(leftMs, retryDelayMs(retries, failure, random)), signal);
      return retryToken(retries);
    },
    recordSuccess() {
      reached = true;
    },
  };
}

function isRetryable({ error, errorType }: RetryErrorInfo, retries: number): boolean {
  // The SDK counts LimitExceededException as throttling; it means "too many queries or tasks", which waiting for
  // seconds does not cure and the command that met it can explain.
  if (error?.name === 'LimitExceededException') return false;
  // Where its clock and the service's differ, the SDK takes any refusal for the fault of its own: it was put right then.
  if (isClockCorrected(error) && !isOutage(error)) return retries === 1;
  if (isForeign(error)) return error.mayPass;
  // A body that ends early but cleanly shows as JSON that does not parse.
  return errorType !== 'CLIENT_ERROR' || error?.name === 'SyntaxError';
}

function isForeign(error: unknown): error is ForeignAnswerError {
  return error instanceof ForeignAnswerError;
}

function isClockCorrected(error: unknown): boolean {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'clockSkewCorrected' in metadata;
}

function retryDelayMs(retries: number, { error, retryAfterHint }: RetryErrorInfo, random: () => number): number {
  const base = isThrottle(error) ? throttledBaseDelayMs : baseDelayMs;
  const jittered = random() * Math.min(maxDelayMs, base * 2 ** retries);
  if (retryAfterHint === undefined) return jittered;
  return Math.max(jittered, Math.min(maxDelayMs, retryAfterHint.getTime() - Date.now()));
}

function retryToken(retryCount: number): RetryToken {
  return { getRetryCount: () => retryCount, getRetryDelay: () => 0 };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}
