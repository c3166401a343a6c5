import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import type { TailRequest } from '../../../src/logs/tail/open.js';
import { openTail, type Tail, type TailOptions } from '../../../src/logs/tail/tail-events.js';
import { startEndpoint } from '../../../src/server/endpoint.js';
import { createMovedClock } from './simulation.js';

const noonMs = Date.UTC(2026, 10, 20, 12);
const grace = 120_000;

test('the newest n of several groups, then what comes', async () => {
  const { put, open, take } = await setUp();
  for (const [group, message, offsetMs] of [
    ['/a', 'a1', -9_000],
    ['/b', 'b1', -8_000],
    ['/a', 'a2', -7_000],
  ] as const) {
    put(group, message, offsetMs);
  }
  const tail = await open({ from: { kind: 'newest', count: 2 } });
  expect(await messagesOf(tail.history())).toEqual(['b1', 'a2']);
  put('/b', 'b2', 100);
  expect(await take(tail, 20_000)).toEqual(['b2']);
});

test('none of before is shown where none is asked for, though it is read again', async () => {
  const { put, open, take } = await setUp();
  put('/a', 'older', -90_000);
  put('/a', 'old', -60_000);
  const tail = await open({ from: { kind: 'newest', count: 0 } });
  expect(await messagesOf(tail.history())).toEqual([]);
  expect(await take(tail, 30_000)).toEqual([]);
});

test('an event of before that comes late is shown', async () => {
  const { put, open, take } = await setUp();
  put('/a', 'old', -30_000);
  const tail = await open({ from: { kind: 'newest', count: 1 } });
  put('/a', 'late', -100_000);
  expect(await messagesOf(tail.history())).toEqual(['old']);
  expect(await take(tail, 20_000)).toEqual(['late']);
});

test('all since a start, then what comes: each once across the seam', async () => {
  const { put, open, take } = await setUp();
  const before = Array.from({ length: 100 }, (_, index) => `before ${index}`);
  for (const [index, message] of before.entries()) put('/a', message, (index - 100) * 100);
  const tail = await open({ from: { kind: 'start', startMs: noonMs - 3_600_000 } });
  expect(await messagesOf(tail.history())).toEqual(before);
  put('/a', 'late', -5_000);
  put('/a', 'new', 10);
  expect((await take(tail, 20_000)).toSorted()).toEqual(['late', 'new']);
});

test('none left to follow: it fails with what became of the first', async () => {
  const { open } = await setUp();
  await expect(open({ logGroups: ['/x', '/y'] })).rejects.toThrow('log group "/x" does not exist');
});

test('a missing group beside a good one is left out, or waited for and said', async () => {
  const { open } = await setUp();
  expect((await open({ logGroups: ['/a', '/x'] })).lost.map(({ logGroup }) => logGroup)).toEqual(['/x']);
  const news: string[] = [];
  const awaiting = await open({ logGroups: ['/x'] }, { awaitGroups: true, onNews: ({ kind }) => news.push(kind) });
  expect([awaiting.lost, news]).toEqual([[], ['group-lost']]);
});

async function setUp() {
  const clock = createMovedClock(noonMs);
  const endpoint = await startEndpoint({ now: clock.now });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = createClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, use: 'tail' });
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  for (const group of ['/a', '/b']) endpoint.store.createGroup(group);
  const put = (group: string, message: string, offsetMs: number) => {
    // What was before was also ingested then.
    clock.move(1);
    const ingestionTime = clock.now();
    endpoint.store.seedEvents(group, 's', [{ timestamp: noonMs + offsetMs, message }], ingestionTime);
  };
  const stop = new AbortController();
  const open = (request: Partial<TailRequest> = {}, options: TailOptions = {}) => {
    clock.move(1_000);
    const whole = {
      logGroups: ['/a', '/b'],
      streams: { kind: 'all' },
      filterPattern: undefined,
      unmask: false,
      from: { kind: 'newest', count: 10 },
    } as const;
    return openTail([client], { ...whole, ...request }, { graceMs: grace, clock, signal: stop.signal, ...options });
  };
  /** What comes within so long on the clock. */
  const take = async (tail: Tail, forMs: number): Promise<string[]> => {
    const untilMs = clock.elapsed() + forMs;
    const { wait } = clock;
    clock.wait = async (ms, signal) => {
      await wait(ms, signal);
      if (clock.elapsed() > untilMs) stop.abort(new Error('time is up'));
    };
    const messages: string[] = [];
    try {
      for await (const page of tail.follow()) messages.push(...page.map(({ message }) => message));
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
    return messages;
  };
  return { put, open, take };
}

async function messagesOf(pages: AsyncGenerator<{ readonly message: string }[]>): Promise<string[]> {
  const messages: string[] = [];
  for await (const page of pages) messages.push(...page.map(({ message }) => message));
  return messages;
}
