import { pick, type Random, randomHex, randomInteger, randomUuid } from '../random.js';
import type { DemoProgram, DemoStream } from './agent.js';
import { createPace, type DemoScene, isBackup, randomOf } from './scene.js';

/** An order that the API took: the worker goes on with it under the same request id. */
export interface DemoOrder {
  readonly timestamp: number;
  readonly requestId: string;
}

const meanGapMs = 12_000;

/** The requests of a web shop in `/demo/api`, one JSON object a line, from three containers. */
export function createApi(scene: DemoScene): {
  readonly program: DemoProgram;
  /** The orders since the last call. */
  readonly takeOrders: () => readonly DemoOrder[];
} {
  const streams = [1, 2, 3].map((task) => toStream(scene, task));
  const pace = createPace(scene, 'requests', meanGapMs);
  let orders: DemoOrder[] = [];
  return {
    program(untilMs) {
      for (const { timestamp, random } of pace(untilMs)) {
        const requestId = randomUuid(random);
        const answer = answerRequest(random, isBackup(timestamp));
        const line = {
          time: new Date(timestamp).toISOString(),
          ...answer,
          requestId,
          userId: `u-${randomInteger(random, 1000, 1400)}`,
        };
        pick(random, streams).events.push({ timestamp, message: JSON.stringify(line) });
        if (answer.method === 'POST' && answer.status === 201) orders.push({ timestamp, requestId });
      }
      return streams;
    },
    takeOrders() {
      const taken = orders;
      orders = [];
      return taken;
    },
  };
}

function toStream(scene: DemoScene, task: number): DemoStream {
  return { group: '/demo/api', stream: `api/web/${randomHex(randomOf(scene, `web ${task}`), 32)}`, events: [] };
}

interface Answer {
  readonly level: 'info' | 'warn' | 'error';
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly latencyMs: number;
  readonly message: string;
}

function answerRequest(random: Random, isSlow: boolean): Answer {
  const { method, path, status } = pick(random, routes)(random);
  const luck = random();
  if (luck < (isSlow ? 0.35 : 0.004)) {
    return {
      level: 'error',
      status: pick(random, [500, 502, 503, 504]),
      method,
      path,
      ...pick(random, failures)(random),
    };
  }
  const latencyMs = Math.round((6 + random() ** 4 * 420) * (isSlow ? 9 : 1));
  if (luck > 0.97) return { level: 'warn', ...pick(random, refusals), method, path, latencyMs };
  if (latencyMs > 1_000) return { level: 'warn', status, method, path, latencyMs, message: 'slow request' };
  return { level: 'info', status, method, path, latencyMs, message: 'request completed' };
}

type Route = (random: Random) => Pick<Answer, 'method' | 'path' | 'status'>;

const routes: readonly Route[] = [
  () => ({ method: 'GET', path: '/', status: 200 }),
  () => ({ method: 'GET', path: '/health', status: 200 }),
  (random) => ({ method: 'GET', path: `/products/${randomInteger(random, 100, 180)}`, status: 200 }),
  (random) => ({ method: 'GET', path: `/products/${randomInteger(random, 100, 180)}`, status: 304 }),
  (random) => ({
    method: 'GET',
    path: `/search?q=${pick(random, ['lamp', 'desk', 'wool+blanket', 'tea', 'café'])}`,
    status: 200,
  }),
  () => ({ method: 'GET', path: '/cart', status: 200 }),
  (random) => ({ method: 'PUT', path: `/cart/items/${randomInteger(random, 1, 9)}`, status: 204 }),
  () => ({ method: 'POST', path: '/orders', status: 201 }),
];

type Refusal = Pick<Answer, 'status' | 'message'>;

const refusals: readonly Refusal[] = [
  { status: 400, message: 'malformed request: "quantity" is not a number' },
  { status: 401, message: 'session expired' },
  { status: 404, message: 'no such product' },
  { status: 429, message: 'too many requests' },
];

type Failure = (random: Random) => Pick<Answer, 'latencyMs' | 'message'>;

const failures: readonly Failure[] = [
  () => ({ latencyMs: 5_000, message: 'timeout: no database connection within 5000 ms' }),
  (random) => ({
    latencyMs: randomInteger(random, 900, 3_000),
    message: 'upstream connect error: connection reset by peer',
  }),
  (random) => ({
    latencyMs: randomInteger(random, 20, 200),
    message: 'unhandled exception: Cannot read properties of undefined',
  }),
];
