import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createNeighbours } from '../../../src/logs/read/neighbours.js';
import { collect, createMockedClient, toEvent, toReceived } from '../fixtures.js';

const startMs = Date.UTC(2026, 0, 1);
const range = { startMs, endMs: startMs + 1_000, unmask: false };
const event = toEvent({
  timestamp: startMs + 100,
  ingestionTime: startMs + 105,
  eventId: 'e5',
  logStreamName: 'web/1',
});

async function setUp(signal?: AbortSignal) {
  const { client, mock } = createMockedClient();
  const neighbours = await createNeighbours([client], range, { signal });
  return { mock, neighbours, inputs: () => mock.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input) };
}

test('before: the newest of the stream up to the event, itself and what comes after it in its millisecond left out', async () => {
  const { mock, neighbours, inputs } = await setUp();
  const same = { ingestionTime: startMs + 105 };
  mock.on(FilterLogEventsCommand).resolves({
    events: [
      toReceived(startMs + 100, { ...same, eventId: 'e6' }),
      toReceived(startMs + 100, { ...same, eventId: 'e5' }),
      toReceived(startMs + 100, { ...same, eventId: 'e4' }),
      toReceived(startMs + 90),
      toReceived(startMs + 80),
    ],
    nextToken: 'more',
  });
  const before = await neighbours.before(event, 2);
  expect(before.map(({ timestamp, eventId }) => [timestamp - startMs, eventId])).toEqual([
    [90, `e${startMs + 90}`],
    [100, 'e4'],
  ]);
  expect(inputs()).toMatchObject([
    {
      logGroupName: '/app',
      logStreamNames: ['web/1'],
      startTime: startMs,
      endTime: startMs + 101,
      startFromHead: false,
      limit: 12,
    },
  ]);
});

test('after: what follows in the stream, through empty pages, to the end of the range', async () => {
  const { mock, neighbours, inputs } = await setUp();
  mock
    .on(FilterLogEventsCommand)
    .resolvesOnce({
      events: [toReceived(startMs + 100, { ingestionTime: startMs + 105, eventId: 'e5' })],
      nextToken: 'a',
    })
    .resolvesOnce({ events: [], nextToken: 'b' })
    .resolvesOnce({ events: [toReceived(startMs + 200)] });
  const pages = await collect(neighbours.after(event, 3));
  expect(pages.map((page) => page.map(({ timestamp }) => timestamp - startMs))).toEqual([[200]]);
  expect(inputs()).toMatchObject([
    { logStreamNames: ['web/1'], startTime: startMs + 100, endTime: startMs + 1_000, limit: 13 },
    { nextToken: 'a' },
    { nextToken: 'b' },
  ]);
});

test('after: where it goes on, full pages are asked for from where the small ones ended', async () => {
  const { mock, neighbours, inputs } = await setUp();
  let page = 0;
  mock.on(FilterLogEventsCommand).callsFake(() => {
    page += 1;
    return { events: [toReceived(startMs + 100 + page)], ...(page < 5 ? { nextToken: `t${page}` } : {}) };
  });
  const pages = await collect(neighbours.after(event, 1));
  expect(pages.flat().map(({ timestamp }) => timestamp - startMs)).toEqual([101, 102, 103, 104, 105]);
  expect(inputs().map(({ startTime, limit }) => [(startTime ?? 0) - startMs, limit])).toEqual([
    [100, 11],
    [100, 11],
    [100, 11],
    [103, 10_000],
    [103, 10_000],
  ]);
});

test('left early, nothing more is asked', async () => {
  const { mock, neighbours, inputs } = await setUp();
  mock.on(FilterLogEventsCommand).callsFake(() => ({ events: [toReceived(startMs + 200)], nextToken: 'more' }));
  for await (const _ of neighbours.after(event, 1)) break;
  expect(inputs()).toHaveLength(1);
});

test('aborted, it ends by that', async () => {
  const stop = new AbortController();
  const { mock, neighbours } = await setUp(stop.signal);
  mock.on(FilterLogEventsCommand).resolves({ events: [], nextToken: 'more' });
  stop.abort(new Error('stopped'));
  await expect(neighbours.before(event, 1)).rejects.toThrow('stopped');
  await expect(collect(neighbours.after(event, 1))).rejects.toThrow('stopped');
});
