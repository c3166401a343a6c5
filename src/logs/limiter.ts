import { setTimeout as sleep } from 'node:timers/promises';

/** How many requests a second are sent, an operation at a time; learns from being throttled. */
export interface Limiter {
  /** Resolves when a request of this operation may be sent; every attempt takes one. */
  take(operation: string, signal?: AbortSignal): Promise<void>;
  /** The service refused an attempt as one too many. */
  throttled(operation: string): void;
  /** The service answered an attempt. */
  answered(operation: string): void;
}

/** What a limiter starts from. */
export interface LimiterOptions {
  /** Requests a second at the start, and at most; undefined means unlimited until the first throttle. */
  readonly startRate: (operation: string) => number | undefined;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** After a throttle the rate falls to this share; once in {@link settleMs}, since requests in flight fail together. */
const backoffShare = 0.7;
const settleMs = 1_000;
/** The rate grows by this factor a second up to nearly what it was before the throttle, and then feels its way on. */
const returnPerSecond = 1.3;
const probePerSecond = 1.08;
/** How near to the old rate is near: a throttle that was chance should cost little. */
const returnShare = 0.95;
const minRate = 0.5;
/** The least that an unknown quota is taken for at the first throttle: few answers may have come by then. */
const minGuess = 5;
/** Requests that may go out together after a pause, as seconds of the present rate. */
const burstSeconds = 0.2;

interface Bucket {
  /** Requests a second; Infinity while nothing is known. */
  rate: number;
  readonly maxRate: number;
  /** When the next request is due if all were evenly spaced. */
  dueMs: number;
  loweredMs: number;
  /** Up to here the rate returns quickly. */
  knownRate: number;
  recoveredMs: number;
  /** Answers in the second before now, for a first guess at an unknown quota. */
  answeredMs: number[];
}

/** Makes the limiter of one client. */
export function createLimiter({ startRate, clock = () => performance.now(), wait = pause }: LimiterOptions): Limiter {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (operation: string): Bucket => {
    let bucket = buckets.get(operation);
    if (bucket === undefined) {
      const rate = startRate(operation) ?? Number.POSITIVE_INFINITY;
      bucket = {
        rate,
        maxRate: rate,
        dueMs: 0,
        loweredMs: Number.NEGATIVE_INFINITY,
        knownRate: rate,
        recoveredMs: 0,
        answeredMs: [],
      };
      buckets.set(operation, bucket);
    }
    return bucket;
  };
  return {
    async take(operation, signal) {
      const bucket = bucketOf(operation);
      const nowMs = clock();
      recover(bucket, nowMs);
      if (bucket.rate === Number.POSITIVE_INFINITY) return;
      const intervalMs = 1_000 / bucket.rate;
      const earliestMs = nowMs - burstSeconds * 1_000;
      bucket.dueMs = Math.max(bucket.dueMs, earliestMs) + intervalMs;
      const waitMs = bucket.dueMs - intervalMs - nowMs;
      if (waitMs > 0) await wait(waitMs, signal);
    },
    throttled(operation) {
      const bucket = bucketOf(operation);
      const nowMs = clock();
      if (nowMs - bucket.loweredMs < settleMs) return;
      const seen = bucket.answeredMs.filter((atMs) => nowMs - atMs < 1_000).length;
      const from = bucket.rate === Number.POSITIVE_INFINITY ? Math.max(seen, minGuess) : bucket.rate;
      bucket.knownRate = from * returnShare;
      bucket.rate = Math.max(minRate, from * backoffShare);
      bucket.loweredMs = nowMs;
      bucket.recoveredMs = nowMs;
    },
    answered(operation) {
      const bucket = bucketOf(operation);
      // Only a client that does not know its quota needs to count.
      if (bucket.rate !== Number.POSITIVE_INFINITY) return;
      const nowMs = clock();
      bucket.answeredMs.push(nowMs);
      while ((bucket.answeredMs[0] ?? nowMs) <= nowMs - 1_000) bucket.answeredMs.shift();
    },
  };
}

function recover(bucket: Bucket, nowMs: number): void {
  if (bucket.rate >= bucket.maxRate || bucket.rate === Number.POSITIVE_INFINITY) return;
  if (nowMs - bucket.loweredMs < settleMs) return;
  const seconds = (nowMs - bucket.recoveredMs) / 1_000;
  const returnSeconds = Math.max(0, Math.log(bucket.knownRate / bucket.rate) / Math.log(returnPerSecond));
  const returning = Math.min(seconds, returnSeconds);
  bucket.rate *= returnPerSecond ** returning * probePerSecond ** (seconds - returning);
  bucket.rate = Math.min(bucket.maxRate, bucket.rate);
  bucket.recoveredMs = nowMs;
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}
