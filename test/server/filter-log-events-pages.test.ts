import { FilterLogEventsCommand, type FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEndpoint } from '../../src/server/endpoint.js';
import { nowMs, startPair } from './sdk.js';

const startMs = nowMs - 60_000;

/** The number of events on every page of a group that holds these messages, one a millisecond. */
async function pageSizes(
  messages: readonly string[],
  options: Parameters<typeof startPair>[0] = {},
): Promise<number[]> {
  const { client, endpoint } = await startPair(options);
  endpoint.store.createGroup('g');
  const events = messages.map((message, index) => ({ timestamp: startMs + index, message }));
  endpoint.store.seedEvents('g', 's', events);
  const read = async (input: Partial<FilterLogEventsCommandInput>): Promise<number[]> => {
    const { events = [], nextToken } = await client.send(new FilterLogEventsCommand({ logGroupName: 'g', ...input }));
    return nextToken === undefined ? [events.length] : [events.length, ...(await read({ nextToken }))];
  };
  return read({});
}

test('a page ends before 1 MB, but always holds one event', async () => {
  const big = 'x'.repeat(600_000);
  expect(await pageSizes([big, big, '\u0000'.repeat(1_000_000)])).toEqual([1, 1, 1, 0]);
});

test('a page holds as many events as the endpoint allows', async () => {
  expect(await pageSizes(['a', 'b', 'c'], { switches: { pageEvents: 2 } })).toEqual([2, 1, 0]);
});

test('a full last page is followed by an empty one too', async () => {
  expect(await pageSizes(['a', 'b'], { switches: { pageEvents: 2 } })).toEqual([2, 0]);
});

test('following the tokens yields every event once, in order, in either direction and for any page size', async () => {
  const event = fc.record({
    stream: fc.integer({ min: 0, max: 3 }),
    time: fc.integer({ min: 0, max: 9 }),
    lag: fc.integer({ min: 0, max: 2 }),
  });
  const range = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  const layout = fc.record({
    events: fc.array(event, { maxLength: 30 }),
    range,
    limit: fc.integer({ min: 1, max: 7 }),
    startFromHead: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      layout,
      fc.subarray([0, 1, 2, 3], { minLength: 1 }),
      async ({ events, range, limit, startFromHead }, streams) => {
        const endpoint = await startEndpoint({ now: () => nowMs });
        try {
          endpoint.store.createGroup('g');
          for (const stream of [0, 1, 2, 3]) endpoint.store.seedEvents('g', `s${stream}`, []);
          for (const [index, { stream, time, lag }] of events.entries()) {
            endpoint.store.seedEvents(
              'g',
              `s${stream}`,
              [{ timestamp: startMs + time, message: `${index}` }],
              startMs + time + lag,
            );
          }
          const truth = events
            .map((each, index) => ({ ...each, index }))
            .filter(({ stream, time }) => streams.includes(stream) && time >= range[0] && time <= range[1])
            .sort((a, b) => a.time - b.time || a.lag - b.lag || a.index - b.index)
            .map(({ index }) => `${index}`);
          const request = {
            logGroupName: 'g',
            logStreamNames: streams.map((stream) => `s${stream}`),
            startTime: startMs + range[0],
            endTime: startMs + range[1],
            limit,
            startFromHead,
          };
          expect(await readAll(endpoint.url, request)).toEqual(startFromHead ? truth : truth.reverse());
        } finally {
          await endpoint.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

async function readAll(url: string, request: object): Promise<string[]> {
  const messages: string[] = [];
  for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
    const headers = { 'x-amz-target': 'Logs_20140328.FilterLogEvents' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...request, nextToken }) });
    const page = (await response.json()) as { events: { message: string }[]; nextToken?: string };
    messages.push(...page.events.map(({ message }) => message));
    nextToken = page.nextToken;
  }
  return messages;
}
