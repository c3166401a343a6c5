import type { InputEvent } from '../log-group.js';
import { pick, type Random, randomHex, randomInteger } from '../random.js';
import type { DemoProgram, DemoStream } from './agent.js';
import type { DemoOrder } from './api.js';
import { createPace, type DemoScene, isBackup, randomOf } from './scene.js';

const idleGapMs = 60_000;

/** Plain lines and stack traces in `/demo/worker` about the orders that the API took. */
export function createWorker(scene: DemoScene, takeOrders: () => readonly DemoOrder[]): DemoProgram {
  const streams = [1, 2].map((task) => toStream(scene, task));
  const pace = createPace(scene, 'idle', idleGapMs);
  return (untilMs) => {
    for (const order of takeOrders()) {
      const random = randomOf(scene, order.requestId);
      pick(random, streams).events.push(...workOn(order, random));
    }
    for (const { timestamp, random } of pace(untilMs)) {
      pick(random, streams).events.push(line(timestamp, 'DEBUG', pick(random, idleTexts)));
    }
    return streams;
  };
}

function toStream(scene: DemoScene, task: number): DemoStream {
  const name = `worker/orders/${randomHex(randomOf(scene, `orders ${task}`), 32)}`;
  return { group: '/demo/worker', stream: name, events: [] };
}

function workOn({ timestamp, requestId }: DemoOrder, random: Random): InputEvent[] {
  const startMs = timestamp + randomInteger(random, 20, 400);
  const endMs = startMs + randomInteger(random, 60, 1_800);
  const job = `job=${randomHex(random, 8)} request=${requestId}`;
  const taken = line(startMs, 'INFO', `${job} taken from queue orders, attempt 1`);
  const isFailure = random() > (isBackup(timestamp) ? 0.5 : 0.99);
  if (isFailure) return [taken, line(endMs, 'ERROR', `${job} failed\n${pick(random, traces)}`)];
  const done = `${job} done in ${endMs - startMs} ms, total ${(randomInteger(random, 499, 29_900) / 100).toFixed(2)} EUR`;
  const isRetried = random() > 0.97;
  if (!isRetried) return [taken, line(endMs, 'INFO', done)];
  return [taken, line(startMs + 40, 'WARN', `${job} card processor is busy, trying again`), line(endMs, 'INFO', done)];
}

function line(timestamp: number, level: string, text: string): InputEvent {
  return { timestamp, message: `${new Date(timestamp).toISOString()} ${level.padEnd(5)} ${text}` };
}

const idleTexts = ['queue orders is empty', 'heartbeat ok', 'lease renewed for 60 s'] as const;

const traces = [
  `java.sql.SQLTransientConnectionException: orders-pool: no connection within 5000 ms
\tat com.example.shop.db.Pool.borrow(Pool.java:118)
\tat com.example.shop.orders.OrderStore.save(OrderStore.java:64)
\tat com.example.shop.worker.Job.run(Job.java:41)
Caused by: java.net.SocketTimeoutException: Read timed out
\t... 3 more`,
  `java.lang.IllegalStateException: order has no delivery address
\tat com.example.shop.orders.Order.requireAddress(Order.java:209)
\tat com.example.shop.worker.Job.run(Job.java:37)`,
] as const;
