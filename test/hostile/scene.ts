import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { createRandom, pick, type Random, randomInteger } from '../../src/server/random.js';
import type { EndpointSwitches } from '../../src/server/switches.js';

/** An event of a scene, with where it lies. */
export interface SceneEvent {
  readonly group: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
}

/** A hostile service with events in it, and what they are. */
export interface Scene {
  readonly endpoint: LocalEndpoint;
  readonly groups: readonly string[];
  readonly events: readonly SceneEvent[];
  readonly startMs: number;
  readonly endMs: number;
}

export const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const rangeMs = 3_600_000;

/** Starts a service whose faults, pages and events all follow from a seed. */
export async function startScene(seed: number): Promise<Scene> {
  const random = createRandom(seed);
  const endpoint = await startEndpoint({ now: () => nowMs, switches: toSwitches(random, seed) });
  const startMs = nowMs - rangeMs;
  const groups = Array.from({ length: randomInteger(random, 1, 3) }, (_, at) => `/hostile/g${at}`);
  const events: SceneEvent[] = [];
  for (const group of groups) {
    endpoint.store.createGroup(group);
    for (let number = randomInteger(random, 1, 4); number > 0; number--) {
      const stream = pick(random, ['web/', 'a$b-', '2026/11/20/[$LATEST]', 'é ']) + number;
      const own = Array.from({ length: pick(random, [0, 1, 40, 300]) }, () => ({
        timestamp: startMs + randomInteger(random, 0, pick(random, [3, 60_000, rangeMs - 1])),
        message: toMessage(random),
      })).sort((a, b) => a.timestamp - b.timestamp);
      if (own.length > 0) endpoint.store.seedEvents(group, stream, own);
      events.push(...own.map((event) => ({ group, stream, ...event })));
    }
  }
  return { endpoint, groups, events, startMs, endMs: nowMs };
}

function toSwitches(random: Random, seed: number): EndpointSwitches {
  return {
    seed,
    ...pick(random, [
      // Every fault is waited out: where there are many requests, they had better not fail.
      { pageEvents: pick(random, [1, 3, 20]) },
      { pageEvents: pick(random, [100, 10_000]), faults: { share: 0.1 } },
    ]),
    emptyPages: pick(random, [0, 0.3]),
    endTime: pick(random, ['inclusive', 'exclusive'] as const),
    tokenRefusals: pick(random, [0, 0.05]),
    ...(random() < 0.3 ? { scannedBytes: 4_000 } : {}),
    insights: { runningPolls: 1 },
  };
}

function toMessage(random: Random): string {
  const status = pick(random, [200, 204, 404, 500, 503]);
  switch (randomInteger(random, 0, 6)) {
    case 0:
      return `ERROR ${randomInteger(random, 0, 9)}\n  at one\r\n`;
    case 1:
      return `NUL \0 and \u001b]0;title\u0007 and \ud83d\ude00`;
    case 2:
      return 'x'.repeat(pick(random, [1, 5_000, 200_000]));
    case 3:
      return '   ';
    default:
      return JSON.stringify({
        level: pick(random, ['info', 'error']),
        status,
        id: `id-${randomInteger(random, 0, 20)}`,
      });
  }
}
