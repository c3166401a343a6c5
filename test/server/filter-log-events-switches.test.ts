import { FilterLogEventsCommand, type FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEndpoint } from '../../src/server/endpoint.js';
import type { InputEvent } from '../../src/server/log-group.js';
import type { EndpointSwitches } from '../../src/server/switches.js';
import { nowMs, startPair } from './sdk.js';

const startMs = nowMs - 60_000;
type Input = Partial<FilterLogEventsCommandInput>;

/** Reads a group of these messages, one a millisecond, to its end: the messages of every page. */
async function readPages(messages: readonly string[], switches: EndpointSwitches, input: Input = {}) {
  const { client, endpoint } = await startPair({ switches });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', toEvents(messages));
  const pages: (string | undefined)[][] = [];
  for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
    const page = await client.send(new FilterLogEventsCommand({ logGroupName: 'g', ...input, nextToken }));
    pages.push((page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  }
  return pages;
}

function toEvents(messages: readonly string[]): InputEvent[] {
  return messages.map((message, index) => ({ timestamp: startMs + index, message }));
}

const eventBytes = 26 + 1;

test.each<[string, number, Input, string[][]]>([
  ['reads no further than the bytes of its events', 2 * eventBytes, {}, [['a', 'b'], ['c', 'd'], ['e'], []]],
  ['counts events that do not match', 2 * eventBytes, { filterPattern: 'd' }, [[], ['d'], []]],
  ['goes on behind events that do not match', 2 * eventBytes, { filterPattern: 'a' }, [['a'], [], []]],
  ['ends without an event when nothing matches', 3 * eventBytes, { filterPattern: 'x' }, [[], []]],
  ['looks at one event even when that is too large', 1, { filterPattern: 'b' }, [[], ['b'], [], [], []]],
  ['ends a page for its limit first', 3 * eventBytes, { limit: 2 }, [['a', 'b'], ['c', 'd'], ['e'], []]],
  [
    'reads from the tail in the same way',
    2 * eventBytes,
    { filterPattern: 'b', startTime: startMs, startFromHead: false },
    [[], ['b'], []],
  ],
])('a request with a budget of scanned bytes %s', async (_, scannedBytes, input, pages) => {
  expect(await readPages(['a', 'b', 'c', 'd', 'e'], { scannedBytes }, input)).toEqual(pages);
});

test('a late event behind the last one returned is found by the next page, though the scan had gone further', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', toEvents(['match', 'other', 'other']));
  const input = { logGroupName: 'g', filterPattern: 'match' };
  const { nextToken } = await client.send(new FilterLogEventsCommand(input));
  endpoint.store.seedEvents('g', 's', [{ timestamp: startMs + 1, message: 'late match' }]);
  const { events = [] } = await client.send(new FilterLogEventsCommand({ ...input, nextToken }));
  expect(events.map(({ message }) => message)).toEqual(['late match']);
});

test('at most three empty pages stand before an event, and none at the end', async () => {
  expect(await readPages(['a', 'b', 'c'], { emptyPages: 1, pageEvents: 2 })).toEqual([
    [],
    [],
    [],
    ['a', 'b'],
    [],
    [],
    [],
    ['c'],
    [],
  ]);
});

test('a group without events has no empty pages to wait for', async () => {
  expect(await readPages([], { emptyPages: 1 })).toEqual([[]]);
});

test.each<['inclusive' | 'exclusive', string[]]>([
  ['inclusive', ['a', 'b']],
  ['exclusive', ['a']],
])('an %s end is as it says', async (endTime, messages) => {
  const pages = await readPages(['a', 'b', 'c'], { endTime }, { endTime: startMs + 1 });
  expect(pages.flat()).toEqual(messages);
});

test('following the tokens yields what a filter selects, whatever stands between: empty pages, scans, small pages', async () => {
  const event = fc.record({
    stream: fc.integer({ min: 0, max: 2 }),
    time: fc.integer({ min: 0, max: 9 }),
    isHit: fc.boolean(),
    padding: fc.integer({ min: 0, max: 60 }),
  });
  const switches = fc.record({
    emptyPages: fc.constantFrom(0, 0.3, 1),
    scannedBytes: fc.integer({ min: 1, max: 400 }),
    pageEvents: fc.integer({ min: 1, max: 4 }),
    pageBytes: fc.integer({ min: 1, max: 900 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 40 }),
      switches,
      fc.boolean(),
      fc.subarray([0, 1, 2], { minLength: 1 }),
      async (events, switches, startFromHead, streams) => {
        const endpoint = await startEndpoint({ now: () => nowMs, switches });
        try {
          endpoint.store.createGroup('g');
          for (const stream of [0, 1, 2]) {
            // One batch a stream: its neighbours in time are neighbours in the batch, between which tokens rest.
            const batch = events.flatMap((each, index) => (each.stream === stream ? [toEvent(each, index)] : []));
            endpoint.store.seedEvents('g', `s${stream}`, batch, nowMs);
          }
          const truth = events
            .map((each, index) => ({ ...each, index }))
            .filter(({ stream, isHit }) => streams.includes(stream) && isHit)
            .sort((a, b) => a.time - b.time || a.stream - b.stream || a.index - b.index)
            .map((each) => toEvent(each, each.index).message);
          const request = {
            logGroupName: 'g',
            logStreamNames: streams.map((stream) => `s${stream}`),
            startTime: startMs,
            filterPattern: 'hit',
            startFromHead,
          };
          // At the worst every event has three empty pages and a scan of its own.
          const messages = await readAll(endpoint.url, request, 4 * events.length + 6);
          expect(messages).toEqual(startFromHead ? truth : truth.reverse());
        } finally {
          await endpoint.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

function toEvent(
  { time, isHit, padding }: { time: number; isHit: boolean; padding: number },
  index: number,
): InputEvent {
  return { timestamp: startMs + time, message: `${isHit ? 'hit' : 'miss'} ${index} ${'.'.repeat(padding)}` };
}

async function readAll(url: string, request: object, maxPages: number): Promise<string[]> {
  const messages: string[] = [];
  const headers = { 'x-amz-target': 'Logs_20140328.FilterLogEvents' };
  let nextToken: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...request, nextToken }) });
    const answer = (await response.json()) as { events: { message: string }[]; nextToken?: string };
    messages.push(...answer.events.map(({ message }) => message));
    nextToken = answer.nextToken;
    if (nextToken === undefined) return messages;
  }
  throw new Error(`there is no end after ${maxPages} pages`);
}
