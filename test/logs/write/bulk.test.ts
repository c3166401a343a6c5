import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClientOptions, createClient } from '../../../src/logs/client.js';
import { filterEvents } from '../../../src/logs/read/filter-events.js';
import { putEvents } from '../../../src/logs/write/put-events.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';

const streams = 100;
const eventsEach = 1_000;
const startMs = Date.now() - 3_600_000;
let endpoint: LocalEndpoint;
let options: ClientOptions;

/** One event of the tutorial: a counter, a name of two letters, a nested object, numbers in a list. */
function record(stream: number, index: number) {
  const i = index % 100;
  const letters = 'abcdefghij';
  return {
    i,
    iEven: i % 2 === 0,
    uuidname: `${letters[stream % 10]}${letters[index % 10]}`,
    nest: { big: index % 5 === 0 ? 'bird' : 'fish' },
    values: [i / 1_000, 1],
    missingValue: index % 4 === 0 ? null : undefined,
    nothing: null,
  };
}

const records = Array.from({ length: streams }, (_, stream) =>
  Array.from({ length: eventsEach }, (_, index) => record(stream, index)),
);

beforeAll(async () => {
  endpoint = await startEndpoint({});
  options = { region: 'us-east-1', endpoint: endpoint.url, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  const client = createClient(options);
  await Promise.all(
    records.map(async (own, stream) => {
      const events = own.map((one, index) => ({ timestamp: startMs + index, message: JSON.stringify(one) }));
      await putEvents(client, { logGroup: '/bulk', logStream: `stream-${stream}`, createGroup: true }, events);
    }),
  );
  client.destroy();
});
afterAll(() => endpoint.close());

type BulkRecord = ReturnType<typeof record>;

test.each<[string, (record: BulkRecord) => boolean]>([
  ['{ $.i > 90 }', ({ i }) => i > 90],
  ['{ $.i = 90 }', ({ i }) => i === 90],
  ['{ $.i <= 90 }', ({ i }) => i <= 90],
  ['{ $.i != 90 }', ({ i }) => i !== 90],
  ['{ $.uuidname = "aa" }', ({ uuidname }) => uuidname === 'aa'],
  ['{ $.iEven IS TRUE }', ({ iEven }) => iEven],
  ['{ $.iEven IS FALSE }', ({ iEven }) => !iEven],
  ['{ $.nothing IS NULL }', () => true],
  ['{ $.nest.big = "bird" }', ({ nest }) => nest.big === 'bird'],
  ['{ $.values[0] < 0.1 }', ({ values: [first = 1] }) => first < 0.1],
  ['{ $.uuidname = "a*" }', ({ uuidname }) => uuidname.startsWith('a')],
  [
    '{ $.i != 95 && ($.uuidname = "aa" || $.uuidname = "ab") }',
    ({ i, uuidname }) => i !== 95 && /^a[ab]$/.test(uuidname),
  ],
  ['{ $.missingValue NOT EXISTS }', ({ missingValue }) => missingValue === undefined],
  ['{ $.missingValue IS NULL }', ({ missingValue }) => missingValue === null],
])('of 100,000 JSON events in 100 streams, as many are found by %s as there are', async (filterPattern, matches) => {
  const client = createClient(options);
  const expected = records.flat().filter(matches).length;
  let found = 0;
  const request = { logGroup: '/bulk', startMs, endMs: startMs + eventsEach, filterPattern };
  for await (const _ of filterEvents(client, request)) found += 1;
  client.destroy();
  expect(found).toBe(expected);
  expect(found).toBeGreaterThan(0);
});
