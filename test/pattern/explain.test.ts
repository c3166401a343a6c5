import { expect, test } from 'vitest';
import { explainPattern } from '../../src/pattern/explain.js';
import { parseFilterPattern } from '../../src/pattern/parse-pattern.js';

const explain = (pattern: string) => explainPattern(parseFilterPattern(pattern)).split('\n');
const note = 'upper and lower case are told apart; a text may stand inside a longer word';

test.each([
  ['', ['every message']],
  ['ERROR', ['messages that contain "ERROR"', note]],
  ['-ERROR', ['messages that do not contain "ERROR"', note]],
  ['?ERROR', ['messages that contain "ERROR"', note]],
  [
    'ERROR "disk full" -%a.b%',
    [
      'messages that contain "ERROR"',
      '  and contain "disk full"',
      '  and do not contain a match of the regular expression a.b',
      note,
    ],
  ],
  ['?WARN ?ERROR', ['messages that contain at least one of', '  - "WARN"', '  - "ERROR"', note]],
  ['?WARN -x', ['messages that do not contain "x"', 'the terms with ? change nothing here', note]],
])('terms: %s', (pattern, lines) => {
  expect(explain(pattern)).toEqual(lines);
});

test.each([
  ['$.a = x', '$.a is the text "x"'],
  ['$.a != x', '$.a is a text other than "x", or any number'],
  ['$.a = 7', '$.a is a number equal to 7, or the text "7"'],
  ['$.a != 7', '$.a is a number other than 7, or a text other than "7"'],
  ['$.a = "7"', '$.a is the text "7", or a number written 7'],
  ['$.a != "7"', '$.a is a text other than "7", or a number not written 7'],
  ['$.a = x*', '$.a is a text or number that begins with "x"'],
  ['$.a = "*x"', '$.a is a text or number that ends with "x"'],
  ['$.a = *x*', '$.a is a text or number that contains "x"'],
  ['$.a != *x*', '$.a is a text or number that does not contain "x"'],
  ['$.a = *', '$.a is any text or number'],
  ['$.a != *', '$.a is a text or number that * does not match: never'],
  ['$.a = %x+%', '$.a is a text or number that has a match of the regular expression x+'],
  ['$.a != %x+%', '$.a is a text or number that has no match of the regular expression x+'],
  ['$.a < 5', '$.a is a number less than 5'],
  ['$.a <= 5', '$.a is a number of at most 5'],
  ['$.a > 5', '$.a is a number greater than 5'],
  ['$.a >= 5', '$.a is a number of at least 5'],
  ['$.a IS TRUE', '$.a is true, not in quotes'],
  ['$.a IS FALSE', '$.a is false, not in quotes'],
  ['$.a IS NULL', '$.a is null, or an array that holds a null'],
  ['$.a NOT EXISTS', '$.a does not exist'],
  ['$.a[*].b = x', 'at least one $.a[*].b is the text "x"'],
  ['$.a.* NOT EXISTS', 'no $.a.* exists'],
])('a condition: %s', (condition, words) => {
  expect(explain(`{ ${condition} }`)).toEqual([`messages that are one JSON object in which ${words}`]);
});

test('conditions that are joined become a list, one level for each', () => {
  expect(explain('{ ($.a = x || $.b IS NULL && $.c > 1) && $.d NOT EXISTS }')).toEqual([
    'messages that are one JSON object in which all of these are true:',
    '  - at least one of these is true:',
    '    - $.a is the text "x"',
    '    - all of these are true:',
    '      - $.b is null, or an array that holds a null',
    '      - $.c is a number greater than 1',
    '  - $.d does not exist',
  ]);
});

test.each([
  ['[]', ['messages of 1 or more fields between white space ("…" and […] are one field each)']],
  ['[...]', ['every message']],
  [
    '[a, b]',
    [
      'messages of 2 or more fields between white space ("…" and […] are one field each; field 2 takes the rest of the line)',
    ],
  ],
  [
    '[ip = %^10%, ..., status = 4* || status != 500 && status > 1, bytes != x]',
    [
      'messages of 3 or more fields between white space ("…" and […] are one field each) in which',
      '  - field 1 (ip) has a match of the regular expression ^10',
      '  - at least one of these is true:',
      '    - field 2 from the end (status) begins with "4"',
      '    - all of these are true:',
      '      - field 2 from the end (status) is not a number equal to 500',
      '      - field 2 from the end (status) is a number greater than 1',
      '  - the last field (bytes) is not "x"',
    ],
  ],
  [
    '[a = *, b != *x*, ...]',
    [
      'messages of 2 or more fields between white space ("…" and […] are one field each) in which',
      '  - field 1 (a) is anything',
      '  - field 2 (b) does not contain "x"',
    ],
  ],
])('fields: %s', (pattern, lines) => {
  expect(explain(pattern)).toEqual(lines);
});

test('control characters of a pattern are escaped', () => {
  expect(explain('"a\u001b[2J"')[0]).toBe('messages that contain "a\\u001b[2J"');
});
