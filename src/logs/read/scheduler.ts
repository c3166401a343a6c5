import type { Lane } from './lane.js';

/** How much is read at once. */
export interface SchedulerOptions {
  /** Requests in flight, over all lanes. */
  readonly concurrency: number;
  /** What has been read and not yet handed out, over all lanes; each lane may hold a page above it. */
  readonly maxBufferedBytes: number;
  /** About how long a page keeps this process busy; default {@link defaultBusyMs}. */
  readonly busyMs?: number;
}

/** Decides which lane makes the next request. */
export interface Scheduler {
  add(lane: Lane): void;
  /** Starts what may start now; called whenever a page has come or gone. */
  pump(): void;
}

/** Requests that are answered as quickly gain nothing from being made together: the pages would wait in memory. */
const defaultBusyMs = 30;
/** The requests whose times are remembered. */
const remembered = 8;

/** What a page is expected to take before one has been seen. */
const expectedPageBytes = 1_500_000;

/** Makes the scheduler of one run: the earliest request goes first, so that what is printed next arrives next. */
export function createScheduler({
  concurrency,
  maxBufferedBytes,
  busyMs = defaultBusyMs,
}: SchedulerOptions): Scheduler {
  const lanes: Lane[] = [];
  const latestMs: number[] = [];
  let inFlight = 0;

  function pump(): void {
    while (inFlight < usefulConcurrency()) {
      const next = earliest(lanes, hasRoom());
      if (next === undefined) return;
      inFlight += 1;
      const startMs = performance.now();
      void next.ask().finally(() => {
        inFlight -= 1;
        latestMs.push(performance.now() - startMs);
        if (latestMs.length > remembered) latestMs.shift();
        pump();
      });
    }
  }

  function usefulConcurrency(): number {
    const sorted = [...latestMs].sort((a, b) => a - b);
    const middle = sorted[sorted.length >>> 1] ?? Number.POSITIVE_INFINITY;
    return Math.min(concurrency, Math.max(1, Math.ceil(middle / busyMs)));
  }

  function hasRoom(): boolean {
    const buffered = lanes.reduce((sum, lane) => sum + lane.bufferedBytes, 0);
    return buffered + inFlight * expectedPageBytes < maxBufferedBytes;
  }

  return {
    add(lane) {
      lanes.push(lane);
    },
    pump,
  };
}

/** When there is no room, only what a consumer waits for may be asked: nothing else would be printed next. */
function earliest(lanes: readonly Lane[], room: boolean) {
  let best: ReturnType<Lane['candidate']>;
  for (const lane of lanes) {
    const candidate = lane.candidate();
    if (candidate === undefined) continue;
    const awaited = lane.waiting && candidate.isHead;
    if (!room && !awaited) continue;
    if (best === undefined || candidate.positionMs < best.positionMs) best = candidate;
  }
  return best;
}
