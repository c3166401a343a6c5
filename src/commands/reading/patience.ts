import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from '../../describe.js';
import { ServiceError } from '../../errors.js';
import { isExpired, isOutage, isSsoProblem } from '../../failures.js';
import type { Io, Reporter } from '../../io.js';

/** How long a service that has answered before may be out of reach. */
const maxOutageMs = 60_000;
/** Two failures further apart than this belong to different outages: one takes as long as all its attempts. */
const outageGapMs = 180_000;
const outageWaitMs = 1_000;
const loginWaitMs = 5_000;

/** What a run may be patient about. */
export interface PatienceOptions {
  /** Whether anything has been read: before that, an outage is more likely a mistake. */
  readonly hasBegun: () => boolean;
  /** Whether the credentials can be renewed by logging in again. */
  readonly renewable: boolean;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes the judge of failures in the middle of a run: a lost network is waited for, a minute long, and on a terminal
 * also a person who logs in again.
 */
export function createPatience(
  io: Io,
  reporter: Reporter,
  { hasBegun, renewable, clock = () => performance.now(), wait = pause }: PatienceOptions,
): (error: unknown) => Promise<boolean> {
  let outage: { readonly sinceMs: number; lastMs: number } | undefined;
  let saidLogin = false;
  return async (error) => {
    if (io.signal.aborted || !(error instanceof ServiceError)) return false;
    if (renewable && io.stderr.isTTY && (isExpired(error.cause) || isSsoProblem(error.cause))) {
      if (!saidLogin) await reporter.warn(`${describe(error).message}; waiting for that`);
      saidLogin = true;
      await wait(loginWaitMs, io.signal);
      return true;
    }
    if (!hasBegun() || !isOutage(error.cause)) return false;
    const nowMs = clock();
    if (outage === undefined || nowMs - outage.lastMs > outageGapMs) {
      outage = { sinceMs: nowMs, lastMs: nowMs };
      await reporter.warn(`${describe(error).message}; trying on for a minute`);
    }
    outage.lastMs = nowMs;
    if (nowMs - outage.sinceMs > maxOutageMs) return false;
    await wait(outageWaitMs, io.signal);
    return true;
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
