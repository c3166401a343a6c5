import { causeOf, isLoginProblem, isOutage } from '../../failures.js';
import type { Clock } from '../tail/clock.js';
import type { WriterNews } from './news.js';

/** What a writer does about requests that failed for good: it outlives an outage, up to a bound. */
export interface Outage {
  /** How long to wait before the request is made again; undefined where the failure is not to be outlived. */
  failed(error: unknown, held: HeldBatch): number | undefined;
  /** The service has answered. */
  answered(): void;
}

/** The batch that a request failed for. */
interface HeldBatch {
  /** Since when it waits, by the clock's {@link Clock.elapsed}. */
  readonly sinceMs: number;
  /** How often it has failed before. */
  readonly failures: number;
}

/** What {@link createOutage} takes from outside. */
export interface OutageOptions {
  /** How long a batch is held in an outage: each counts from its own beginning. */
  readonly maxOutageMs: number;
  readonly clock: Clock;
  readonly report: (news: WriterNews) => void;
  readonly random?: () => number;
}

const firstWaitMs = 500;
const maxWaitMs = 10_000;

/** Makes what knows whether the service can be reached: one for all requests of a writer. */
export function createOutage({ maxOutageMs, clock, report, random = Math.random }: OutageOptions): Outage {
  let sinceMs: number | undefined;
  let hasAnswered = false;
  return {
    failed(error, held) {
      const cause = causeOf(error);
      // Credentials that were good once may become so again; those that never were are not worth waiting for.
      if (!isOutage(cause) && !(hasAnswered && isLoginProblem(cause))) return undefined;
      if (sinceMs === undefined) {
        sinceMs = clock.elapsed();
        report({ kind: 'outage', error });
      }
      const leftMs = Math.max(sinceMs, held.sinceMs) + maxOutageMs - clock.elapsed();
      if (leftMs <= 0) return undefined;
      return Math.min(leftMs, maxWaitMs, firstWaitMs * 2 ** held.failures) * (0.5 + random() / 2);
    },
    answered() {
      hasAnswered = true;
      if (sinceMs === undefined) return;
      report({ kind: 'recovered', durationMs: clock.elapsed() - sinceMs });
      sinceMs = undefined;
    },
  };
}
