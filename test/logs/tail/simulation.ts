import type { LogEvent } from '../../../src/logs/event.js';
import type { EventPage } from '../../../src/logs/read/filter-events.js';
import { compareEvents } from '../../../src/logs/read/merge.js';
import type { Clock } from '../../../src/logs/tail/clock.js';

/** A clock that only moves when it is told to. */
export interface MovedClock extends Clock {
  move(ms: number): void;
}

/** Makes a clock on which waiting takes no time. */
export function createMovedClock(startMs: number): MovedClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    elapsed: () => nowMs - startMs,
    async wait(ms, signal) {
      signal.throwIfAborted();
      nowMs += ms;
    },
    move(ms) {
      nowMs += ms;
    },
  };
}

/** An event, and when it can first be read. */
export interface Arrival {
  readonly event: LogEvent;
  readonly visibleMs: number;
}

/** Makes an event that arrives some time after (or, dated in the future, before) its timestamp. */
export function toArrival(index: number, timestamp: number, visibleMs: number, message = `event ${index}`): Arrival {
  const event = {
    timestamp,
    ingestionTime: visibleMs,
    message,
    eventId: String(index).padStart(56, '0'),
    logStreamName: 's',
    logGroupName: '/g',
    region: 'us-east-1',
  };
  return { event, visibleMs };
}

/** How a simulated service answers. */
export interface Behaviour {
  readonly pageSize: number;
  readonly latencyMs: number;
  /** Whether a request with this number answers with an empty page and a token. */
  readonly isEmpty?: (request: number) => boolean;
  /** What a request with this number fails with. */
  readonly failure?: (request: number) => Error | undefined;
}

/** FilterLogEvents as a function: every page shows what is visible then, and what it has gone past it does not show. */
export function createReader(arrivals: readonly Arrival[], clock: MovedClock, behaviour: Behaviour) {
  const sorted = [...arrivals].sort((a, b) => compareEvents(a.event, b.event));
  let requests = 0;
  async function* read(startMs: number, endMs: number): AsyncGenerator<EventPage> {
    let after: LogEvent | undefined;
    for (;;) {
      requests += 1;
      clock.move(behaviour.latencyMs);
      const failure = behaviour.failure?.(requests);
      if (failure !== undefined) throw failure;
      if (behaviour.isEmpty?.(requests) === true) {
        yield { events: [], last: false };
        continue;
      }
      const from = after;
      const events = sorted
        .filter(({ visibleMs }) => visibleMs <= clock.now())
        .map(({ event }) => event)
        .filter(({ timestamp }) => timestamp >= startMs && timestamp < endMs)
        .filter((event) => from === undefined || compareEvents(event, from) > 0)
        .slice(0, behaviour.pageSize);
      after = events.at(-1) ?? after;
      yield { events, last: events.length === 0 };
      if (events.length === 0) return;
    }
  }
  return { read, requests: () => requests };
}
