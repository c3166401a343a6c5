import { nameOf } from '../../errors.js';
import { causeOf, isLoginProblem, isOutage } from '../../failures.js';
import { isTokenRefused } from '../read/chain.js';
import type { Clock } from './clock.js';

/** What a tail has to say besides events. */
export type TailNews =
  /** A source cannot be read for the moment; said once. */
  | { readonly kind: 'outage'; readonly error: unknown }
  /** All that could not be read can be read again. */
  | { readonly kind: 'recovered'; readonly durationMs: number }
  /** A group cannot be read while others can; said once. */
  | { readonly kind: 'group-lost'; readonly logGroup: string; readonly error: unknown }
  | { readonly kind: 'group-back'; readonly logGroup: string }
  /** A group that was not there before is followed too. */
  | { readonly kind: 'group-found'; readonly logGroup: string }
  /** It is waited for more streams than are asked for one by one: they are looked for in turns. */
  | { readonly kind: 'streams-awaited'; readonly logGroup: string; readonly stream: string; readonly count: number }
  /** Streams that a group did not have are followed too. */
  | { readonly kind: 'streams-found'; readonly logGroup: string; readonly streams: readonly string[] }
  /** Live Tail cannot be used; polling goes on alone. */
  | { readonly kind: 'live-refused'; readonly error: unknown }
  /** Events come faster than they can be read. */
  | { readonly kind: 'behind'; readonly logGroup: string; readonly lagMs: number }
  /** Looking again for late events takes longer than it should. */
  | { readonly kind: 'slow-sweep'; readonly logGroup: string; readonly durationMs: number };

/** What a tail does about failures: it outlives them. */
export interface Outages {
  /** How long to wait before the source is asked again; throws the error if it cannot be outlived. */
  failed(source: Failing, error: unknown): number;
  /** The source has answered. */
  answered(source: Failing): void;
}

/** Whatever reads, known by its identity: several sources may read one group. */
interface Failing {
  readonly logGroup: string;
}

/** What {@link createOutages} takes from outside. */
export interface OutageOptions {
  readonly report: (news: TailNews) => void;
  /** Whether expired credentials can be renewed while the tail runs. */
  readonly renewable: boolean;
  readonly clock: Clock;
  readonly random?: (() => number) | undefined;
}

const firstWaitMs = 1_000;
const maxWaitMs = 10_000;
/** A person logs in again, or creates a group: no need to ask every second. */
const personWaitMs = 5_000;
/** An outage soon after another is the same one coming back, and is said again only when it lasts. */
const relapseMs = 60_000;

/** Makes the one place that knows which sources cannot be read, says it once, and tells how long to wait. */
export function createOutages({ report, renewable, clock, random = Math.random }: OutageOptions): Outages {
  const failures = new Map<Failing, number>();
  const lost = new Set<Failing>();
  let outage: { readonly sinceMs: number; isSaid: boolean } | undefined;
  let endedMs = Number.NEGATIVE_INFINITY;

  const endOutage = (): void => {
    if (failures.size > 0 || outage === undefined) return;
    if (outage.isSaid) report({ kind: 'recovered', durationMs: clock.elapsed() - outage.sinceMs });
    outage = undefined;
    endedMs = clock.elapsed();
  };

  return {
    failed(source, error) {
      if (isLost(error)) {
        if (!lost.has(source)) report({ kind: 'group-lost', logGroup: source.logGroup, error });
        lost.add(source);
        if (failures.delete(source)) endOutage();
        return personWaitMs;
      }
      const cause = causeOf(error);
      const login = renewable && isLoginProblem(cause);
      if (!login && !isOutage(cause) && !isTokenRefused(error)) throw error;
      outage ??= { sinceMs: clock.elapsed(), isSaid: false };
      const isRelapse = outage.sinceMs - endedMs <= relapseMs;
      if (!outage.isSaid && (!isRelapse || clock.elapsed() - outage.sinceMs > relapseMs)) {
        outage.isSaid = true;
        report({ kind: 'outage', error });
      }
      const count = failures.get(source) ?? 0;
      failures.set(source, count + 1);
      if (login) return personWaitMs;
      return Math.min(maxWaitMs, firstWaitMs * 2 ** count) * (0.5 + random() / 2);
    },
    answered(source) {
      if (lost.delete(source)) report({ kind: 'group-back', logGroup: source.logGroup });
      if (failures.delete(source)) endOutage();
    },
  };
}

/** Whether it is the group that cannot be read, rather than the service. */
export function isLost(error: unknown): boolean {
  return lostNames.has(nameOf(error)) || lostNames.has(nameOf(causeOf(error)));
}

const lostNames: ReadonlySet<string> = new Set([
  'GroupNotFoundError',
  'StreamNotFoundError',
  'ResourceNotFoundException',
  'AccessDeniedException',
  // Of a class whose events cannot be read.
  'InvalidOperationException',
]);
