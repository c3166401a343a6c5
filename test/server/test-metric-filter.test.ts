import { TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, startPair } from './sdk.js';

async function startTest() {
  const { client, endpoint } = await startPair();
  const ask = async (filterPattern: string | undefined, logEventMessages: string[] | undefined) => {
    const { matches } = await client.send(new TestMetricFilterCommand({ filterPattern, logEventMessages }));
    return matches;
  };
  return { ask, endpoint };
}

test('what matches is numbered from 1, with its message and nothing extracted', async () => {
  const { ask } = await startTest();
  expect(await ask('ERROR', ['INFO a', 'ERROR b', 'TERROR'])).toEqual([
    { eventNumber: 2, eventMessage: 'ERROR b', extractedValues: {} },
    { eventNumber: 3, eventMessage: 'TERROR', extractedValues: {} },
  ]);
});

test.each<[string, string, string, Record<string, string> | undefined]>([
  ['the words by name', '[ip, verb, path]', '10.0.0.1 GET /a', { $ip: '10.0.0.1', $verb: 'GET', $path: '/a' }],
  ['a condition that is not met', '[level = ERROR, rest]', 'INFO x y', undefined],
  ['the last name takes the rest', '[level = INFO, rest]', 'INFO x y', { $level: 'INFO', $rest: 'x y' }],
  ['no values of JSON', '{ $.a = 1 }', '{"a":1}', {}],
  ['the empty pattern matches', '', 'anything', {}],
])('%s', async (_, pattern, message, extractedValues) => {
  const { ask } = await startTest();
  expect((await ask(pattern, [message]))?.map((match) => match.extractedValues)).toEqual(
    extractedValues === undefined ? [] : [extractedValues],
  );
});

const invalid = 'InvalidParameterException: 1 validation error detected: Value';

test.each<[string, string | undefined, string[] | undefined, string]>([
  [
    'no pattern',
    undefined,
    ['x'],
    `${invalid} null at 'filterPattern' failed to satisfy constraint: Member must not be null`,
  ],
  [
    'a pattern of 1,025 characters',
    'x'.repeat(1_025),
    ['x'],
    `${invalid} '${'x'.repeat(1_025)}' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024`,
  ],
  [
    'no messages',
    'x',
    [],
    `${invalid} '[]' at 'logEventMessages' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  ],
  [
    '51 messages',
    'x',
    Array.from({ length: 51 }, () => 'x'),
    `${invalid} '[...]' at 'logEventMessages' failed to satisfy constraint: Member must have length less than or equal to 50`,
  ],
  [
    'an empty message',
    'x',
    ['x', ''],
    `${invalid} '' at 'logEventMessages.2.member' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  ],
])('%s is refused', async (_, pattern, messages, failure) => {
  const { ask } = await startTest();
  expect(await failureOf(ask(pattern, messages))).toBe(failure);
});

test('fifty messages are not too many', async () => {
  const { ask } = await startTest();
  expect(
    await ask(
      'x',
      Array.from({ length: 50 }, () => 'x'),
    ),
  ).toHaveLength(50);
});
