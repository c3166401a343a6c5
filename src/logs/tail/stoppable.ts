import { sharedSignal } from '../shared-signal.js';

/** Makes a signal for many requests at once, that another aborts, or a call of `stop`. */
export function createStoppable(outer: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const inner = new AbortController();
  return { signal: sharedSignal(outer, inner.signal), stop: () => inner.abort() };
}
