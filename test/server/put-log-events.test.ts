import { type InputLogEvent, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, nowMs, startPair } from './sdk.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

async function startGroup(retentionInDays?: number) {
  const { client, endpoint } = await startPair();
  const group = endpoint.store.createGroup('g', { retentionInDays });
  endpoint.store.seedEvents('g', 's', []);
  const put = (logEvents: InputLogEvent[], logStreamName = 's', logGroupName = 'g') =>
    client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  return { put, stored: () => group.timeline.events().map(({ message }) => message) };
}

const at = (...timestamps: number[]) => timestamps.map((timestamp) => ({ timestamp, message: 'x' }));
const many = (count: number, message: string) => Array.from({ length: count }, () => ({ timestamp: nowMs, message }));

test('a batch is stored and answered with a sequence token of no meaning', async () => {
  const { put, stored } = await startGroup();
  const { nextSequenceToken, rejectedLogEventsInfo } = await put([{ timestamp: nowMs, message: 'a "b"\n' }]);
  expect(nextSequenceToken).toMatch(/^\d{56}$/);
  expect(rejectedLogEventsInfo).toBeUndefined();
  expect(stored()).toEqual(['a "b"\n']);
});

test('the same batch twice is stored twice', async () => {
  const { put, stored } = await startGroup();
  await put(at(nowMs));
  await put(at(nowMs));
  expect(stored()).toEqual(['x', 'x']);
});

test.each([
  ['10,000 events', many(10_000, 'x')],
  ['1,048,550 bytes in one event', many(1, 'x'.repeat(1_048_550))],
  ['1,048,576 bytes in two events, their overhead included', many(2, 'é'.repeat(262_131))],
  ['a span of 24 hours', at(nowMs - dayMs, nowMs)],
  ['events of exactly 14 days ago', at(nowMs - 14 * dayMs)],
  ['events two hours ahead', at(nowMs + 2 * hourMs)],
])('%s are accepted', async (_, events) => {
  const { put, stored } = await startGroup();
  const { rejectedLogEventsInfo } = await put(events);
  expect(rejectedLogEventsInfo).toBeUndefined();
  expect(stored()).toHaveLength(events.length);
});

test.each([
  [
    '10,001 events',
    many(10_001, 'x'),
    "at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to 10000",
  ],
  [
    'no events',
    [],
    "Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'one event of one byte too many',
    many(1, 'x'.repeat(1_048_551)),
    'Log event too large: 1048577 bytes exceeds limit of 1048576',
  ],
  [
    'a batch of one byte too many',
    [...many(1, 'é'.repeat(262_131)), ...many(1, `${'é'.repeat(262_131)}x`)],
    'Upload too large: 1048577 bytes exceeds limit of 1048576',
  ],
  [
    'a span of 24 hours and 1 ms',
    at(nowMs - dayMs - 1, nowMs),
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
  ],
  [
    'events out of order',
    at(nowMs, nowMs - 1),
    'Log events in a single PutLogEvents request must be in chronological order.',
  ],
  [
    'an empty message',
    [{ timestamp: nowMs, message: '' }],
    "1 validation error detected: Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'a negative time',
    at(-1),
    "1 validation error detected: Value '-1' at 'logEvents.1.member.timestamp' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    'no time',
    [{ timestamp: undefined, message: 'x' }],
    "1 validation error detected: Value null at 'logEvents.1.member.timestamp' failed to satisfy constraint: Member must not be null",
  ],
] as const)('%s are refused and nothing is stored', async (_, events, message) => {
  const { put, stored } = await startGroup();
  const failure = await failureOf(put([...events]));
  expect(failure).toMatch(/^InvalidParameterException: /);
  expect(failure).toContain(message);
  expect(stored()).toEqual([]);
});

test.each([
  ['group', 's', 'x', 'ResourceNotFoundException: The specified log group does not exist.'],
  ['stream', 'x', 'g', 'ResourceNotFoundException: The specified log stream does not exist.'],
])('an unknown %s is refused', async (_, stream, group, failure) => {
  const { put } = await startGroup();
  expect(await failureOf(put(at(nowMs), stream, group))).toBe(failure);
});

const old = nowMs - 14 * dayMs - 1;
const expired = nowMs - 7 * dayMs - 1;
const fine = nowMs - 1;
const early = nowMs + 2 * hourMs + 1;

test.each([
  [
    'old, expired, accepted and new ones, two each',
    [old, old, expired, expired, fine, fine, early, early],
    2,
    { tooNewLogEventStartIndex: 6, tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 4 },
  ],
  ['too old ones only', [old, fine], 1, { tooOldLogEventEndIndex: 1 }],
  ['expired ones only', [expired, fine], 1, { expiredLogEventEndIndex: 1 }],
  ['too new ones only', [fine, early], 1, { tooNewLogEventStartIndex: 1 }],
  ['nothing that is accepted', [old], 0, { tooOldLogEventEndIndex: 1 }],
])('a batch with %s is stored in part and says which', async (_, timestamps, count, rejected) => {
  const { put, stored } = await startGroup(7);
  const { rejectedLogEventsInfo } = await put(at(...timestamps));
  expect(rejectedLogEventsInfo).toEqual(rejected);
  expect(stored()).toHaveLength(count);
});
