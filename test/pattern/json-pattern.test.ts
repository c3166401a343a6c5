import { expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';

const matches = (pattern: string, message: string) => compileFilterPattern(pattern)(message);

test.each([
  ['a text', '{ $.a = "x" }', '{"a":"x"}', true],
  ['a bare word', '{$.a=x}', '{"a":"x"}', true],
  ['another text', '{ $.a != "x" }', '{"a":"y"}', true],
  ['a missing field', '{ $.a != "x" }', '{}', false],
  ['an open end', '{ $.a = "x*" }', '{"a":"xy"}', true],
  ['an open start', '{ $.a = *x }', '{"a":"yx"}', true],
  ['both ends open', '{ $.a = "*x*" }', '{"a":"yxy"}', true],
  ['a star in the middle, which is literal', '{ $.a = "x*y" }', '{"a":"x-y"}', false],
  ['a number', '{ $.a = 7 }', '{"a":7.0}', true],
  ['a number written otherwise', '{ $.a = 7e0 }', '{"a":7}', true],
  ['a number in a text', '{ $.a = 7 }', '{"a":"7"}', true],
  ['a number in a text, written otherwise', '{ $.a = 7 }', '{"a":"7.0"}', false],
  ['a quoted number, by its source text', '{ $.a = "7.0" }', '{"a":7.0}', true],
  ['a quoted number, written otherwise', '{ $.a = "7" }', '{"a":7.0}', false],
  ['a number by wildcard', '{ $.a = 4* }', '{"a":404,"b":"say \\"4\\""}', true],
  ['more', '{ $.a > 1.5 }', '{"a":2}', true],
  ['at least', '{ $.a >= 2 }', '{"a":2}', true],
  ['less', '{ $.a < 2 }', '{"a":2}', false],
  ['at most', '{ $.a <= -2 }', '{"a":-2}', true],
  ['an order of texts', '{ $.a > 1 }', '{"a":"2"}', false],
  ['true', '{ $.a IS TRUE }', '{"a":true}', true],
  ['true in a text', '{ $.a IS TRUE }', '{"a":"true"}', false],
  ['a boolean against a star', '{ $.a = * }', '{"a":true}', false],
  ['false', '{ $.a IS FALSE }', '{"a":false}', true],
  ['null', '{ $.a IS NULL }', '{"a":null}', true],
  ['null in an array', '{ $.a IS NULL }', '{"a":[1,null]}', true],
  ['null that is missing', '{ $.a IS NULL }', '{}', false],
  ['a missing field', '{ $.a NOT EXISTS }', '{}', true],
  ['an inherited property', '{ $.constructor NOT EXISTS }', '{}', true],
  ['an element', '{ $.a[1] = 2 }', '{"a":[1,2]}', true],
  ['any element', '{ $.a[*].b = 2 }', '{"a":[{"b":1},{"b":2}]}', true],
  ['any member', '{ $.* = 2 }', '{"a":1,"b":2}', true],
  ['an element that is an array', '{ $.a[*] = 1 }', '{"a":[[1]]}', false],
  ['a key with a dot', `{ $.['a.b'] = 1 }`, '{"a.b":1}', true],
  ['and before or', '{ $.a = 1 || $.b = 2 && $.c = 3 }', '{"a":1}', true],
  ['parentheses before and', '{ ($.a = 1 || $.b = 2) && $.c = 3 }', '{"a":1}', false],
  ['the last of two equal keys', '{ $.a = 2 }', '{"a":1,"a":2}', true],
  ['an array at the top', '{ $.a NOT EXISTS }', '[]', false],
  ['text after the JSON', '{ $.a NOT EXISTS }', '{} tail', false],
  ['broken JSON', '{ $.a NOT EXISTS }', '{"a":', false],
])('%s: %s against %s', (_, pattern, message, isMatch) => {
  expect(matches(pattern, message)).toBe(isMatch);
});

test.each([
  ['{ $.v EXISTS }', 'Invalid filter pattern', 7],
  ['{ $.v == 1 }', 'Invalid filter pattern', 7],
  ['{ $.v = null }', 'Invalid filter pattern', 9],
  ['{ $.v > 0 AND $.v < 2 }', 'Invalid filter pattern', 11],
  ['{ $.v = 1', 'Invalid filter pattern', 10],
  ['{ $.v = 1 } x', 'Invalid filter pattern', 13],
  ['{}', 'Invalid filter pattern', 2],
  ['{ $.v IS NOT NULL }', "Invalid character(s) in term 'NOT'", 10],
  ['{ !($.v = 1) }', "Invalid character(s) in term '!('", 3],
  ['{ $.v > "Alpha" }', `Invalid character(s) in term '"Alpha"'`, 9],
  ['{ $..v = "x" }', "Invalid character(s) in term '$..'", 3],
  ['{ $.a[-1] = 1 }', "Invalid character(s) in term '[-'", 6],
  ['{ $.a[0:2] = 1 }', "Invalid character(s) in term '[0:'", 6],
  [
    '{ $.a[*].* = 1 }',
    'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.',
    3,
  ],
  [
    '{ $.a.* = 1 && $.b.* = 1 && $.c.* = 1 && $.d.* = 1 }',
    'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.',
    1,
  ],
])('%s is refused', (pattern, serviceMessage, column) => {
  expect(() => compileFilterPattern(pattern)).toThrow(expect.objectContaining({ serviceMessage, column }));
});
