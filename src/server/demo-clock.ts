import type { InputEvent } from './log-group.js';
import type { LogStore } from './log-store.js';
import { type Random, randomInteger } from './random.js';

/** What the made-up logs are made from. */
export interface DemoScene {
  readonly store: LogStore;
  readonly random: Random;
  readonly nowMs: number;
  readonly startMs: number;
}

const hourMs = 3_600_000;
const incidentStartMs = 5.3 * hourMs;
const incidentEndMs = 4.8 * hourMs;

/** Whether a time falls into the half hour, some hours ago, in which the database was slow. */
export function isIncident({ nowMs }: DemoScene, timestamp: number): boolean {
  return timestamp > nowMs - incidentStartMs && timestamp < nowMs - incidentEndMs;
}

/** Moments from the start of a scene until seconds before now: dense by day, sparse by night, never regular. */
export function moments({ random, nowMs, startMs }: DemoScene, meanGapMs: number): number[] {
  const found: number[] = [];
  for (let timestamp = nowMs - randomInteger(random, 500, 3_000); timestamp >= startMs; ) {
    found.push(timestamp);
    timestamp -= 1 + Math.round((-Math.log(1 - random()) * meanGapMs) / traffic(timestamp));
  }
  return found.reverse();
}

/** How busy a time is: 0.3 at three in the morning, 1.7 in the afternoon (UTC). */
function traffic(timestamp: number): number {
  const hour = (timestamp / hourMs) % 24;
  return 1 - 0.7 * Math.cos(((hour - 3) / 24) * 2 * Math.PI);
}

const flushMs = 5_000;

/** Stores what a stream has said until now as an agent would: every few seconds a batch, which arrives a little later. */
export function ship({ store, random, nowMs }: DemoScene, group: string, stream: string, events: InputEvent[]): void {
  const said = events.filter(({ timestamp }) => timestamp < nowMs).sort((a, b) => a.timestamp - b.timestamp);
  let batch: InputEvent[] = [];
  const flush = () => {
    const newestMs = batch.at(-1)?.timestamp;
    if (newestMs === undefined) return;
    store.seedEvents(group, stream, batch, Math.min(nowMs, newestMs + randomInteger(random, 40, 900)));
    batch = [];
  };
  for (const event of said) {
    if (event.timestamp > (batch[0]?.timestamp ?? event.timestamp) + flushMs) flush();
    batch.push(event);
  }
  flush();
}
