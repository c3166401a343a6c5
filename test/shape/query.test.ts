import { expect, test } from 'vitest';
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

test.each([
  ['an expression that ends too soon', 'foo[', 'expected Star'],
  ['an empty one', ' ', 'is empty'],
  ['a function that does not exist', 'nope(a)', 'unknown function: nope()'],
])('%s is refused before anything is read', (_, expression, problem) => {
  expect(() => createQuery(expression, '--query')).toThrow(expect.objectContaining({ name: 'UsageError' }));
  expect(() => createQuery(expression, '--query')).toThrow(problem);
});
