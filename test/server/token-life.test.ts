import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { EndpointSwitches } from '../../src/server/switches.js';
import { failureOf, nowMs, startPair } from './sdk.js';

const expired = 'InvalidParameterException: The specified nextToken is expired.';

type Ask = (client: CloudWatchLogsClient, nextToken?: string) => Promise<string | undefined>;

const filter: Ask = async (client, nextToken) =>
  (await client.send(new FilterLogEventsCommand({ logGroupName: 'g', limit: 1, nextToken }))).nextToken;
const get: Ask = async (client, nextToken) => {
  const request = { logGroupName: 'g', logStreamName: 's', limit: 1, startFromHead: true, nextToken };
  return (await client.send(new GetLogEventsCommand(request))).nextForwardToken;
};
const describeGroups: Ask = async (client, nextToken) =>
  (await client.send(new DescribeLogGroupsCommand({ limit: 1, nextToken }))).nextToken;

const operations: [string, Ask][] = [
  ['FilterLogEvents', filter],
  ['GetLogEvents', get],
  ['DescribeLogGroups', describeGroups],
];

async function start(switches: EndpointSwitches) {
  const clock = { nowMs };
  const { client, endpoint } = await startPair({ now: () => clock.nowMs, switches });
  for (const name of ['g', 'h', 'i']) endpoint.store.createGroup(name);
  endpoint.store.seedEvents('g', 's', [
    { timestamp: nowMs, message: 'a' },
    { timestamp: nowMs + 1, message: 'b' },
  ]);
  return { client, clock };
}

test.each(operations)('a token of %s is good up to its age, and refused later', async (_, ask) => {
  const { client, clock } = await start({ tokenLifetimeMs: 1_000 });
  const token = await ask(client);
  clock.nowMs += 1_000;
  expect(await failureOf(ask(client, token))).toBe('no failure');
  clock.nowMs += 1;
  expect(await failureOf(ask(client, token))).toBe(expired);
});

test('a token that is issued again is young again', async () => {
  const { client, clock } = await start({ tokenLifetimeMs: 1_000 });
  const token = await filter(client);
  clock.nowMs += 900;
  expect(await filter(client)).toBe(token);
  clock.nowMs += 900;
  expect(await failureOf(filter(client, token))).toBe('no failure');
});

test('a token stays refused after others were issued', async () => {
  const { client, clock } = await start({ tokenLifetimeMs: 1_000 });
  const token = await filter(client);
  clock.nowMs += 5_000;
  await get(client);
  expect(await failureOf(filter(client, token))).toBe(expired);
});

test('without a lifetime a token is good for ever', async () => {
  const { client, clock } = await start({});
  const token = await filter(client);
  clock.nowMs += 365 * 86_400_000;
  expect(await failureOf(filter(client, token))).toBe('no failure');
});

test.each(operations)(
  'a good token of %s is refused as expired in so many cases, and good the next time',
  async (_, ask) => {
    const { client } = await start({ tokenRefusals: 0.5, seed: 1 });
    const token = await ask(client);
    const outcomes = new Set<string>();
    for (let request = 0; request < 20; request++) outcomes.add(await failureOf(ask(client, token)));
    expect([...outcomes].sort()).toEqual([expired, 'no failure']);
  },
);

test('a request without a token is never refused for its token', async () => {
  const { client } = await start({ tokenRefusals: 1 });
  expect(await failureOf(filter(client))).toBe('no failure');
});

test('a token that was never issued is invalid rather than expired', async () => {
  const { client } = await start({ tokenRefusals: 1, tokenLifetimeMs: 1 });
  expect(await failureOf(filter(client, 'x'))).toBe('InvalidParameterException: The specified nextToken is invalid.');
});
