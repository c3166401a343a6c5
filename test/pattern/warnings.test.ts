import { expect, test } from 'vitest';
import { parseFilterPattern } from '../../src/pattern/parse-pattern.js';
import { warningsOf } from '../../src/pattern/warnings.js';

const warnings = (pattern: string) => warningsOf(parseFilterPattern(pattern));

test.each([
  ['?ERROR -timeout', /^terms with \? are ignored/],
  ['?a b', /^terms with \? are ignored/],
  ['disk AND full', /^AND is searched for as a word/],
  ['disk and full', /^and is searched for as a word/],
  ['disk or -full', /^or is searched for as a word/],
  ['" "', /^" " matches only messages that contain it; the empty pattern matches every message$/],
  ['{ $.a != x }', /^!= does not match a message without \$\.a, .*; write: \(\$\.a != x \|\| \$\.a NOT EXISTS\)$/],
  ['{ $.a != "x\\"*" && $.b = 1 }', /; write: \(\$\.a != "x\\"\*" \|\| \$\.a NOT EXISTS\)$/],
  ['{ $.a != 7 && $.a != %x% }', /; write: (\(\$\.a != (7|%x%) \|\| \$\.a NOT EXISTS\)( and |$)){2}/],
  ['{ $.a != * }', /; write: \(\$\.a != \* \|\| \$\.a NOT EXISTS\)$/],
  ['{ $.a = true }', /^\$\.a = true compares with the text "true", .*; that is: \$\.a IS TRUE$/],
  ['{ $.a = FALSE }', /^\$\.a = FALSE compares with the text "FALSE", .*; that is: \$\.a IS FALSE$/],
  ['{ $.a = * }', /^\$\.a = \* matches texts and numbers, not true, false, null, arrays or objects$/],
  ['{ $.a = x*y }', /^the \* inside "x\*y" stands for itself/],
  ['{ $.a[*].b = 1 && $.a[*].c = 2 }', /^the conditions on \$\.a\[\*\] need not be met by the same element/],
  ['{ $.z = 1 || ($.a.* > 1 && $.a.* < 3) }', /^the conditions on \$\.a\.\* need not be met by the same element/],
  ['[a, b > 5]', /^b takes the rest of the line/],
  ['[a = x*y, b]', /^the \* inside "x\*y" stands for itself/],
  ['[ERROR]', /^names without conditions match every message of as many words; .* "\[ERROR\]", in quotes$/],
  ['[]', /^without a condition this matches every message of one word or more$/],
  ['[...]', /^without a condition this matches every message$/],
])('%s is legal and surprising', (pattern, warning) => {
  expect(warnings(pattern)).toEqual([expect.stringMatching(warning)]);
});

test.each([
  '',
  'ERROR -timeout',
  '?ERROR ?WARN',
  '"AND"',
  'and disk full or',
  'disk "and" full',
  'disk not full',
  '%a% b',
  '{ $.a = "true" }',
  '{ $.a IS TRUE || $.a = true }',
  '{ $.a != x || $.a NOT EXISTS }',
  '{ $.a = "*" || $.a IS TRUE || $.a IS FALSE }',
  '{ $.a = x* && $.b >= 5 && $.c IS NULL }',
  '{ $.a[*].b = 1 || $.a[*].c = 2 }',
  '{ $.a[*].b = 1 && $.c[*].d = 2 }',
  '[a = x, b]',
  '[..., a > 5]',
])('%s is as it looks', (pattern) => {
  expect(warnings(pattern)).toEqual([]);
});

test('the same warning is given once', () => {
  expect(warnings('{ $.a != x && $.a != y }')).toHaveLength(1);
});
