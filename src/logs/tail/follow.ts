import type { LogEvent } from '../event.js';
import type { Clock } from './clock.js';
import type { Outages } from './outages.js';
import type { TailSource } from './tail-source.js';

/** How a source is followed. */
export interface FollowOptions {
  /** The time from the start of one turn to that of the next; it may change while it is waited for. */
  readonly turnMs: () => number;
  readonly outages: Outages;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** While a long turn is waited out, it is looked this often whether a shorter one has become due. */
const maxNapMs = 1_000;

/** Follows a source until the signal ends it, through every outage; yields what is new as it comes. */
export async function* followSource(source: TailSource, options: FollowOptions): AsyncGenerator<LogEvent[]> {
  const { turnMs, outages, clock, signal } = options;
  for (;;) {
    const begunMs = clock.elapsed();
    try {
      yield* source.turn(begunMs + turnMs());
      outages.answered(source);
      for (let leftMs = 1; leftMs > 0; ) {
        leftMs = begunMs + turnMs() - clock.elapsed();
        if (leftMs > 0) await clock.wait(Math.min(leftMs, maxNapMs), signal);
      }
    } catch (error) {
      // Being stopped shows as whatever the request under way made of it.
      signal.throwIfAborted();
      const waitMs = outages.failed(source, error);
      await source.abandon();
      await clock.wait(waitMs, signal);
    }
    signal.throwIfAborted();
  }
}
