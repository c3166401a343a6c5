import {
  type CloudWatchLogsClient,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { LocalEndpoint } from '../../src/server/endpoint.js';
import type { LiveTailSettings } from '../../src/server/live-tail.js';
import { arnOf, openSession } from './live-tail.js';
import { createMovedClock, type MovedClock } from './moved-clock.js';
import { failureOf, nowMs, startPair } from './sdk.js';

/** An endpoint with an empty group `g` and its stream `s`, on a clock that is moved. */
async function startTail(
  liveTail: LiveTailSettings = {},
): Promise<{ endpoint: LocalEndpoint; client: CloudWatchLogsClient; clock: MovedClock }> {
  const clock = createMovedClock(nowMs);
  const { endpoint, client } = await startPair({
    now: clock.now,
    after: clock.after,
    switches: { liveTail, seed: 1 },
  });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', []);
  return { endpoint, client, clock };
}

const eventsOf = (...messages: string[]) => messages.map((message) => ({ timestamp: nowMs, message }));

test('a session begins with what was asked for, before anything has happened', async () => {
  const { client } = await startTail();
  const { responseStream } = await client.send(
    new StartLiveTailCommand({
      logGroupIdentifiers: [arnOf('g')],
      logStreamNamePrefixes: ['s'],
      logEventFilterPattern: 'x',
    }),
  );
  const { value } = (await responseStream?.[Symbol.asyncIterator]().next()) ?? {};
  expect(value).toEqual({
    sessionStart: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupIdentifiers: [arnOf('g')],
      logStreamNamePrefixes: ['s'],
      logEventFilterPattern: 'x',
    },
  });
});

test('an update comes every second, even when nothing has happened', async () => {
  const { client, clock } = await startTail();
  const session = await openSession(client);
  await clock.advance(3_000);
  const empty = { sessionMetadata: { sampled: false }, sessionResults: [] };
  expect([await session.update(), await session.update(), await session.update()]).toEqual([empty, empty, empty]);
});

test('an update has the events that have become readable since the one before, and none from before the session', async () => {
  const { client, clock, endpoint } = await startTail();
  endpoint.store.seedEvents('g', 's', eventsOf('before'));
  const session = await openSession(client);
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs - 60_000, message: 'a' }]);
  await clock.advance(1_000);
  endpoint.store.seedEvents('g', 's', eventsOf('b'));
  await clock.advance(1_000);
  expect(await session.update()).toEqual({
    sessionMetadata: { sampled: false },
    sessionResults: [
      {
        logStreamName: 's',
        logGroupIdentifier: '123456789012:g',
        message: 'a',
        timestamp: nowMs - 60_000,
        ingestionTime: nowMs,
      },
    ],
  });
  expect(await session.messages()).toEqual(['b']);
});

test.each<[string, StartLiveTailCommandInput, string[]]>([
  ['one group', { logGroupIdentifiers: [arnOf('g')] }, ['g s1 x', 'g s1 y', 'g s2 x', 'g t x']],
  ['two groups', { logGroupIdentifiers: [arnOf('g'), arnOf('h')] }, ['g s1 x', 'g s1 y', 'g s2 x', 'g t x', 'h s1 x']],
  ['a stream', { logGroupIdentifiers: [arnOf('g')], logStreamNames: ['s2'] }, ['g s2 x']],
  ['a stream that is not there', { logGroupIdentifiers: [arnOf('g')], logStreamNames: ['s2', 'new'] }, ['g s2 x']],
  [
    'a prefix',
    { logGroupIdentifiers: [arnOf('g')], logStreamNamePrefixes: ['s', 't'] },
    ['g s1 x', 'g s1 y', 'g s2 x', 'g t x'],
  ],
  [
    'a prefix of some',
    { logGroupIdentifiers: [arnOf('g')], logStreamNamePrefixes: ['s'] },
    ['g s1 x', 'g s1 y', 'g s2 x'],
  ],
  ['a pattern', { logGroupIdentifiers: [arnOf('g')], logEventFilterPattern: 'y' }, ['g s1 y']],
])('a session of %s shows nothing else', async (_, input, messages) => {
  const { client, clock, endpoint } = await startTail();
  endpoint.store.createGroup('h');
  const session = await openSession(client, input);
  for (const [group, stream, end] of [
    ['g', 's1', 'x'],
    ['g', 's1', 'y'],
    ['g', 's2', 'x'],
    ['g', 't', 'x'],
    ['h', 's1', 'x'],
  ] as const) {
    endpoint.store.seedEvents(group, stream, eventsOf(`${group} ${stream} ${end}`));
  }
  await clock.advance(1_000);
  expect(await session.messages()).toEqual(messages);
});

