import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { LocalEndpoint } from '../../src/server/endpoint.js';
import type { VisibilitySettings } from '../../src/server/visibility.js';
import { openSession } from './live-tail.js';
import { createMovedClock, type MovedClock } from './moved-clock.js';
import { nowMs, startPair } from './sdk.js';

async function startLate(
  visibility: VisibilitySettings,
): Promise<{ endpoint: LocalEndpoint; client: CloudWatchLogsClient; clock: MovedClock }> {
  const clock = createMovedClock(nowMs);
  const { endpoint, client } = await startPair({
    now: clock.now,
    after: clock.after,
    switches: { visibility, seed: 1 },
  });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', []);
  return { endpoint, client, clock };
}

const eventsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ timestamp: nowMs + from + index, message: String(from + index) }));

async function readMessages(client: CloudWatchLogsClient): Promise<(string | undefined)[]> {
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName: 'g' }));
  return events.map(({ message }) => message);
}

test('an event can be read only some time after it was accepted, with the times it always had', async () => {
  const { client, clock } = await startLate({ delayMs: 3_000 });
  await client.send(new PutLogEventsCommand({ logGroupName: 'g', logStreamName: 's', logEvents: eventsOf(1) }));
  await clock.advance(2_999);
  const filter = new FilterLogEventsCommand({ logGroupName: 'g' });
  const get = new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's', startFromHead: true });
  expect((await client.send(filter)).events).toEqual([]);
  expect((await client.send(get)).events).toEqual([]);
  await clock.advance(1);
  const event = { timestamp: nowMs, ingestionTime: nowMs, message: '0' };
  expect((await client.send(filter)).events).toMatchObject([{ ...event, logStreamName: 's' }]);
  expect((await client.send(get)).events).toEqual([event]);
});

test('Live Tail shows an event in the second in which it becomes readable', async () => {
  const { client, clock, endpoint } = await startLate({ delayMs: 2_500 });
  const session = await openSession(client);
  endpoint.store.seedEvents('g', 's', eventsOf(1));
  await clock.advance(3_000);
  expect([await session.messages(), await session.messages(), await session.messages()]).toEqual([[], [], ['0']]);
});

test('what was to become readable before a session began is not shown by it', async () => {
  const { client, clock, endpoint } = await startLate({ delayMs: 500 });
  endpoint.store.seedEvents('g', 's', eventsOf(1));
  await clock.advance(600);
  const session = await openSession(client);
  await clock.advance(1_000);
  expect(await session.messages()).toEqual([]);
});

test('the events of one batch become readable out of order, all of them in the end', async () => {
  const { client, clock, endpoint } = await startLate({ delayMs: [0, 10_000] });
  endpoint.store.seedEvents('g', 's', eventsOf(100));
  await clock.advance(5_000);
  const early = (await readMessages(client)).map(Number);
  expect(early.length).toBeGreaterThan(30);
  expect(early.length).toBeLessThan(70);
  expect(Math.max(...early)).toBeGreaterThan(90);
  await clock.advance(5_000);
  expect(await readMessages(client)).toEqual(eventsOf(100).map(({ message }) => message));
});

test('a share of the events is late, the others are not', async () => {
  const { client, clock, endpoint } = await startLate({ late: { share: 0.1, delayMs: [5_000, 20_000] } });
  endpoint.store.seedEvents('g', 's', eventsOf(1_000));
  const prompt = await readMessages(client);
  expect(prompt.length).toBeGreaterThan(860);
  expect(prompt.length).toBeLessThan(940);
  await clock.advance(4_999);
  expect(await readMessages(client)).toEqual(prompt);
  await clock.advance(15_001);
  expect((await readMessages(client)).length).toBe(1_000);
});

test('a chain of pages that has gone past an event does not return it any more', async () => {
  const { client, clock, endpoint } = await startLate({ delayMs: [1, 10_000] });
  endpoint.store.seedEvents('g', 's', eventsOf(100));
  await clock.advance(5_000);
  const chain: number[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new FilterLogEventsCommand({ logGroupName: 'g', limit: 10, nextToken }));
    chain.push(...(page.events ?? []).map(({ message }) => Number(message)));
    nextToken = page.nextToken;
    await clock.advance(1_000);
  } while (nextToken !== undefined);
  expect(chain).toEqual([...new Set(chain)].sort((a, b) => a - b));
  expect(chain.length).toBeGreaterThan(50);
  expect(chain.length).toBeLessThan(100);
});

test('history that was received long ago can be read at once', async () => {
  const { client, endpoint } = await startLate({ delayMs: 60_000 });
  endpoint.store.seedEvents('g', 's', eventsOf(1, -100_000), nowMs - 60_000);
  endpoint.store.seedEvents('g', 's', eventsOf(1, -90_000), nowMs - 59_999);
  expect(await readMessages(client)).toEqual(['-100000']);
});

test('a watcher learns since when each event has been readable', async () => {
  const { clock, endpoint } = await startLate({ delayMs: [1, 1_000] });
  const seen: { readonly message: string; readonly visibleMs: number }[] = [];
  const stop = endpoint.store.watch(({ event, visibleMs }) => seen.push({ message: event.message, visibleMs }));
  endpoint.store.seedEvents('g', 's', eventsOf(50));
  for (let step = 0; step < 10; step += 1) {
    await clock.advance(100);
    endpoint.store.settle();
    expect(seen.every(({ visibleMs }) => visibleMs > nowMs && visibleMs <= clock.now())).toBe(true);
    expect(seen.length).toBe(endpoint.store.group('g').timeline.events().length);
  }
  expect(new Set(seen.map(({ message }) => message)).size).toBe(50);
  stop();
  endpoint.store.seedEvents('g', 's', eventsOf(1));
  await clock.advance(1_000);
  endpoint.store.settle();
  expect(seen.length).toBe(50);
});

test('without delays a watcher hears of an event at once', async () => {
  const { endpoint } = await startLate({});
  const seen: number[] = [];
  endpoint.store.watch(({ visibleMs }) => seen.push(visibleMs));
  endpoint.store.seedEvents('g', 's', eventsOf(2));
  expect(seen).toEqual([nowMs, nowMs]);
});

test('events of a stream that is deleted meanwhile never become readable', async () => {
  const { client, clock, endpoint } = await startLate({ delayMs: 1_000 });
  const seen: string[] = [];
  endpoint.store.watch(({ event }) => seen.push(event.message));
  endpoint.store.seedEvents('g', 's', eventsOf(1));
  endpoint.store.deleteStream('g', 's');
  endpoint.store.seedEvents('g', 's', eventsOf(1, 5));
  await clock.advance(1_000);
  expect(await readMessages(client)).toEqual(['5']);
  expect(seen).toEqual(['5']);
});
