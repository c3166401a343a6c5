import { GetLogEventsCommand, type GetLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, nowMs, startPair } from './sdk.js';

const startMs = nowMs - 60_000;

async function startStream(count: number, options: Parameters<typeof startPair>[0] = {}) {
  const { client, endpoint } = await startPair(options);
  endpoint.store.createGroup('g');
  const events = Array.from({ length: count }, (_, index) => ({ timestamp: startMs + index, message: `m${index}` }));
  endpoint.store.seedEvents('g', 's', events, nowMs);
  const get = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const command = new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's', ...input });
    const { events = [], nextForwardToken = '', nextBackwardToken = '' } = await client.send(command);
    return { messages: events.map(({ message = '' }) => message), events, nextForwardToken, nextBackwardToken };
  };
  return { get, endpoint };
}

test('an event has a time, a message and an ingestion time, and no id', async () => {
  const { get } = await startStream(1);
  expect((await get()).events).toEqual([{ timestamp: startMs, message: 'm0', ingestionTime: nowMs }]);
});

test('reading from the head ends with an empty page under a new token and one under the same token', async () => {
  const { get } = await startStream(3);
  const range = { startTime: startMs, endTime: nowMs, startFromHead: true };
  const first = await get({ ...range, limit: 2 });
  const second = await get({ ...range, nextToken: first.nextForwardToken });
  const empty = await get({ ...range, nextToken: second.nextForwardToken });
  const end = await get({ ...range, nextToken: empty.nextForwardToken });
  expect([first, second, empty, end].map(({ messages }) => messages)).toEqual([['m0', 'm1'], ['m2'], [], []]);
  expect(empty.nextForwardToken).not.toBe(second.nextForwardToken);
  expect(end.nextForwardToken).toBe(empty.nextForwardToken);
});

test('reading from the tail goes back page by page, ascending inside each', async () => {
  const { get } = await startStream(3);
  const first = await get({ limit: 2 });
  const second = await get({ nextToken: first.nextBackwardToken });
  const empty = await get({ nextToken: second.nextBackwardToken });
  const end = await get({ nextToken: empty.nextBackwardToken });
  expect([first, second, empty, end].map(({ messages }) => messages)).toEqual([['m1', 'm2'], ['m0'], [], []]);
  expect(empty.nextBackwardToken).not.toBe(second.nextBackwardToken);
  expect(end.nextBackwardToken).toBe(empty.nextBackwardToken);
});

test('tokens have the form of the service', async () => {
  const { get } = await startStream(1);
  expect(await get()).toMatchObject({
    nextForwardToken: expect.stringMatching(/^f\/\d{56}\/s$/),
    nextBackwardToken: expect.stringMatching(/^b\/\d{56}\/s$/),
  });
});

test('an event written after the end was reached is found behind the last token', async () => {
  const { get, endpoint } = await startStream(1);
  const first = await get({ startFromHead: true });
  const empty = await get({ startFromHead: true, nextToken: first.nextForwardToken });
  endpoint.store.seedEvents('g', 's', [{ timestamp: startMs, message: 'late' }], nowMs);
  const next = await get({ startFromHead: true, nextToken: empty.nextForwardToken });
  expect(next.messages).toEqual(['late']);
});

test.each([
  ['the start includes its event and the end does not', startMs + 1, startMs + 2, ['m1']],
  ['an empty range holds nothing', startMs + 1, startMs + 1, []],
])('%s', async (_, startTime, endTime, messages) => {
  const { get } = await startStream(3);
  expect((await get({ startTime, endTime })).messages).toEqual(messages);
});

test.each([
  [
    'a forward token without startFromHead',
    { nextToken: `f/${'0'.repeat(56)}/s` },
    'InvalidParameterException: The specified nextToken is invalid.',
  ],
  ['a token of another form', { nextToken: 'f/1/s' }, 'InvalidParameterException: The specified nextToken is invalid.'],
  ['an unknown stream', { logStreamName: 'x' }, 'ResourceNotFoundException: The specified log stream does not exist.'],
  ['an unknown group', { logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
])('%s is refused', async (_, input, failure) => {
  const { get } = await startStream(1);
  expect(await failureOf(get(input))).toBe(failure);
});

test('a page holds as many bytes as the endpoint allows', async () => {
  const { get } = await startStream(10, { switches: { pageBytes: 3 * 80 } });
  expect((await get({ startFromHead: true })).messages).toEqual(['m0', 'm1', 'm2']);
});

test('a page holds 10,000 events and not one more', async () => {
  const { get } = await startStream(10_001);
  const first = await get({ startFromHead: true });
  const second = await get({ startFromHead: true, nextToken: first.nextForwardToken });
  expect([first.messages.length, second.messages.length]).toEqual([10_000, 1]);
});

test.each([
  ['the head', true],
  ['the tail', false],
])('empty pages come between others and lose nothing when read from %s', async (_, startFromHead) => {
  const { get } = await startStream(20, { switches: { emptyPages: 0.7, pageEvents: 3, seed: 1 } });
  const messages: string[] = [];
  let emptyPages = 0;
  for (let token: string | undefined, sent: string | undefined = ''; token !== sent; ) {
    sent = token;
    const page = await get({ startFromHead, ...(sent === undefined ? {} : { nextToken: sent }) });
    token = startFromHead ? page.nextForwardToken : page.nextBackwardToken;
    if (page.messages.length === 0) emptyPages += 1;
    messages.push(...(startFromHead ? page.messages : page.messages.reverse()));
  }
  const truth = Array.from({ length: 20 }, (_, index) => `m${index}`);
  expect(messages).toEqual(startFromHead ? truth : truth.reverse());
  expect(emptyPages).toBeGreaterThan(4);
});

test('both tokens of an empty page lead to what lies on their side of it', async () => {
  const { get } = await startStream(3, { switches: { emptyPages: 1, pageEvents: 1 } });
  const empty = await get({ startTime: startMs + 1, startFromHead: true });
  expect(empty.messages).toEqual([]);
  const pages: string[][] = [];
  for (let page = empty; pages.length < 3; ) {
    page = await get({ startTime: startMs + 1, startFromHead: true, nextToken: page.nextForwardToken });
    pages.push(page.messages);
  }
  expect(pages).toEqual([[], [], ['m1']]);
  const before = [empty];
  for (const _ of [1, 2, 3, 4]) before.push(await get({ nextToken: before.at(-1)?.nextBackwardToken ?? '' }));
  expect(before.flatMap(({ messages }) => messages)).toEqual(['m0']);
});