test('a group that is deleted and made again is still followed', async () => {
  const { client, clock, endpoint } = await startTail();
  const session = await openSession(client);
  endpoint.store.deleteGroup('g');
  await clock.advance(1_000);
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', eventsOf('again'));
  await clock.advance(1_000);
  expect([await session.messages(), await session.messages()]).toEqual([[], ['again']]);
});

test('of more than 500 events in a second 500 are chosen from all over the second', async () => {
  const { client, clock, endpoint } = await startTail();
  const session = await openSession(client);
  const batch = (from: number) =>
    Array.from({ length: 500 }, (_, index) => ({ timestamp: nowMs, message: `${from + index}` }));
  endpoint.store.seedEvents('g', 's', batch(0));
  await clock.advance(1_000);
  for (let from = 0; from < 2_000; from += 500) endpoint.store.seedEvents('g', 's', batch(from));
  await clock.advance(1_000);
  expect((await session.update()).sessionMetadata).toEqual({ sampled: false });
  const { sessionMetadata, sessionResults = [] } = await session.update();
  const numbers = sessionResults.map(({ message }) => Number(message));
  expect(sessionMetadata).toEqual({ sampled: true });
  expect(new Set(numbers).size).toBe(500);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  for (let from = 0; from < 2_000; from += 500) {
    expect(numbers.filter((number) => number >= from && number < from + 500).length).toBeGreaterThan(90);
  }
});

