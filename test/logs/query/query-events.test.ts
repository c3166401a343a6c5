import { setImmediate } from 'node:timers/promises';
import { GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../src/logs/event.js';
import { type QueryFetchOptions, queryEventPages } from '../../../src/logs/query/query-events.js';
import { type FetchRequest, fetchEvents } from '../../../src/logs/read/fetch-events.js';
import { nowMs, startPair } from '../../server/sdk.js';
import { createMockedClient } from '../fixtures.js';

const quick: QueryFetchOptions = { nowMs, query: { pollMs: 1 } };
const hourMs = 3_600_000;

async function startGroups() {
  const pair = await startPair({ switches: { insights: { runningPolls: 0 } } });
  const created = { creationTime: nowMs - 2 * hourMs };
  for (const [group, every] of [
    ['/b', 700],
    ['/a', 1_100],
  ] as const) {
    pair.endpoint.store.createGroup(group, created);
    for (const stream of ['web/1', 'web/2', 'x.y']) {
      const events = Array.from({ length: 60 }, (_, index) => ({
        timestamp: nowMs - 60_000 + index * every,
        message: `${group} ${stream} ${index}`,
      }));
      pair.endpoint.store.seedEvents(group, stream, events, nowMs - 1_000);
    }
  }
  return pair;
}

const request: FetchRequest = {
  logGroups: ['/b', '/a'],
  streams: { kind: 'all' },
  startMs: nowMs - 59_650,
  endMs: nowMs - 20_050,
  filterPattern: undefined,
  unmask: false,
  take: undefined,
};

function toLine({ timestamp, ingestionTime, region, logGroupName, logStreamName, message }: LogEvent): string {
  return [timestamp, ingestionTime, region, logGroupName, logStreamName, message].join(' ');
}

async function collect(pages: AsyncIterable<readonly LogEvent[]>): Promise<LogEvent[]> {
  const events = [];
  for await (const page of pages) events.push(...page);
  return events;
}

test.each<[string, Partial<FetchRequest>]>([
  ['a range', {}],
  ['no start', { startMs: undefined }],
  ['one stream', { streams: { kind: 'names', names: ['x.y'] } }],
  ['streams by their beginning', { streams: { kind: 'prefix', prefix: 'web/' } }],
  ['a beginning whose dot is no wildcard', { streams: { kind: 'prefix', prefix: 'w.b' } }],
])('%s gives the events of FilterLogEvents in the order of time, to the millisecond', async (_, more) => {
  const { client } = await startGroups();
  const asked = { ...request, ...more };
  const usual: LogEvent[] = [];
  for await (const event of fetchEvents(client, asked, { nowMs })) usual.push(event);
  for (const maxRows of [100_000, 50]) {
    const events = await collect(queryEventPages([client], asked, { ...quick, maxRows }));
    expect(events.map(({ timestamp }) => timestamp)).toEqual(usual.map(({ timestamp }) => timestamp));
    expect(events.map(toLine).sort()).toEqual(usual.map(toLine).sort());
  }
});

test.each([
  ['start', 0, 7],
  ['end', -7, undefined],
] as const)('seven from the %s are taken by one query', async (from, first, last) => {
  const { client, endpoint } = await startGroups();
  const usual: LogEvent[] = [];
  for await (const event of fetchEvents(client, request, { nowMs })) usual.push(event);
  const events = await collect(queryEventPages([client], { ...request, take: { from, count: 7 } }, quick));
  const times = usual.map(({ timestamp }) => timestamp).slice(first, last);
  expect(events.map(({ timestamp }) => timestamp)).toEqual(times);
  expect(endpoint.requests.get('StartQuery')).toBe(1);
});

test('a group is read only in the regions in which it is', async () => {
  const [here, there] = [await startGroups(), await startGroups()];
  there.endpoint.store.deleteGroup('/a');
  there.client.config.region = async () => 'eu-west-1';
  const asked = { ...request, regionsOf: { '/a': ['us-east-1'] } };
  const events = await collect(queryEventPages([here.client, there.client], asked, quick));
  const places = new Set(events.map(({ region, logGroupName }) => `${region} ${logGroupName}`));
  expect([...places].sort()).toEqual(['eu-west-1 /b', 'us-east-1 /a', 'us-east-1 /b']);
});

test('where one region fails, the query of another is stopped rather than waited for', async () => {
  const { client, endpoint } = await startPair({ switches: { insights: { runningPolls: 1_000 } } });
  endpoint.store.createGroup('/a', { creationTime: nowMs - 2 * hourMs });
  client.config.region = async () => 'eu-west-1';
  const denied = createMockedClient();
  const running = async (): Promise<never> => {
    while (endpoint.requests.get('GetQueryResults') === undefined) await setImmediate();
    throw new Error('denied here');
  };
  denied.mock.on(StartQueryCommand).callsFake(running);
  const pages = queryEventPages([denied.client, client], { ...request, logGroups: ['/a'] }, quick);
  await expect(collect(pages)).rejects.toThrow('denied here');
  expect(endpoint.requests.get('StopQuery')).toBe(1);
});

test.each<[string, Partial<FetchRequest>, string]>([
  ['more groups than a query reads', { logGroups: Array.from({ length: 51 }, (_, index) => `/${index}`) }, '50 groups'],
])('%s are refused', async (_, more, message) => {
  const { client } = await startGroups();
  await expect(collect(queryEventPages([client], { ...request, ...more }, quick))).rejects.toThrow(message);
});

test.each([
  ['its time', { field: '@message', value: 'x' }],
  ['its message', { field: '@timestamp', value: '2026-11-20 11:59:30.000' }],
])('a row without %s is not left out in silence', async (_, field) => {
  const { client, mock } = createMockedClient();
  mock.on(StartQueryCommand).resolves({ queryId: 'q' });
  mock.on(GetQueryResultsCommand).resolves({ status: 'Complete', results: [[field, { field: '@ptr', value: 'p' }]] });
  await expect(collect(queryEventPages([client], request, quick))).rejects.toThrow(
    'a row without a time and a message',
  );
});
