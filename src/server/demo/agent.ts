import type { InputEvent } from '../log-group.js';
import type { LogStore } from '../log-store.js';
import { createRandom, randomInteger } from '../random.js';

/** A stream with what it has said, in any order, and no agent has collected yet. */
export interface DemoStream {
  readonly group: string;
  readonly stream: string;
  events: InputEvent[];
}

/** A program that goes on to a time: what its streams say up to and including it. */
export type DemoProgram = (untilMs: number) => readonly DemoStream[];

interface DemoBatch {
  readonly from: DemoStream;
  readonly events: readonly InputEvent[];
  readonly ingestionTime: number;
  /** The place of its stream among all. */
  readonly order: number;
}

/** The longest time that an agent waits to fill a batch. */
const flushMs = 1_000;

/**
 * Stores what programs say as agents would send it: a batch a second at most, a little late. Each call stores what has
 * arrived by then; it makes no difference how many calls it takes.
 */
export function createShipping(store: LogStore, programs: readonly DemoProgram[]): (nowMs: number) => void {
  let underWay: DemoBatch[] = [];
  return (nowMs) => {
    // A batch holds what was said up to so long after its first event.
    const streams = programs.flatMap((program) => program(nowMs + flushMs));
    underWay.push(...streams.flatMap((stream, order) => collectBatches(stream, order, nowMs)));
    const arrived = underWay.filter(({ ingestionTime }) => ingestionTime <= nowMs);
    if (arrived.length === 0) return;
    underWay = underWay.filter(({ ingestionTime }) => ingestionTime > nowMs);
    // In the order of their arrival, which counts in the ids of their events.
    arrived.sort((a, b) => a.ingestionTime - b.ingestionTime || a.order - b.order);
    for (const { from, events, ingestionTime } of arrived) {
      if (store.groups.has(from.group)) store.seedEvents(from.group, from.stream, events, ingestionTime);
    }
  };
}

/** Takes the batches from a stream whose first events have happened, so that all that belongs to them is known. */
function collectBatches(stream: DemoStream, order: number, nowMs: number): DemoBatch[] {
  const batches: InputEvent[][] = [];
  const waiting: InputEvent[] = [];
  for (const event of stream.events.sort((a, b) => a.timestamp - b.timestamp)) {
    const batch = batches.at(-1);
    const oldest = batch?.[0];
    if (batch !== undefined && oldest !== undefined && event.timestamp <= oldest.timestamp + flushMs) batch.push(event);
    else if (event.timestamp <= nowMs) batches.push([event]);
    else waiting.push(event);
  }
  stream.events = waiting;
  return batches.map((events) => ({ from: stream, events, order, ingestionTime: arrivalOf(events) }));
}

function arrivalOf(batch: readonly InputEvent[]): number {
  const newestMs = batch.at(-1)?.timestamp ?? 0;
  return newestMs + randomInteger(createRandom(newestMs), 40, 900);
}
