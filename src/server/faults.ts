import { type Answer, toRefusal } from './answer.js';
import type { Operation } from './operations.js';
import { pick, type Random } from './random.js';
import { internalFailure, rateExceeded, serviceUnavailable } from './wire-error.js';

/**
 * How a request fails that nothing is wrong with: an internal failure, a service that is unavailable, a throttle, a
 * connection that is reset before the answer, or one that breaks in the middle of the answer's body.
 */
export type FaultKind = '500' | '503' | 'throttle' | 'reset' | 'cut';

/** How many requests fail, and how. */
export interface FaultSettings {
  /** From 0 to 1. */
  readonly share: number;
  /** Each as likely as the others; default: all. */
  readonly kinds?: readonly FaultKind[];
}

/** The faults of an endpoint. */
export interface Faults {
  /** How often each kind has happened. */
  readonly counts: ReadonlyMap<FaultKind, number>;
  /** Answers a request with the outcome of its operation, or with a fault. */
  impose(operation: Operation, perform: () => Answer): Answer;
}

const allKinds: readonly FaultKind[] = ['500', '503', 'throttle', 'reset', 'cut'];

/** Creates faults that befall a share of the requests. */
export function createFaults({ share, kinds = allKinds }: FaultSettings, random: Random): Faults {
  const counts = new Map<FaultKind, number>();
  // Clients cannot tell whether a write whose answer is lost was done; batches are what they would store twice.
  const isLost = (operation: Operation) => operation === 'PutLogEvents' && random() < 0.5;
  return {
    counts,
    impose(operation, perform) {
      if (share === 0 || random() >= share) return perform();
      const kind = pick(random, kinds);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (kind === '500') return toRefusal(internalFailure());
      if (kind === '503') return toRefusal(serviceUnavailable());
      if (kind === 'throttle') return toRefusal(rateExceeded());
      const answer: Answer = isLost(operation) ? { statusCode: 200, body: '' } : perform();
      // Without a body there is nothing to cut; the service may as well send an empty structure.
      return { ...answer, body: answer.body || '{}', sent: kind === 'cut' ? 'half' : 'nothing' };
    },
  };
}
