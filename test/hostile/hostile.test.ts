import { expect, test } from 'vitest';
import { followingDeeds } from './following.js';
import { type Counts, createPerform } from './performing.js';
import { readingDeeds } from './reading.js';
import { type Scene, startScene, usualSeeds } from './scene.js';
import type { Deed } from './truth.js';
import { writingDeeds } from './writing.js';

const minutes = Number(process.env.CWLOGS_SOAK_MINUTES ?? 0);
const only = Number(process.env.CWLOGS_SOAK_SEED || 0);
/** Most of the time is waited, for retries: so many services at once. */
const lanes = only === 0 ? 4 : 1;

test('through all that a service can do: complete, or another exit code and why', {
  // A service by itself that is slow and fails takes minutes.
  timeout: minutes * 90_000 + (only === 0 ? 180_000 : 900_000),
}, async () => {
  const untilMs = performance.now() + minutes * 60_000;
  const counts: Counts = new Map();
  let next = only === 0 ? 1 : only;
  let hasFailed = false;
  const lane = async (): Promise<void> => {
    while (!hasFailed && (only === 0 ? next <= usualSeeds || performance.now() < untilMs : next === only)) {
      const scene = await startScene(next++);
      try {
        const perform = createPerform(scene, counts);
        for (const deed of deedsOf(scene)) {
          // The last services are left where they are.
          if (scene.seed > usualSeeds && only === 0 && performance.now() > untilMs) break;
          await deed(perform, scene);
        }
      } catch (error) {
        hasFailed = true;
        process.stderr.write(`again: npm run soak -- --seed ${scene.seed}\n`);
        throw error;
      } finally {
        await scene.close();
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (minutes > 0) process.stdout.write(`${next - 1} services: ${JSON.stringify(Object.fromEntries(counts))}\n`);
  // What is always refused has been told nothing about; one service alone may refuse all.
  if (only > 0) return;
  for (const [command, { complete, refused }] of counts) {
    expect(complete, `${command}: ${complete} of ${complete + refused}`).toBeGreaterThan((complete + refused) / 4);
  }
});

/** All deeds; the usual seeds share them, so that each is done through two services. */
function deedsOf(scene: Scene): Deed[] {
  const deeds = [...readingDeeds(scene), ...writingDeeds(), ...followingDeeds()];
  return scene.seed > usualSeeds || only > 0 ? deeds : deeds.filter((_, at) => (at + scene.seed) % 2 === 0);
}
