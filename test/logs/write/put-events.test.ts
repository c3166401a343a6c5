import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { streamEvents } from '../../../src/logs/read/stream-events.js';
import { putEvents } from '../../../src/logs/write/put-events.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { collect } from '../fixtures.js';

let endpoint: LocalEndpoint;
let client: ReturnType<typeof createClient>;

beforeEach(async () => {
  endpoint = await startEndpoint();
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = createClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, use: 'write' });
});

afterEach(async () => {
  client.destroy();
  await endpoint.close();
});

const request = { logGroup: '/app', logStream: 's', createGroup: true };

test('what is put is read back from the stream', async () => {
  const startMs = Date.now();
  const events = Array.from({ length: 25_000 }, (_, index) => ({ timestamp: startMs, message: `${index}` }));
  expect(await putEvents(client, request, events)).toMatchObject({ delivered: 25_000 });
  const read = await collect(streamEvents(client, { logGroup: '/app', logStream: 's' }));
  expect(read.map(({ timestamp, message }) => ({ timestamp, message }))).toEqual(events);
});

test('events may come one by one, and name their stream', async () => {
  async function* events() {
    for (const logStream of ['a', 'b', undefined]) yield { timestamp: Date.now(), message: 'x', logStream };
  }
  expect(await putEvents(client, request, events())).toMatchObject({ delivered: 3 });
  expect([...endpoint.store.group('/app').streams.keys()].sort()).toEqual(['a', 'b', 's']);
});

test('a group that is missing is thrown, and no further event is read', async () => {
  let read = 0;
  function* events() {
    for (read = 0; read < 1_000_000; read += 1) yield { timestamp: Date.now(), message: 'x' };
  }
  const putting = putEvents(client, { ...request, createGroup: false }, events());
  await expect(putting).rejects.toMatchObject({ name: 'GroupNotFoundError' });
  expect(read).toBeLessThan(200_000);
});

test('what the events throw comes after those before are delivered', async () => {
  function* events() {
    yield { timestamp: Date.now(), message: 'x' };
    throw new Error('broken');
  }
  await expect(putEvents(client, request, events())).rejects.toThrow('broken');
  expect(endpoint.store.group('/app').timeline.events()).toHaveLength(1);
});

test('a retention that the service does not know is refused before any request', async () => {
  await expect(putEvents(client, { ...request, retentionDays: 8 }, [])).rejects.toThrow('retentionDays "8"');
  expect(endpoint.requests.size).toBe(0);
});

test('aborted, it ends by the reason', async () => {
  const stop = new AbortController();
  function* events() {
    yield { timestamp: Date.now(), message: 'x' };
    stop.abort(new Error('enough'));
    yield { timestamp: Date.now(), message: 'y' };
  }
  await expect(putEvents(client, { ...request, signal: stop.signal }, events())).rejects.toThrow('enough');
});

/** One event, and then nothing more, without an end. */
async function* quiet() {
  yield { timestamp: Date.now(), message: 'x' };
  await new Promise(() => {});
}

test('a failure does not wait for the next event', async () => {
  const putting = putEvents(client, { ...request, createGroup: false, batchIntervalMs: 1 }, quiet());
  await expect(putting).rejects.toMatchObject({ name: 'GroupNotFoundError' });
});

test('aborted while no event comes, it ends by the reason', async () => {
  const stop = new AbortController();
  const onNews = () => stop.abort(new Error('enough'));
  const putting = putEvents(client, { ...request, batchIntervalMs: 1, signal: stop.signal, onNews }, quiet());
  await expect(putting).rejects.toThrow('enough');
});

test('a source that fails after it was given up on does no harm', async () => {
  let fail = (_: Error): void => {};
  const failing = new Promise<never>((_, reject) => {
    fail = reject;
  });
  async function* events() {
    yield { timestamp: Date.now(), message: 'x' };
    await failing;
  }
  const putting = putEvents(client, { ...request, createGroup: false, batchIntervalMs: 1 }, events());
  await expect(putting).rejects.toMatchObject({ name: 'GroupNotFoundError' });
  fail(new Error('late'));
  await new Promise(setImmediate);
});
