import { expect, test } from 'vitest';
import {
  GroupNotFoundError,
  nameOf,
  quote,
  ServiceError,
  textOf,
  UsageError,
  type UsageProblem,
} from '../src/errors.js';

test.each<[UsageProblem, string]>([
  [{ problem: 'no command was given' }, 'no command was given'],
  [{ flag: '--start', problem: 'is empty' }, '--start is empty'],
  [{ value: 'fecth', problem: 'is not a command' }, '"fecth" is not a command'],
  [{ flag: '--start', value: '', problem: 'is empty' }, '--start "" is empty'],
  [{ flag: '--start', value: 'soon', problem: 'is not a time', fix: 'try 2h' }, '--start "soon" is not a time; try 2h'],
])('%j reads %j', (parts, message) => {
  const error = new UsageError(parts);
  expect(error.message).toBe(message);
  expect(error).toMatchObject({ name: 'UsageError', ...parts });
});

test.each([
  ['plain text', 'api', '"api"'],
  ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
  ['other alphabets', 'журнал 終 🙂', '"журнал 終 🙂"'],
  ['line ends and tabs', 'a\nb\r\tc', '"a\\nb\\r\\tc"'],
  ['an escape sequence', '\u001b[31m', '"\\u001b[31m"'],
  ['control characters of eight bits', '\u009b31m\u007f', '"\\u009b31m\\u007f"'],
  ['118 characters, kept whole', 'x'.repeat(118), `"${'x'.repeat(118)}"`],
  ['119 characters, cut', 'x'.repeat(119), `"${'x'.repeat(116)}…"`],
])('quotes %s', (_, value, quoted) => {
  expect(quote(value)).toBe(quoted);
});

test('a cut does not split a character of two code units', () => {
  for (const length of [114, 115, 116, 117]) {
    expect(quote(`${'x'.repeat(length)}${'🙂'.repeat(10)}`)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  }
});

test.each([
  ['an error', new Error('boom'), 'boom'],
  ['an error without words', new TypeError(''), 'TypeError'],
  ['several errors without words of their own', new AggregateError([new Error('a'), new Error('b')]), 'a, b'],
  ['several errors with words', new AggregateError([new Error('a')], 'all failed'), 'all failed'],
  ['a string', 'boom', 'boom'],
  ['nothing', undefined, 'undefined'],
])('the words of %s', (_, error, text) => {
  expect(textOf(error)).toBe(text);
});

test('a failure of the service says what was asked and keeps its cause', () => {
  const cause = named('AccessDeniedException', 'no');
  const failure = new ServiceError({ operation: 'FilterLogEvents', cause, region: 'eu-west-1' });
  expect(failure).toMatchObject({ name: 'ServiceError', message: 'FilterLogEvents: no', cause, region: 'eu-west-1' });
});

test('a missing group keeps the failure that told of it', () => {
  const failed = new ServiceError({ operation: 'FilterLogEvents', cause: named('ResourceNotFoundException', 'no') });
  const missing = new GroupNotFoundError('/ap', ['/app'], failed);
  expect(missing).toMatchObject({ message: 'log group "/ap" does not exist', near: ['/app'], failed, cause: failed });
});

test('the name of what is no error is Error', () => {
  expect(nameOf('boom')).toBe('Error');
  expect(nameOf(new RangeError('x'))).toBe('RangeError');
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
