import { seedApi } from './demo-api.js';
import type { DemoScene } from './demo-clock.js';
import { seedLambda } from './demo-lambda.js';
import { seedWorker } from './demo-worker.js';
import type { LogStore } from './log-store.js';
import { createRandom } from './random.js';

const dayMs = 86_400_000;
const shownDays = 3;
const groupAgeDays = 30;

/**
 * Fills a store with the groups `/demo/api`, `/demo/worker` and `/demo/lambda`, which cover the last three days up to
 * seconds before now; the same seed and time make the same events.
 */
export function seedDemo(
  store: LogStore,
  { nowMs, seed = 1 }: { readonly nowMs: number; readonly seed?: number },
): void {
  const creationTime = nowMs - groupAgeDays * dayMs;
  store.createGroup('/demo/api', { creationTime });
  store.createGroup('/demo/worker', { creationTime, retentionInDays: 14 });
  store.createGroup('/demo/lambda', { creationTime });
  const scene: DemoScene = { store, random: createRandom(seed), nowMs, startMs: nowMs - shownDays * dayMs };
  seedWorker(scene, seedApi(scene));
  seedLambda(scene);
}
