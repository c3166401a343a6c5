import {
  type CloudWatchLogsClient,
  DescribeQueriesCommand,
  GetQueryResultsCommand,
  type MalformedQueryException,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { InsightsSettings } from '../../../src/server/insights/queries.js';
import { failureOf, nowMs, startPair } from '../sdk.js';

const endTime = nowMs / 1_000;
const startTime = endTime - 3_600;

async function startShop(insights: InsightsSettings = {}, now = () => nowMs) {
  const pair = await startPair({ now, switches: { insights } });
  pair.endpoint.store.createGroup('/shop', { creationTime: 0 });
  pair.endpoint.store.createGroup('/other', { creationTime: 0 });
  const lines = [
    { status: 200, path: '/', user: { id: 7 } },
    { status: 503, path: '/cart', user: { id: 8 } },
    { status: 500, path: '/cart', user: { id: 7 } },
  ].map((line) => JSON.stringify(line));
  const messages = [...lines, 'plain text'];
  pair.endpoint.store.seedEvents(
    '/shop',
    'web/1',
    messages.map((message, index) => ({ timestamp: nowMs - 240_000 + index * 60_000, message })),
  );
  pair.endpoint.store.seedEvents('/other', 'x', [{ timestamp: nowMs - 1, message: 'other' }]);
  return pair;
}

async function start(client: CloudWatchLogsClient, queryString: string, groups = ['/shop'], limit?: number) {
  const command = new StartQueryCommand({ logGroupNames: groups, startTime, endTime, queryString, limit });
  return (await client.send(command)).queryId;
}

async function resultsOf(client: CloudWatchLogsClient, queryString: string, groups?: string[]) {
  const queryId = await start(client, queryString, groups);
  for (;;) {
    const { status, results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Scheduled' || status === 'Running') continue;
    return results.map((row) => row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [`${field}=${value}`])));
  }
}

test.each<[string, string, string[][]]>([
  [
    'without fields it is time and message, the newest first',
    'filter status = 200 or @message like "plain"',
    [
      ['@timestamp=2026-11-20 11:59:00.000', '@message=plain text'],
      ['@timestamp=2026-11-20 11:56:00.000', '@message={"status":200,"path":"/","user":{"id":7}}'],
    ],
  ],
  [
    'a field that a row lacks is left out',
    'fields status, path as p | sort status asc',
    [[], ['status=200', 'p=/'], ['status=500', 'p=/cart'], ['status=503', 'p=/cart']],
  ],
  ['numbers are compared as numbers', 'fields status | filter status >= 500 and user.id < 8', [['status=500']]],
  ['or is weaker than and', 'fields status | filter status = 200 or status = 500 and user.id = 8', [['status=200']]],
  [
    'brackets and not',
    'fields status | filter not (status = 200 or status = 500) and ispresent(status)',
    [['status=503']],
  ],
  ['like with a regular expression', 'fields path | filter path like /^.c/ | limit 1', [['path=/cart']]],
  ['not like and in', 'fields status | filter path not like "cart" and status in [200, 500]', [['status=200']]],
  ['a comment', '# what failed\nfields status | filter status = 503 # it', [['status=503']]],
  ['sort and limit', 'fields status | sort status desc | limit 2', [['status=503'], ['status=500']]],
  [
    'counts by a field',
    'stats count(*) as n by path | sort n desc',
    [['path=/cart', 'n=2'], ['n=1'], ['path=/', 'n=1']],
  ],
  [
    'counts by time',
    'filter status > 0 | stats count(*) by bin(2m) | sort count(*) asc',
    [
      ['bin(2m)=2026-11-20 11:58:00.000', 'count(*)=1'],
      ['bin(2m)=2026-11-20 11:56:00.000', 'count(*)=2'],
    ],
  ],
])('%s: %s', async (_, query, rows) => {
  const { client } = await startShop();
  expect(await resultsOf(client, query)).toEqual(rows);
});

test('rows of several groups are in the order of time, and say where they are from', async () => {
  const { client } = await startShop();
  expect(await resultsOf(client, 'fields @log, @logStream | limit 2', ['/shop', '/other'])).toEqual([
    ['@log=123456789012:/other', '@logStream=x'],
    ['@log=123456789012:/shop', '@logStream=web/1'],
  ]);
});

