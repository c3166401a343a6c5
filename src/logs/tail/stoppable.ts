import { setMaxListeners } from 'node:events';

/** Makes a signal that another aborts, or a call of `stop`. */
export function createStoppable(outer: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const inner = new AbortController();
  const signal = AbortSignal.any([inner.signal, ...(outer === undefined ? [] : [outer])]);
  // Every request in flight listens to it; Node would take more than ten for a leak.
  setMaxListeners(0, signal);
  return { signal, stop: () => inner.abort() };
}
