import { FilterLogEventsCommand, StartLiveTailCommand, TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { arnOf } from './live-tail.js';
import { failureOf, startPair } from './sdk.js';

const tooManyRegexes = 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.';
const tooManyWildcards = 'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.';
const twoWildcards =
  'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.';

/** What the service says; undefined where it says that the pattern is invalid, in the words of the operation. */
test.each<[string, string | undefined]>([
  ['ERR*', "Invalid character(s) in term '*'"],
  ['\u00a0', "Invalid character(s) in term '\u00a0'"],
  ['"ERROR', `Invalid character(s) in term '"ERROR'`],
  ['%^(ERROR|WARN)%', "Invalid character(s) in term '%^('"],
  ['%hello!%', "Invalid character(s) in term '%hello!'"],
  ['%café%', "Invalid character(s) in term '%café'"],
  ['%[abc%', 'Failed to compile regular expression.'],
  ['{ $.v EXISTS }', undefined],
  ['{ $.v == 1 }', undefined],
  ['{ $.v = null }', undefined],
  ['{ $.v > 0 AND $.v < 2 }', undefined],
  ['{ $.v IS NOT NULL }', "Invalid character(s) in term 'NOT'"],
  ['{ !($.v = 1) }', "Invalid character(s) in term '!('"],
  ['{ "v": [1] }', "Invalid character(s) in term ':'"],
  ['{ $.v > "Alpha" }', `Invalid character(s) in term '"Alpha"'`],
  ['{ $..value = "x" }', "Invalid character(s) in term '$..'"],
  ['{ $.a[-1] = 1 }', "Invalid character(s) in term '[-'"],
  ['{ $.a[0:2] = 1 }', "Invalid character(s) in term '[0:'"],
  ['{ $.items[*].* = 1 }', twoWildcards],
  ['{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 && $.d[*] = 1 }', tooManyWildcards],
  ['{ $.a = %a% && $.b = %b% && $.c = %c% }', tooManyRegexes],
  ['[..., status, ...]', "Duplicate field '...'"],
  ['[word, word]', "Duplicate field 'word'"],
])('%s', async (pattern, said) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const filter = new FilterLogEventsCommand({ logGroupName: 'g', filterPattern: pattern });
  const tail = new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('g')], logEventFilterPattern: pattern });
  const metric = new TestMetricFilterCommand({ filterPattern: pattern, logEventMessages: ['x'] });
  const failures = [client.send(filter), client.send(tail), client.send(metric)].map(failureOf);
  const [filterWords, metricWords] = [said ?? 'Invalid filter pattern', said ?? 'Invalid metric filter pattern'];
  expect(await Promise.all(failures)).toEqual([
    `InvalidParameterException: ${filterWords}`,
    `InvalidParameterException: ${filterWords}`,
    `InvalidParameterException: ${metricWords}`,
  ]);
});
