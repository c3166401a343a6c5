import { setMaxListeners } from 'node:events';

/**
 * A signal for many requests at once, aborted with any of those given, none of which they listen to: Node 20 takes more
 * than ten listeners for a leak, and says so on stderr of whoever made the signal.
 */
export function sharedSignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const shared = AbortSignal.any(signals.filter((signal) => signal !== undefined));
  setMaxListeners(0, shared);
  return shared;
}
