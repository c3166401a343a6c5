import { createRandom, hashText, pick, randomHex, randomInteger } from '../random.js';
import type { DemoProgram, DemoStream } from './agent.js';
import { type DemoScene, randomOf } from './scene.js';

const everyMs = 2_000;

/** The load balancer's health checks in `/demo/api`: by day and night, so that there is always something to follow. */
export function createProbe(scene: DemoScene): DemoProgram {
  const name = `api/probe/${randomHex(randomOf(scene, 'probe'), 32)}`;
  const stream: DemoStream = { group: '/demo/api', stream: name, events: [] };
  const salt = hashText(name);
  let nextMs = scene.firstDayMs;
  return (untilMs) => {
    for (; nextMs <= untilMs; nextMs += everyMs) {
      const random = createRandom(salt + nextMs / everyMs);
      // Farther apart than what an agent puts into one batch.
      stream.events.push({ timestamp: nextMs + randomInteger(random, 0, 200), message: pick(random, messages) });
    }
    return [stream];
  };
}

// Made once: there are more of these than of all other events.
const messages: readonly string[] = [1, 2, 3].flatMap((task) =>
  [1, 2, 2, 3, 5].map((latencyMs) =>
    JSON.stringify({
      level: 'debug',
      status: 200,
      method: 'GET',
      path: '/health',
      latencyMs,
      message: `task ${task} is healthy`,
    }),
  ),
);
