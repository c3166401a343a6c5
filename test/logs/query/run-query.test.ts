import { DescribeQueriesCommand, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { createQueryMonitor } from '../../../src/logs/query/query-monitor.js';
import { type QueryRequest, queryPages, runQuery } from '../../../src/logs/query/run-query.js';
import type { EndpointSwitches } from '../../../src/server/switches.js';
import { nowMs, startPair } from '../../server/sdk.js';
import { createMockedClient } from '../fixtures.js';

const hourMs = 3_600_000;
const quick = { pollMs: 1 };
const byRows: Omit<QueryRequest, 'startMs' | 'endMs'> = { logGroups: ['/g'], queryString: 'fields @message' };

/** An endpoint with one group, whose messages are their own numbers. */
async function startNumbers(timestamps: readonly number[], switches: EndpointSwitches = {}) {
  const pair = await startPair({ switches: { ...switches, insights: { runningPolls: 0, ...switches.insights } } });
  pair.endpoint.store.createGroup('/g', { creationTime: 0 });
  const events = timestamps.map((timestamp, index) => ({ timestamp, message: String(index) }));
  pair.endpoint.store.seedEvents('/g', 's', events);
  return pair;
}

/** So many times, evenly spread over the last hour. */
function spread(count: number): number[] {
  return Array.from({ length: count }, (_, index) => nowMs - hourMs + Math.floor((index * hourMs) / count));
}

const lastHour: QueryRequest = { ...byRows, startMs: nowMs - hourMs, endMs: nowMs };

async function numbersOf(rows: AsyncIterable<Readonly<Record<string, string>>>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const row of rows) numbers.push(Number(row['@message']));
  return numbers;
}

function countdown(count: number): number[] {
  return Array.from({ length: count }, (_, index) => count - 1 - index);
}

describe('every row comes exactly once, the newest first', () => {
  test('35,000 rows, page by page from one query', async () => {
    const { client, endpoint } = await startNumbers(spread(35_000));
    expect(await numbersOf(runQuery(client, lastHour, quick))).toEqual(countdown(35_000));
    expect(endpoint.requests.get('StartQuery')).toBe(1);
  });

  test('250,000 rows, more than one query gives, in parts', { timeout: 60_000 }, async () => {
    const { client } = await startNumbers(spread(250_000));
    const monitor = createQueryMonitor();
    expect(await numbersOf(runQuery(client, lastHour, { ...quick, monitor }))).toEqual(countdown(250_000));
    expect(monitor).toMatchObject({ rows: 250_000, cutAt: undefined });
    expect(monitor.queries).toBeGreaterThan(3);
  });

  test.each([99, 100, 101])('%i rows where a query gives 100, at uneven times', async (count) => {
    // All but a tenth of them in one minute, several in the same millisecond, some at whole seconds.
    const times = Array.from({ length: count }, (_, index) =>
      index % 10 === 0 ? nowMs - hourMs + index * 1_000 : nowMs - 120_000 + Math.floor(index / 3) * 500,
    );
    const { client } = await startNumbers(times);
    const found = await collect(queryPages(client, lastHour, quick, { maxRows: 100 }));
    expect(found.map((row) => Number(row['@message'])).sort((a, b) => a - b)).toEqual(countdown(count).reverse());
    const written = found.map((row) => times[Number(row['@message'])] ?? 0);
    expect(written).toEqual([...written].sort((a, b) => b - a));
  });
});

test('of the last second, the last millisecond belongs to it', async () => {
  const { client } = await startNumbers([nowMs - 2_000, nowMs - 1, nowMs + 1]);
  const request = { ...byRows, startMs: nowMs - 1_999, endMs: nowMs - 500 };
  expect(await numbersOf(runQuery(client, request, quick))).toEqual([1, 0]);
});

test('a single second with more rows than a query gives is named', async () => {
  const { client } = await startNumbers([nowMs - 90_000, ...Array.from({ length: 12 }, () => nowMs - 60_500)]);
  await expect(collect(queryPages(client, lastHour, quick, { maxRows: 10 }))).rejects.toThrow(
    'the one second from 2026-11-20T11:58:59.000Z has 10 rows or more',
  );
});

