import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from '../../describe.js';
import { type CustomEndpoint, ServiceError } from '../../errors.js';
import { isExpired, isOutage, isSsoProblem, isThrottle } from '../../failures.js';
import type { Io, Reporter } from '../../io.js';
import type { Attempt } from '../../logs/client.js';

/** How long a service that has answered before may be out of reach. */
const maxOutageMs = 60_000;
/** Two failures further apart than this belong to different outages: one takes as long as all its attempts. */
const outageGapMs = 180_000;
const outageWaitMs = 1_000;
const loginWaitMs = 5_000;

/** Attempts that fail for so long are spoken of; one that fails and then succeeds is nobody's business. */
const silenceMs = 5_000;

/** What a run may be patient about. */
export interface PatienceOptions {
  /** Whether anything has been read: before that, an outage is more likely a mistake. */
  readonly hasBegun: () => boolean;
  /** Whether the credentials can be renewed by logging in again. */
  readonly renewable: boolean;
  readonly profile?: string | undefined;
  /** Where requests go, unless to the address of their region. */
  readonly endpoint?: CustomEndpoint | undefined;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What becomes of failures in the middle of a run. */
export interface Patience {
  /** Whether to go on after a request that failed for good; waits before that. */
  readonly survive: (error: unknown) => Promise<boolean>;
  /** To be told of every attempt: where they fail for seconds, that is said before the request has failed for good. */
  readonly heard: (attempt: Attempt) => void;
  /** When an outage is tried on no longer; undefined where there is none. */
  readonly outageEndMs: () => number | undefined;
}

/**
 * Makes the judge of failures in the middle of a run: a lost network is waited for, a minute long from when that is
 * said, and on a terminal also a person who logs in again.
 */
export function createPatience(
  io: Io,
  reporter: Reporter,
  { hasBegun, renewable, profile, endpoint, clock = () => performance.now(), wait = pause }: PatienceOptions,
): Patience {
  let outage: { readonly endMs: number; lastMs: number } | undefined;
  let saidLogin = false;
  let silence: NodeJS.Timeout | undefined;
  const begin = async (error: ServiceError): Promise<void> => {
    const nowMs = clock();
    outage = { endMs: nowMs + maxOutageMs, lastMs: nowMs };
    await reporter.warn(`${describe(error).message}; trying on for a minute`);
  };
  const speak = async (error: ServiceError): Promise<void> => {
    if (io.signal.aborted || outage !== undefined) return;
    if (hasBegun()) return begin(error);
    await reporter.warn(`${describe(error).message}; it is tried again`);
  };
  const recovered = (): void => {
    clearTimeout(silence);
    silence = undefined;
    outage = undefined;
  };
  return {
    heard({ operation, region, error: cause }) {
      if (cause === undefined || !isOutage(cause)) return recovered();
      if (isThrottle(cause) || silence !== undefined) return;
      const error = new ServiceError({ operation, region, cause, profile, endpoint });
      silence = setTimeout(() => void speak(error), silenceMs);
      silence.unref();
    },
    outageEndMs: () => outage?.endMs,
    async survive(error) {
      clearTimeout(silence);
      if (io.signal.aborted || !(error instanceof ServiceError)) return false;
      if (renewable && io.stderr.isTTY && (isExpired(error.cause) || isSsoProblem(error.cause))) {
        if (!saidLogin) await reporter.warn(`${describe(error).message}; waiting for that`);
        saidLogin = true;
        await wait(loginWaitMs, io.signal);
        return true;
      }
      if (!hasBegun() || !isOutage(error.cause)) return false;
      if (outage === undefined || clock() - outage.lastMs > outageGapMs) await begin(error);
      if (outage === undefined) return true;
      outage.lastMs = clock();
      const leftMs = outage.endMs - outage.lastMs;
      if (leftMs <= 0) return false;
      await wait(Math.min(outageWaitMs, leftMs), io.signal);
      return true;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
