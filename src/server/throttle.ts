import type { Operation } from './operations.js';
import { type EndpointSwitches, quotaOf } from './switches.js';
import { rateExceeded } from './wire-error.js';

/** Counts a request against the quota of its operation; throws where that is used up. */
export type Throttle = (operation: Operation) => void;

/** Creates token buckets, one an operation, that hold one second's worth and refill steadily. */
export function createThrottle(switches: EndpointSwitches, now: () => number): Throttle {
  const buckets = new Map<Operation, { tokens: number; atMs: number }>();
  return (operation) => {
    const quota = quotaOf(switches, operation);
    if (quota === undefined) return;
    const burst = Math.max(1, quota);
    const nowMs = now();
    const bucket = buckets.get(operation) ?? { tokens: burst, atMs: nowMs };
    const earned = (Math.max(0, nowMs - bucket.atMs) / 1000) * quota;
    const tokens = Math.min(burst, bucket.tokens + earned);
    buckets.set(operation, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    if (tokens < 1) throw rateExceeded();
  };
}
