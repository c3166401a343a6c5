import type { Clock } from '../clock.js';
import type { LogStore } from '../log-store.js';
import { createShipping } from './agent.js';
import { createApi } from './api.js';
import { createLambda } from './lambda.js';
import { createProbe } from './probe.js';
import { type DemoScene, firstDayMs } from './scene.js';
import { createWorker } from './worker.js';

const stepMs = 600_000;
const groupAgeMs = 30 * 86_400_000;

/** The groups of the demo, and how long they keep their events. */
const retentions = { '/demo/api': undefined, '/demo/worker': 14, '/demo/lambda': undefined };

/** The names of the groups that {@link seedDemo} makes. */
export const demoGroups: readonly string[] = Object.keys(retentions);

/**
 * Fills a store with the groups `/demo/api`, `/demo/worker` and `/demo/lambda`, which cover the last three days (UTC)
 * and today up to now. The same seed makes the same streams and events at any time of a day: only more of them as the
 * day goes on. What it returns adds those that have arrived by a later time.
 */
export function seedDemo(
  store: LogStore,
  { nowMs, seed = 1 }: { readonly nowMs: number; readonly seed?: number | undefined },
): (nowMs: number) => void {
  const scene: DemoScene = { seed, firstDayMs: firstDayMs(nowMs) };
  const creationTime = scene.firstDayMs - groupAgeMs;
  for (const [group, retentionInDays] of Object.entries(retentions)) {
    store.createGroup(group, { creationTime, retentionInDays });
  }
  const api = createApi(scene);
  const programs = [api.program, createProbe(scene), createWorker(scene, api.takeOrders), createLambda(scene)];
  const ship = createShipping(store, programs);
  // In steps: what is under way is sorted again and again.
  for (let untilMs = scene.firstDayMs; untilMs < nowMs; untilMs += stepMs) ship(untilMs);
  ship(nowMs);
  return ship;
}

const shipEveryMs = 200;

/** Fills an endpoint as {@link seedDemo} does and lets the logs go on in time; what it returns ends that. */
export function startDemo(
  { store, clock }: { readonly store: LogStore; readonly clock: Clock },
  seed?: number,
): () => void {
  const ship = seedDemo(store, { nowMs: clock.now(), seed });
  const goOn = () => {
    stop = clock.after(shipEveryMs, goOn);
    ship(clock.now());
  };
  let stop = clock.after(shipEveryMs, goOn);
  return () => stop();
}