test('a query that cannot be run in parts is cut, and says so', async () => {
  const { client } = await startNumbers(spread(30));
  const monitor = createQueryMonitor();
  const sorted = { ...lastHour, queryString: 'fields @message | sort @message asc' };
  expect(await collect(queryPages(client, sorted, { ...quick, monitor }, { maxRows: 20 }))).toHaveLength(20);
  expect(monitor.cutAt).toBe(20);
});

test.each([
  ['its limit', { limit: 7 }],
  ['the limit in its text', { queryString: 'fields @message | limit 7' }],
])('a query ends at %s, which is no cut', async (_, more) => {
  const { client, endpoint } = await startNumbers(spread(30));
  const monitor = createQueryMonitor();
  const pages = queryPages(client, { ...lastHour, ...more }, { ...quick, monitor }, { maxRows: 10 });
  expect((await collect(pages)).map((row) => row['@message'])).toEqual(['29', '28', '27', '26', '25', '24', '23']);
  expect(monitor.cutAt).toBeUndefined();
  expect(endpoint.requests.get('StartQuery')).toBe(1);
});

test.each([
  ['SELECT a FROM `/g` LIMIT 10', 'SQL', undefined],
  ['SELECT a FROM `/g` LIMIT 20', 'SQL', 10],
  ['source = `/g` | head 20', 'PPL', 10],
  ['fields a | limit 20', 'CWLI', 10],
] as const)(
  'of %j in %s, which gives 10 rows at most, ten are a cut at %j',
  async (queryString, queryLanguage, cutAt) => {
    const { client, mock } = createMockedClient();
    mock.on(StartQueryCommand).resolves({ queryId: 'q' });
    const results = Array.from({ length: 10 }, () => [{ field: 'a', value: 'x' }]);
    mock.on(GetQueryResultsCommand).resolves({ status: 'Complete', results });
    const monitor = createQueryMonitor();
    const request = { ...lastHour, queryString, queryLanguage };
    await collect(queryPages(client, request, { ...quick, monitor }, { maxRows: 10 }));
    expect(monitor.cutAt).toBe(cutAt);
  },
);

test.each([
  ['fields a', 'CWLI', 7, 7],
  ['fields a', 'CWLI', undefined, 100_000],
  ['fields a | limit 9', 'CWLI', 7, undefined],
  ['source = `/g` | fields a', 'PPL', undefined, 10_000],
  ['source = `/g` | head 9', 'PPL', undefined, undefined],
  ['SELECT a FROM `/g`', 'SQL', 7, 7],
  ['SELECT a FROM `/g` LIMIT 9', 'SQL', undefined, undefined],
] as const)(
  'of %j in %s, asked for %j rows, the service is asked for %j',
  async (queryString, queryLanguage, limit, sent) => {
    const { client, mock } = createMockedClient();
    mock.on(StartQueryCommand).resolves({ queryId: 'q' });
    const results = Array.from({ length: 8 }, () => [{ field: 'a', value: 'x' }]);
    mock.on(GetQueryResultsCommand).resolves({ status: 'Complete', results });
    const rows = await collect(queryPages(client, { ...lastHour, queryString, queryLanguage, limit }, quick));
    expect(rows).toHaveLength(limit ?? 8);
    expect(mock.commandCalls(StartQueryCommand).map((call) => call.args[0].input.limit)).toEqual([sent]);
  },
);

test('a limit above what one query gives ends in the middle of the parts', async () => {
  const { client } = await startNumbers(spread(30));
  const pages = queryPages(client, { ...lastHour, limit: 15 }, quick, { maxRows: 10 });
  expect((await collect(pages)).map((row) => Number(row['@message']))).toEqual(countdown(30).slice(0, 15));
});

test('what is not there yet is waited for: scheduled, running, complete', async () => {
  const { client, endpoint } = await startNumbers(spread(3), { insights: { runningPolls: 4 } });
  const monitor = createQueryMonitor();
  expect(await numbersOf(runQuery(client, lastHour, { ...quick, monitor }))).toEqual([2, 1, 0]);
  expect(endpoint.requests.get('GetQueryResults')).toBe(7);
  expect(monitor).toMatchObject({ queries: 1, finished: 1, recordsScanned: 3, bytesScanned: 3 * 27 });
});