test('a query is scheduled, then runs, then is complete, with statistics', async () => {
  const { client } = await startShop();
  const queryId = await start(client, 'filter status >= 500');
  const answers = [];
  for (let poll = 0; poll < 3; poll += 1) {
    const { status, results, statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
    answers.push([status, results?.length, statistics?.recordsMatched, statistics?.recordsScanned]);
  }
  expect(answers).toEqual([
    ['Scheduled', 0, 0, 0],
    ['Running', 1, 1, 2],
    ['Complete', 2, 2, 4],
  ]);
});

test('both ends of the time are included, to the very second', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('/g', { creationTime: 0 });
  const at = [-1, 0, 1, 999, 1_000, 1_001].map((ms) => ({ timestamp: nowMs - 10_000 + ms, message: `${ms}` }));
  endpoint.store.seedEvents('/g', 's', at);
  const times = { startTime: endTime - 10, endTime: endTime - 9 };
  const command = new StartQueryCommand({ logGroupName: '/g', ...times, queryString: 'fields @message' });
  const { queryId } = await client.send(command);
  for (const _ of 'xx') await client.send(new GetQueryResultsCommand({ queryId }));
  const { results } = await client.send(new GetQueryResultsCommand({ queryId }));
  expect(results?.map((row) => row[0]?.value)).toEqual(['1000', '999', '1', '0']);
});

test('pages go on by their token, which is for this query alone', async () => {
  const { client } = await startShop({ runningPolls: 0 });
  const queryId = await start(client, 'fields @message');
  const otherId = await start(client, 'fields @message');
  await client.send(new GetQueryResultsCommand({ queryId }));
  const pages: number[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new GetQueryResultsCommand({ queryId, maxItems: 3, nextToken }));
    pages.push(page.results?.length ?? 0);
    if (pages.length === 1) {
      const foreign = client.send(new GetQueryResultsCommand({ queryId: otherId, nextToken: page.nextToken }));
      expect(await failureOf(foreign)).toContain('InvalidParameterException');
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(pages).toEqual([3, 1]);
});

test.each([
  ['fields @message | parse @message "*" as x', 18, 23],
  ['filter status >= ', 17, 17],
  ['filter status >=500)', 19, 20],
  ['fields ~x', 7, 8],
  ['filter a like /(/', 14, 17],
  ['limit x', 6, 7],
  ['stats sum(x)', 6, 9],
])('%s is malformed, from %i to %i', async (query, startCharOffset, endCharOffset) => {
  const { client } = await startShop();
  const failure: MalformedQueryException = await start(client, query).catch((error) => error);
  expect(failure.name).toBe('MalformedQueryException');
  expect(failure.queryCompileError?.location).toEqual({ startCharOffset, endCharOffset });
});

test('one query more than may run at once is refused, until one is stopped', async () => {
  const { client } = await startShop({ concurrentQueries: 2 });
  const first = await start(client, 'fields @message');
  await start(client, 'fields @message');
  expect(await failureOf(start(client, 'fields @message'))).toContain('LimitExceededException');
  expect(await client.send(new StopQueryCommand({ queryId: first }))).toMatchObject({ success: true });
  await start(client, 'fields @message');
  expect(await failureOf(client.send(new StopQueryCommand({ queryId: first })))).toContain('is not running');
  const { queries } = await client.send(new DescribeQueriesCommand({ status: 'Cancelled' }));
  expect(queries).toMatchObject([{ queryId: first, queryString: 'fields @message', logGroupName: '/shop' }]);
});

test('a query that nobody asks about ends by itself, and gives its place to others', async () => {
  let laterMs = 0;
  const { client } = await startShop({ concurrentQueries: 1 }, () => nowMs + laterMs);
  await start(client, 'fields @message');
  laterMs = 9_000;
  expect(await failureOf(start(client, 'fields @message'))).toContain('LimitExceededException');
  laterMs = 11_000;
  await start(client, 'fields @message');
  const { queries } = await client.send(new DescribeQueriesCommand({ status: 'Complete' }));
  expect(queries).toHaveLength(1);
});

test.each<[string, object]>([
  ['no group', {}],
  ['groups named in two ways', { logGroupName: '/shop', logGroupNames: ['/shop'] }],
  ['a limit above 100,000', { logGroupName: '/shop', limit: 100_001 }],
  ['an end before the start', { logGroupName: '/shop', endTime: startTime - 1 }],
])('%s is refused', async (_, input) => {
  const { client } = await startShop();
  const command = new StartQueryCommand({ startTime, endTime, queryString: 'fields @message', ...input });
  expect(await failureOf(client.send(command))).toContain('InvalidParameterException');
});

test('a group named by its name and by its ARN is looked at once, in bytes', async () => {
  const { client, endpoint } = await startPair({ switches: { insights: { runningPolls: 0 } } });
  endpoint.store.createGroup('/g', { creationTime: 0 });
  endpoint.store.seedEvents('/g', 's', [{ timestamp: nowMs - 1_000, message: 'é' }]);
  const logGroupIdentifiers = ['/g', 'arn:aws:logs:us-east-1:123456789012:log-group:/g'];
  const query = { startTime, endTime, queryString: 'fields @message', logGroupIdentifiers };
  const { queryId } = await client.send(new StartQueryCommand(query));
  await client.send(new GetQueryResultsCommand({ queryId }));
  const { statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
  expect(statistics).toMatchObject({ recordsScanned: 1, bytesScanned: 28 });
});
