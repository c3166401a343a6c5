import type { LogEvent } from '../logs/event.js';

/** What ends a run early, besides time and the user. */
export interface EndingRules {
  /** So many events. */
  readonly limit?: number | undefined;
  /** An event that was waited for. */
  readonly untilMatch?: ((message: string) => boolean) | undefined;
  /** An event that must not come. */
  readonly failOn?: ((message: string) => boolean) | undefined;
}

/** Events up to the one that ends the run. */
export interface Cut {
  readonly events: readonly LogEvent[];
  /** Why no more are wanted, and the event that made it so. */
  readonly ended?: { readonly by: keyof EndingRules; readonly event: LogEvent };
}

/** Makes what cuts pages of events at the first one that ends the run. */
export function createEnding({ limit, untilMatch, failOn }: EndingRules): (events: readonly LogEvent[]) => Cut {
  let left = limit ?? Number.POSITIVE_INFINITY;
  const reasonOf = ({ message }: LogEvent): keyof EndingRules | undefined => {
    left -= 1;
    if (failOn?.(message) === true) return 'failOn';
    if (untilMatch?.(message) === true) return 'untilMatch';
    return left <= 0 ? 'limit' : undefined;
  };
  return (events) => {
    for (const [at, event] of events.entries()) {
      const by = reasonOf(event);
      if (by !== undefined) return { events: events.slice(0, at + 1), ended: { by, event } };
    }
    return { events };
  };
}
