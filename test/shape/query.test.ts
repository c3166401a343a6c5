import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { createQuery } from '../../src/shape/query.js';

test.each<[string, string, string, string]>([
  ['text as it is', 'path', '{"path":"/a b"}', '/a b'],
  ['a number', 'ms', '{"ms":1.50}', '1.5'],
  ['every digit of a large number', 'id', '{"id":12345678901234567890}', '12345678901234567890'],
  [
    'large numbers in what they stand in',
    '@',
    '{"a":[-9007199254740993],"b":"1234567890123456"}',
    '{"a":[-9007199254740993],"b":"1234567890123456"}',
  ],
  ['an object on one line', '{p: path, n: n}', '{"path":"/","n":[1, 2]}', '{"p":"/","n":[1,2]}'],
  ['a member of an element', 'items[0].id', '{"items":[{"id":"x"}]}', 'x'],
  ['nothing there', 'nope', '{"path":"/"}', 'null'],
  ['a function that does not take what there is', 'length(items)', '{"path":"/"}', 'null'],
  ['a message that is text', 'path', 'GET /path 200', 'GET /path 200'],
  ['a message that begins like JSON', 'path', '{ not json', '{ not json'],
  ['an array', '[1]', '[1,"two"]', 'two'],
])('%s', (_, expression, message, result) => {
  expect(createQuery(expression, '--query')(message)).toBe(result);
});

test.each<[string, string, string, string]>([
  ['a long number', 'id', '{"id":12345678901234567891}', '12345678901234567891'],
  ['a long number within', '{i: id}', '{"id":12345678901234567891}', '{"i":12345678901234567891}'],
  ['a long number in a string', 'id', '{"id":"12345678901234567891"}', '12345678901234567891'],
  ['a long number that is compared', 'id > `5`', '{"id":12345678901234567891}', 'true'],
])('every digit of %s', (_, expression, message, result) => {
  expect(createQuery(expression, '--query')(message)).toBe(result);
});

const notJmesPath = 'is not a JMESPath expression: it';

test.each([
  ['foo[', `${notJmesPath} ends too soon at column 5`],
  ['a bar baz', `${notJmesPath} does not go on with "bar" at column 3`],
  ['a.b..c', `${notJmesPath} does not go on with "." at column 5`],
  ['.a', `${notJmesPath} does not go on with "." at column 1`],
  ['a # b', `${notJmesPath} does not go on with "#" at column 3`],
  ['join(`,`, a)', `${notJmesPath} does not go on with "\`,\`" at column 6`],
  ["a || 'x", "has a ' without its other one at column 6"],
  ['"a', 'has a " without its other one at column 1'],
  ['items[?level = `1`]', 'has a = that assigns nothing at column 14; write == to compare'],
  ['nope(a)', 'calls nope() at column 1, which is no function of JMESPath'],
  ['a && items[*].nope(@)', 'calls nope() at column 15, which is no function of JMESPath'],
  ['a && length(b, c)', 'at column 6: length() takes 1 argument but received 2'],
  ['$x', 'has a $x at column 1 that no let defines'],
  [' ', 'is empty'],
])('%s is refused before anything is read', (expression, problem) => {
  expect(() => createQuery(expression, '--query')).toThrow(expect.objectContaining({ name: 'UsageError' }));
  expect(() => createQuery(expression, '--query')).toThrow(problem);
});

test.each([
  '$.a',
  'let $x = a in $x',
  'sort_by(items, &ms)',
  "contains(path, 'a=b')",
  'items[?a > `1`] | [0]',
  "'it\\'s'",
])('%s is an expression', (expression) => {
  expect(createQuery(expression, '--query')('text')).toBe('text');
});

test('whatever is typed is an expression or a usage error', () => {
  const words = [
    'a',
    'b',
    '.',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '*',
    '?',
    '`1`',
    "'x'",
    '"y"',
    '|',
    '&',
    '&&',
    '==',
    '=',
    '$',
    '@',
    ':',
    ',',
    'length',
    ' ',
    '1',
    '`',
    'let ',
    ' in ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }), (typed) => {
      try {
        expect(typeof createQuery(typed.join(''), '--query')('{"a":[1,{"b":2}]}')).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 2_000 },
  );
});