test('parts stay within the number of queries that may run at once, and wait for those of others', async () => {
  const { client } = await startNumbers(spread(100), { insights: { concurrentQueries: 2 } });
  const rows = await collect(queryPages(client, lastHour, { ...quick, concurrency: 2 }, { maxRows: 30 }));
  expect(rows).toHaveLength(100);
});

test.each(['Failed', 'Timeout'] as const)('a query that ends as %s fails, with its id', async (ending) => {
  const { client, endpoint } = await startNumbers(spread(3), { insights: { ending } });
  const failure = await collect(queryPages(client, lastHour, quick)).catch((error) => error);
  expect(failure).toMatchObject({ name: 'QueryFailedError', status: ending, queryString: 'fields @message' });
  expect(failure.queryId).toMatch(/^[\da-f-]{36}$/);
  expect(endpoint.requests.get('StopQuery')).toBeUndefined();
});

test('a malformed query fails with the place', async () => {
  const { client } = await startNumbers([]);
  const request = { ...lastHour, queryString: 'fields @message | where x' };
  await expect(collect(queryPages(client, request, quick))).rejects.toMatchObject({
    name: 'QueryFailedError',
    status: 'Malformed',
    problem: expect.stringContaining('unexpected symbol found where'),
    place: { start: 18, end: 23 },
  });
});

describe('nothing goes on running', () => {
  const slow = { insights: { runningPolls: 1_000_000 } };

  test('when it is interrupted', async () => {
    const { client, endpoint } = await startNumbers(spread(3), slow);
    const interrupt = new AbortController();
    const reading = collect(queryPages(client, lastHour, { ...quick, signal: interrupt.signal }));
    while ((endpoint.requests.get('GetQueryResults') ?? 0) < 2) await new Promise(setImmediate);
    interrupt.abort(new InterruptedError('SIGINT'));
    await expect(reading).rejects.toThrow();
    expect(endpoint.requests.get('StopQuery')).toBe(1);
  });

  test('when it was interrupted while being started', async () => {
    const { client, endpoint } = await startNumbers(spread(3), { ...slow, latencyMs: 20 });
    const interrupt = new AbortController();
    const reading = collect(queryPages(client, lastHour, { ...quick, signal: interrupt.signal }));
    while (!endpoint.requests.has('StartQuery')) await new Promise(setImmediate);
    interrupt.abort(new InterruptedError('SIGINT'));
    await expect(reading).rejects.toThrow();
    expect(endpoint.requests.get('StopQuery')).toBe(1);
  });

  test('when the reader has enough', async () => {
    const { client, endpoint } = await startNumbers(spread(50));
    for await (const rows of queryPages(client, lastHour, { ...quick, concurrency: 3 }, { maxRows: 10 })) {
      expect(rows.length).toBeGreaterThan(0);
      break;
    }
    expect(endpoint.requests.get('StartQuery')).toBeGreaterThan(3);
    const { queries = [] } = await client.send(new DescribeQueriesCommand({}));
    expect(queries.filter(({ status }) => status === 'Scheduled' || status === 'Running')).toEqual([]);
  });

  test('when it has scanned more than it may', async () => {
    const { client, endpoint } = await startNumbers(spread(1_000), slow);
    const reading = collect(queryPages(client, lastHour, { ...quick, maxBytes: 10_000 }));
    await expect(reading).rejects.toMatchObject({
      name: 'ConditionError',
      message:
        'stopped after 14,445 bytes were scanned, which is past --max-bytes 10,000; raise it, or narrow the time',
    });
    expect(endpoint.requests.get('StopQuery')).toBe(1);
  });

  test('when queries that were each over at once have scanned more than they may', async () => {
    const { client, endpoint } = await startNumbers(spread(1_000));
    const reading = collect(
      queryPages(client, lastHour, { ...quick, maxBytes: 30_000, concurrency: 1 }, { maxRows: 100 }),
    );
    await expect(reading).rejects.toMatchObject({ name: 'ConditionError' });
    // The first looks at 28,890 bytes, and each of its parts at about 1,600.
    expect(endpoint.requests.get('StartQuery')).toBe(2);
  });
});

async function collect(
  pages: AsyncIterable<readonly Readonly<Record<string, string>>[]>,
): Promise<Readonly<Record<string, string>>[]> {
  const rows = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
