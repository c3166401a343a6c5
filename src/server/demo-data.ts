import { ship } from './demo-agent.js';
import { toApiStreams } from './demo-api.js';
import { type DemoScene, firstDayMs } from './demo-clock.js';
import { toLambdaStreams } from './demo-lambda.js';
import { toWorkerStreams } from './demo-worker.js';
import type { LogStore } from './log-store.js';

const groupAgeMs = 30 * 86_400_000;

/**
 * Fills a store with the groups `/demo/api`, `/demo/worker` and `/demo/lambda`, which cover the last three days (UTC)
 * and today up to now. The same seed makes the same streams and events at any time of a day: only more of them as the
 * day goes on.
 */
export function seedDemo(
  store: LogStore,
  { nowMs, seed = 1 }: { readonly nowMs: number; readonly seed?: number },
): void {
  const creationTime = firstDayMs(nowMs) - groupAgeMs;
  store.createGroup('/demo/api', { creationTime });
  store.createGroup('/demo/worker', { creationTime, retentionInDays: 14 });
  store.createGroup('/demo/lambda', { creationTime });
  const scene: DemoScene = { seed, nowMs };
  const { streams, orders } = toApiStreams(scene);
  ship(store, [...streams, ...toWorkerStreams(scene, orders), ...toLambdaStreams(scene)], nowMs);
}