test.each<[string, StartLiveTailCommandInput, string]>([
  ['no groups', { logGroupIdentifiers: [] }, 'InvalidParameterException'],
  ['no list of groups', { logGroupIdentifiers: undefined }, 'InvalidParameterException'],
  [
    '11 groups',
    { logGroupIdentifiers: Array.from({ length: 11 }, () => arnOf('g')) },
    "InvalidParameterException: 1 validation error detected: Value '[...]' at 'logGroupIdentifiers' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
  ['a group by its name', { logGroupIdentifiers: ['g'] }, 'InvalidParameterException: Each log group'],
  ['an ARN with the end for its streams', { logGroupIdentifiers: [`${arnOf('g')}:*`] }, 'InvalidParameterException'],
  [
    'streams of two groups',
    { logGroupIdentifiers: [arnOf('g'), arnOf('ia')], logStreamNames: ['s'] },
    'InvalidParameterException: Log streams can only',
  ],
  [
    'streams by name and by prefix',
    { logGroupIdentifiers: [arnOf('g')], logStreamNames: ['s'], logStreamNamePrefixes: ['s'] },
    'InvalidParameterException: logStreamNames and logStreamNamePrefixes',
  ],
  [
    'a pattern with a mistake',
    { logGroupIdentifiers: [arnOf('g')], logEventFilterPattern: '{ $.a' },
    'InvalidParameterException',
  ],
  [
    'a pattern of 1,025 characters',
    { logGroupIdentifiers: [arnOf('g')], logEventFilterPattern: 'x'.repeat(1_025) },
    'InvalidParameterException',
  ],
  [
    'an unknown group',
    { logGroupIdentifiers: [arnOf('g'), arnOf('x')] },
    'ResourceNotFoundException: The specified log group does not exist.',
  ],
  [
    'a group for infrequent access',
    { logGroupIdentifiers: [arnOf('ia')] },
    'InvalidOperationException: The log group ia is of log-group-class INFREQUENT_ACCESS. StartLiveTail is not supported for this log class.',
  ],
])('a session of %s is refused', async (_, input, failure) => {
  const { client, endpoint } = await startTail();
  endpoint.store.createGroup('ia', { logGroupClass: 'INFREQUENT_ACCESS' });
  expect(await failureOf(openSession(client, input))).toContain(failure);
});

test('15 sessions are the most at a time; one that has closed makes room', async () => {
  const { client, clock } = await startTail();
  const sessions = [];
  for (let number = 1; number <= 15; number += 1) sessions.push(await openSession(client));
  expect(await failureOf(openSession(client))).toContain('LimitExceededException');
  await clock.advance(1_000);
  await sessions[0]?.update();
  sessions[0]?.close();
  let failure = 'not tried';
  // The endpoint hears of it by the socket.
  for (let tries = 0; tries < 1_000 && failure !== 'no failure'; tries += 1) {
    await new Promise(setImmediate);
    failure = await failureOf(openSession(client));
  }
  expect(failure).toBe('no failure');
});

test('sessions count against a quota like other requests', async () => {
  const { client, endpoint } = await startPair({ switches: { requestsPerSecond: { StartLiveTail: 1 } } });
  endpoint.store.createGroup('g');
  await openSession(client);
  expect(await failureOf(openSession(client))).toBe('ThrottlingException: Rate exceeded');
});

test('a session ends after three hours with SessionTimeoutException', async () => {
  const { client, clock } = await startTail();
  const session = await openSession(client);
  for (let second = 1; second < 3 * 3_600; second += 1) {
    await clock.advance(1_000);
    await session.update();
  }
  await clock.advance(1_000);
  const [end] = [await failureOf(session.update().then(() => session.next()))];
  expect(end).toContain('SessionTimeoutException');
  expect(clock.waiting).toBe(0);
});

test.each<[LiveTailSettings, object]>([
  [{ sessionMs: 1_500 }, { name: 'SessionTimeoutException', message: 'The session has timed out.' }],
  [{ sessionMs: 1_500, ending: 'exception' }, { name: 'SessionStreamingException' }],
  [{ sessionMs: 1_500, ending: 'cut' }, { code: 'ECONNRESET' }],
  [{ sessionMs: [1_100, 1_900], ending: 'cut' }, { code: 'ECONNRESET' }],
])('with %j a session ends after its first update', async (settings, error) => {
  const { client, clock } = await startTail(settings);
  const session = await openSession(client);
  await clock.advance(1_000);
  expect(await session.messages()).toEqual([]);
  const next = session.next();
  await Promise.all([clock.advance(1_000), expect(next).rejects.toMatchObject(error)]);
});

test('a session that falls silent sends nothing more, and its connection stays open', async () => {
  const { client, clock, endpoint } = await startTail({ sessionMs: 1_500, ending: 'silence' });
  const session = await openSession(client);
  await clock.advance(1_000);
  await session.update();
  let outcome = 'nothing';
  void session.next().then(
    () => {
      outcome = 'a frame';
    },
    () => {
      outcome = 'an error';
    },
  );
  endpoint.store.seedEvents('g', 's', eventsOf('unheard'));
  await clock.advance(60_000);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(outcome).toBe('nothing');
});

test('updates that are lost on the way take their events along', async () => {
  const { client, clock, endpoint } = await startTail({ droppedUpdates: 0.5 });
  const session = await openSession(client);
  const sent: string[] = [];
  for (let second = 0; second < 40; second += 1) {
    sent.push(String(second));
    endpoint.store.seedEvents('g', 's', eventsOf(String(second)));
    await clock.advance(1_000);
  }
  endpoint.store.deleteGroup('g');
  const arrived: (string | undefined)[] = [];
  while (arrived.length < 13) arrived.push(...(await session.messages()));
  expect(arrived.filter((message) => !sent.includes(message ?? ''))).toEqual([]);
  expect(Number(arrived.at(-1))).toBeGreaterThan(15);
});

test.each(['AccessDeniedException', 'InvalidOperationException', 'UnknownOperationException'] as const)(
  'where Live Tail is refused, a session fails with %s and other operations do not',
  async (refusal) => {
    const { client } = await startTail({ refusal });
    await expect(openSession(client)).rejects.toMatchObject({ name: refusal });
  },
);

test('a client that is too slow silently loses the oldest updates', async () => {
  const { client, clock, endpoint } = await startTail();
  const { responseStream } = await client.send(new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('g')] }));
  const frames = responseStream?.[Symbol.asyncIterator]();
  await frames?.next();
  // Half a megabyte each: soon the sockets hold no more.
  const updates = 60;
  for (let second = 0; second < updates; second += 1) {
    endpoint.store.seedEvents('g', 's', eventsOf(`${second} ${'x'.repeat(1_000_000)}`));
    await clock.advance(1_000);
  }
  const seen: number[] = [];
  while (seen.at(-1) !== updates - 1) {
    const { sessionUpdate } = (await frames?.next())?.value ?? {};
    for (const { message } of sessionUpdate?.sessionResults ?? []) seen.push(Number.parseInt(message ?? '', 10));
  }
  const missed = Array.from({ length: updates }, (_, index) => index).filter((index) => !seen.includes(index));
  expect(missed.length).toBeGreaterThan(5);
  // The ten newest were still waiting.
  expect(missed.at(-1)).toBe(updates - 11);
});
