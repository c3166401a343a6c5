import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { newestEventMs } from '../../../src/logs/read/newest.js';
import { createMockedClient, toFailure, toReceived } from '../fixtures.js';

const hint = { logGroup: '/app', streams: { kind: 'all' }, endMs: 1_800_000_000_000 } as const;

test('the newest event is asked for alone, from the newest on', async () => {
  const { client, mock, inputs } = setUp();
  mock.on(FilterLogEventsCommand).resolves({ events: [toReceived(1_795_000_000_000)], nextToken: 'a' });
  expect(await newestEventMs(client, { ...hint, streams: { kind: 'prefix', prefix: 'web/' } })).toBe(1_795_000_000_000);
  expect(inputs()).toMatchObject([
    {
      logGroupName: '/app',
      logStreamNamePrefix: 'web/',
      startTime: Date.UTC(2024, 0, 1),
      startFromHead: false,
      limit: 1,
    },
  ]);
});

test('empty pages are followed to the first event', async () => {
  const { client, mock, inputs } = setUp();
  mock
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [], nextToken: 'a' })
    .resolvesOnce({ events: [], nextToken: 'b' })
    .resolvesOnce({ events: [toReceived(7)] });
  expect(await newestEventMs(client, hint)).toBe(7);
  expect(inputs().map(({ nextToken }) => nextToken)).toEqual([undefined, 'a', 'b']);
});

test('a hint is worth five requests, no more', async () => {
  const { client, mock, inputs } = setUp();
  let token = 0;
  mock.on(FilterLogEventsCommand).callsFake(() => ({ events: [], nextToken: `t${token++}` }));
  expect(await newestEventMs(client, hint)).toBeUndefined();
  expect(inputs()).toHaveLength(5);
});

test('an empty group has no newest event', async () => {
  const { client, mock, inputs } = setUp();
  mock.on(FilterLogEventsCommand).resolves({ events: [] });
  expect(await newestEventMs(client, hint)).toBeUndefined();
  expect(inputs()).toHaveLength(1);
});

test('more streams than one request takes are not named', async () => {
  const { client, mock, inputs } = setUp();
  mock.on(FilterLogEventsCommand).resolves({ events: [] });
  const names = Array.from({ length: 101 }, (_, index) => `s${index}`);
  await newestEventMs(client, { ...hint, streams: { kind: 'names', names } });
  await newestEventMs(client, { ...hint, streams: { kind: 'names', names: names.slice(1) } });
  expect(inputs().map(({ logStreamNames }) => logStreamNames?.length)).toEqual([undefined, 100]);
});

test('a refusal leaves the newest event unknown', async () => {
  const { client, mock } = setUp();
  mock.on(FilterLogEventsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  expect(await newestEventMs(client, hint)).toBeUndefined();
});

test('a mistake of ours is not taken for a refusal', async () => {
  const { client, mock } = setUp();
  mock.on(FilterLogEventsCommand).rejects(new TypeError('undefined is not a function'));
  await expect(newestEventMs(client, hint)).rejects.toThrow(TypeError);
});

function setUp() {
  const { client, mock } = createMockedClient();
  const inputs = () => mock.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input);
  return { client, mock, inputs };
}
