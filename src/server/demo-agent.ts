import { flushMs } from './demo-clock.js';
import type { InputEvent } from './log-group.js';
import type { LogStore } from './log-store.js';
import { createRandom, randomInteger } from './random.js';

/** What a stream says, in any order. */
export interface DemoStream {
  readonly group: string;
  readonly stream: string;
  readonly events: InputEvent[];
}

interface DemoBatch extends DemoStream {
  readonly ingestionTime: number;
}

/** Stores what has arrived until now, as agents would send it: a batch every few seconds, a little late. */
export function ship(store: LogStore, streams: readonly DemoStream[], nowMs: number): void {
  const batches = streams.flatMap(toBatches).filter(({ ingestionTime }) => ingestionTime <= nowMs);
  // In the order of their arrival, which counts in the ids of their events.
  batches.sort((a, b) => a.ingestionTime - b.ingestionTime);
  for (const { group, stream, events, ingestionTime } of batches) {
    store.seedEvents(group, stream, events, ingestionTime);
  }
}

function toBatches({ group, stream, events }: DemoStream): DemoBatch[] {
  const batches: InputEvent[][] = [];
  for (const event of events.sort((a, b) => a.timestamp - b.timestamp)) {
    const batch = batches.at(-1);
    const oldest = batch?.[0];
    if (batch !== undefined && oldest !== undefined && event.timestamp <= oldest.timestamp + flushMs) batch.push(event);
    else batches.push([event]);
  }
  return batches.map((batch) => ({ group, stream, events: batch, ingestionTime: arrivalOf(batch) }));
}

function arrivalOf(batch: readonly InputEvent[]): number {
  const newestMs = batch.at(-1)?.timestamp ?? 0;
  return newestMs + randomInteger(createRandom(newestMs), 40, 900);
}
