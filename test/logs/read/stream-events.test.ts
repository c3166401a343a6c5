import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { streamEvents } from '../../../src/logs/read/stream-events.js';
import { type EndpointOptions, startEndpoint } from '../../../src/server/endpoint.js';
import { collect, createMockedClient } from '../fixtures.js';

const ended: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function start(options: EndpointOptions = {}) {
  const endpoint = await startEndpoint(options);
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = createClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
  ended.push(
    () => client.destroy(),
    () => endpoint.close(),
  );
  const startMs = Date.now() - 1_000_000;
  const seed = (from: number, to: number) =>
    endpoint.store.seedEvents(
      '/app',
      's',
      Array.from({ length: to - from }, (_, index) => ({
        timestamp: startMs + from + index,
        message: `${from + index}`,
      })),
    );
  endpoint.store.createGroup('/app');
  return { client, endpoint, seed, startMs, requests: () => endpoint.requests.get('GetLogEvents') ?? 0 };
}

const request = { logGroup: '/app', logStream: 's' };
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `${from + index}`);

test('a stream is read from its head to the token that comes back unchanged, through empty pages', async () => {
  const { client, seed, startMs } = await start({ switches: { pageEvents: 7, emptyPages: 0.4, seed: 4 } });
  seed(0, 100);
  const events = await collect(streamEvents(client, request));
  expect(events.map(({ message }) => message)).toEqual(numbers(0, 100));
  expect(events[0]).toMatchObject({
    timestamp: startMs,
    eventId: '',
    logStreamName: 's',
    logGroupName: '/app',
    region: 'us-east-1',
  });
});

test('an empty stream ends', async () => {
  const { client, seed } = await start();
  seed(0, 0);
  expect(await collect(streamEvents(client, request))).toEqual([]);
});

test('a part of a stream is read, its end exclusive', async () => {
  const { client, seed, startMs } = await start();
  seed(0, 10);
  const events = await collect(streamEvents(client, { ...request, startMs: startMs + 3, endMs: startMs + 6 }));
  expect(events.map(({ message }) => message)).toEqual(['3', '4', '5']);
});

test('followed, it goes on with what is written, each event once, until it is aborted', async () => {
  const { client, seed } = await start({ switches: { pageEvents: 5 } });
  seed(0, 8);
  const stop = new AbortController();
  const read: string[] = [];
  const reading = (async () => {
    for await (const { message } of streamEvents(client, request, { follow: true, pollMs: 1, signal: stop.signal })) {
      read.push(message);
      if (message === '7') seed(8, 20);
      if (message === '19') stop.abort(new Error('enough'));
    }
  })();
  await expect(reading).rejects.toMatchObject({ name: expect.stringMatching(/Error/) });
  expect(read).toEqual(numbers(0, 20));
});

test('a group that is not there is told with its name', async () => {
  const { client } = await start();
  const reading = collect(streamEvents(client, { ...request, logGroup: '/ap' }));
  await expect(reading).rejects.toMatchObject({ name: 'GroupNotFoundError', logGroup: '/ap', near: ['/app'] });
});

test('abandoned, it asks for no further page', async () => {
  const { client, seed, requests } = await start({ switches: { pageEvents: 5 } });
  seed(0, 100);
  for await (const { message } of streamEvents(client, request)) if (message === '7') break;
  expect(requests()).toBe(2);
});

test('aborted beforehand, it makes no request', async () => {
  const { client, requests } = await start();
  const reading = collect(streamEvents(client, request, { signal: AbortSignal.abort(new Error('enough')) }));
  await expect(reading).rejects.toThrow('enough');
  expect(requests()).toBe(0);
});

test('an answer without a token is the end, and nothing is read again', async () => {
  const { client, mock } = createMockedClient();
  mock
    .on(GetLogEventsCommand)
    .resolvesOnce({ events: [{ timestamp: 0, message: 'first' }], nextForwardToken: 'f/1' })
    .resolves({ events: [{ timestamp: 1, message: 'x' }] });
  const read: string[] = [];
  for await (const { message } of streamEvents(client, request)) if (read.push(message) > 5) break;
  expect(read).toEqual(['first', 'x']);
});
