import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import type { OutageKind } from '../../src/server/outage.js';
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
  readonly seed: number;
  readonly random: Random;
  readonly endpoint: LocalEndpoint;
  readonly groups: readonly string[];
  /** By group; those without events too. */
  readonly streams: ReadonlyMap<string, readonly string[]>;
  readonly events: readonly SceneEvent[];
  readonly startMs: number;
  readonly endMs: number;
  /** A folder of its own, which is the S3 of exports too. */
  readonly folder: string;
  /** The time of the client; the service's departs from it. */
  readonly now: () => number;
  /** Lets the service's clock jump. */
  jump(ms: number): void;
  close(): Promise<void>;
}

const beginMs = Date.UTC(2026, 10, 20, 15, 30);
const rangeMs = 3_600_000;
const dayMs = 86_400_000;

/** Starts a service whose faults, pages and events all follow from a seed. */
export async function startScene(seed: number): Promise<Scene> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'cwlogs-hostile-'));
  const openedMs = performance.now();
  let jumpMs = 0;
  const now = () => beginMs + Math.round(performance.now() - openedMs);
  const switches = toSwitches(random, seed, folder);
  const endpoint = await startEndpoint({ now: () => now() + jumpMs, switches });
  // Every event may be a request.
  const sizes = (switches.pageEvents ?? 0) > 3 && switches.pageBytes !== 1 ? [0, 1, 40, 300] : [0, 1, 12, 40];
  const startMs = beginMs - rangeMs;
  const groups = Array.from({ length: randomInteger(random, 1, 3) }, (_, at) => `/hostile/g${at}`);
  const streams = new Map<string, string[]>();
  const events: SceneEvent[] = [];
  for (const group of groups) {
    endpoint.store.createGroup(group, { creationTime: beginMs - dayMs });
    const names: string[] = [];
    streams.set(group, names);
    for (let number = randomInteger(random, 1, 4); number > 0; number--) {
      const stream = pick(random, ['web/', 'a$b-', '2026/11/20/[$LATEST]', 'é ', '../\u001b]0;t\u0007']) + number;
      const own = Array.from({ length: pick(random, sizes) }, () => ({
        timestamp: startMs + randomInteger(random, 0, pick(random, [3, 60_000, rangeMs - 1])),
        message: toMessage(random),
      })).sort((a, b) => a.timestamp - b.timestamp);
      endpoint.store.seedEvents(group, stream, own, startMs);
      names.push(stream);
      events.push(...own.map((event) => ({ group, stream, ...event })));
    }
  }
  return {
    seed,
    random,
    endpoint,
    groups,
    streams,
    events,
    startMs,
    endMs: beginMs,
    folder,
    now,
    jump(ms) {
      jumpMs = ms;
    },
    async close() {
      await endpoint.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A trouble that comes over a service for a moment. A connection that hangs costs half a minute: only for long runs. */
export function drawOutage({ random, seed }: Scene): OutageKind | undefined {
  const kinds: OutageKind[] = ['throttle', '500', '503', 'reset', 'refuse', 'expired', 'denied'];
  if (random() > 0.15) return undefined;
  return seed > usualSeeds && random() < 0.05 ? 'hang' : pick(random, kinds);
}

/** The seeds of every run of the tests; longer runs go on from there, and may take their time. */
export const usualSeeds = 4;

function toSwitches(random: Random, seed: number, folder: string): EndpointSwitches {
  return {
    seed,
    ...pick(random, [
      // Every fault is waited out: where there are many requests, they had better not fail.
      { pageEvents: pick(random, [1, 3, 20]) },
      { pageEvents: pick(random, [100, 10_000]), faults: { share: 0.1 } },
      { pageBytes: pick(random, [1, 30_000]), pageEvents: 20 },
      { pageEvents: 100, requestsPerSecond: pick(random, [10, 40]) },
      { pageEvents: 100, latencyMs: pick(random, [5, [0, 80] as const]) },
    ]),
    emptyPages: pick(random, [0, 0.3]),
    endTime: pick(random, ['inclusive', 'exclusive'] as const),
    tokenRefusals: pick(random, [0, 0.05]),
    ...(random() < 0.2 ? { tokenLifetimeMs: pick(random, [200, 5_000]) } : {}),
    ...(random() < 0.3 ? { scannedBytes: 4_000 } : {}),
    ...(random() < 0.3 ? { visibility: { delayMs: [0, 300] } } : {}),
    liveTail: pick(random, [
      {},
      { sessionMs: [200, 2_000] as const, ending: pick(random, ['timeout', 'exception', 'cut'] as const) },
      { droppedUpdates: 0.3 },
      { refusal: pick(random, ['AccessDeniedException', 'InvalidOperationException'] as const) },
    ]),
    insights: {
      runningPolls: 1,
      ...(random() < 0.2 ? { ending: pick(random, ['Failed', 'Timeout'] as const) } : {}),
      ...(random() < 0.2 ? { concurrentQueries: 1 } : {}),
    },
    exports: {
      folder,
      pollsEach: 0,
      ...(random() < 0.2 ? { ending: 'FAILED' as const } : {}),
      ...(random() < 0.2 ? { forbidden: pick(random, ['GetBucketAcl', 'PutObject'] as const) } : {}),
    },
  };
}

/** The longest message that the service takes. */
const maxMessageLength = 1_048_576 - 26;

function toMessage(random: Random): string {
  const status = pick(random, [200, 204, 404, 500, 503]);
  switch (randomInteger(random, 0, 6)) {
    case 0:
      return `ERROR ${randomInteger(random, 0, 9)}\n  at one\r\n`;
    case 1:
      return `NUL \0 and \u001b]0;title\u0007 and \ud83d\ude00`;
    case 2:
      return 'x'.repeat(random() < 0.005 ? maxMessageLength : pick(random, [1, 5_000, 200_000]));
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
