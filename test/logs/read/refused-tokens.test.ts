import { expect, test } from 'vitest';
import { createNeighbours } from '../../../src/logs/read/neighbours.js';
import { newestEvents } from '../../../src/logs/read/newest.js';
import { invocationEvents } from '../../../src/logs/read/trace-events.js';
import { newestPages } from '../../../src/logs/tail/newest-pages.js';
import { nowMs, startPair } from '../../server/sdk.js';
import { collect } from '../fixtures.js';

const startMs = nowMs - 60_000;
const selection = { logGroup: '/app', streams: { kind: 'all' }, startMs, endMs: nowMs } as const;

/** Many events of few milliseconds, of which a page holds six, and every third page is refused. */
async function startRefusing() {
  const switches = { pageEvents: 6, tokenRefusals: 0.3, emptyPages: 0.2, seed: 7 };
  const { endpoint, client } = await startPair({ switches });
  endpoint.store.createGroup('/app', { creationTime: startMs });
  const stored = Array.from({ length: 60 }, (_, at) => ({
    timestamp: startMs + Math.floor(at / 7),
    message: at === 0 ? 'START RequestId: 7' : at === 59 ? 'REPORT RequestId: 7' : String(at),
  }));
  endpoint.store.seedEvents('/app', 'web/1', stored, startMs);
  return { client, messages: stored.map(({ message }) => message) };
}

test('the newest events are read from where a refused token has led', async () => {
  const { client, messages } = await startRefusing();
  const newest = await newestEvents(client, selection, 40);
  expect(newest.map(({ message }) => message)).toEqual(messages.slice(-40));
});

test('so are the newest that count', async () => {
  const { client, messages } = await startRefusing();
  const keeps = ({ message }: { readonly message: string }): boolean => message.endsWith('5');
  const newest = await newestEvents(client, { ...selection, pageSize: 3 }, 5, { keeps });
  expect(newest.map(({ message }) => message)).toEqual(messages.filter((text) => text.endsWith('5')).slice(-5));
});

test('so are those that a tail begins with', async () => {
  const { client, messages } = await startRefusing();
  const { events } = await newestPages(client, { ...selection, pageSize: 6 }, 40, { keeps: () => true });
  expect(events.map(({ message }) => message)).toEqual(messages.slice(-events.length));
  expect(events.length).toBeGreaterThanOrEqual(40);
});

test('so is what stands around an event', async () => {
  const { client, messages } = await startRefusing();
  const middle = (await newestEvents(client, selection, 30))[0];
  if (middle === undefined) throw new Error('no event');
  const neighbours = await createNeighbours([client], { startMs, endMs: nowMs, unmask: false });
  const before = await neighbours.before(middle, 20);
  expect(before.map(({ message }) => message)).toEqual(messages.slice(10, 30));
  const after = (await collect(neighbours.after(middle, 20))).flat();
  expect(after.map(({ message }) => message)).toEqual(messages.slice(31));
});

test('so are the lines of an invocation', async () => {
  const { client, messages } = await startRefusing();
  const [start] = await newestEvents(client, selection, 60);
  if (start === undefined) throw new Error('no event');
  const lines = await collect(invocationEvents(client, start, { unmask: false }));
  expect(lines.map(({ message }) => message)).toEqual(messages);
});
