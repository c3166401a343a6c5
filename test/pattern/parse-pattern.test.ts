import { describe, expect, test } from 'vitest';
import { parseFilterPattern } from '../../src/pattern/parse-pattern.js';
import { PatternError } from '../../src/pattern/pattern-error.js';

const refusalOf = (pattern: string): PatternError => {
  try {
    parseFilterPattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`${pattern} is legal`);
};

describe('the words of the service', () => {
  test.each([
    ['ERR*', '*', 4],
    ['"ERROR', '"ERROR', 1],
    ['a -"b', '"b', 4],
    ['job-42', '-', 4],
    ['a.b', '.', 2],
    ['a ?', '?', 3],
    ['-', '-', 1],
    ['--x', '-', 2],
    ['a"b"', '"', 2],
    ['"a"b', 'b', 4],
    ['café', 'é', 4],
    ['a 😀', '😀', 3],
    ["'a b'", "'", 1],
    ['a\u00a0b', '\u00a0', 2],
    ['{ $.v IS NOT NULL }', 'NOT', 10],
    ['{ !($.v = 1) }', '!(', 3],
    ['{ "v": [1] }', ':', 6],
    ['{ $.v > "Alpha" }', '"Alpha"', 9],
    ['{ $.v > 1* }', '1*', 9],
    ['{ $.v > %1% }', '%1%', 9],
    ['{ $..v = "x" }', '$..', 5],
    ['{ $.a[-1] = 1 }', '[-', 7],
    ['{ $.a[0:2] = 1 }', '[0:', 8],
    ['{ $.a[0', '[0', 8],
    [`{ $.a['b] = 1 }`, `['b] = 1 }`, 16],
    ['{ $[0] = 1 }', '$[', 4],
    ['{ $v = 1 }', '$v', 4],
    ['{ $.a.b..c = 1 }', '..', 9],
    ['{ $.a = Zürich }', 'ü', 10],
    ['{ $.a = "x }', '"x }', 9],
    ['{ $.a = 1 & $.b = 2 }', '& ', 11],
    ['{ $.a = +x }', '+x', 9],
    ['[a.b]', 'a.b', 2],
  ])('%s has characters that mean nothing there', (pattern, characters, column) => {
    const serviceMessage = `Invalid character(s) in term '${characters}'`;
    expect(refusalOf(pattern)).toMatchObject({ serviceMessage, column });
  });

  test.each([
    ['{ $.v EXISTS }', 7],
    ['{ $.v == 1 }', 8],
    ['{ $.v = null }', 9],
    ['{ $.v != NULL }', 10],
    ['{ $.v > 0 AND $.v < 2 }', 11],
    ['{ $.v = 1', 10],
    ['{ $.v = 1 } x', 13],
    ['{ $.v = 1 } }', 13],
    ['{ ($.v = 1 }', 12],
    ['{ $.v }', 7],
    ['{ $.v IS }', 10],
    ['{ $.v NOT NULL }', 11],
    ['{ $.v = $.w }', 9],
    ['{ $.v > }', 9],
    ['{}', 2],
    ['{', 2],
    ['[', 2],
    ['[a', 3],
    ['[a b]', 4],
    ['[, a]', 2],
    ['[a = 1 && b = 2]', 11],
    ['[a = 1 && a]', 12],
    ['[(a = 1)]', 2],
    ['[a] b', 5],
  ])('%s is not a pattern', (pattern, column) => {
    expect(refusalOf(pattern)).toMatchObject({
      serviceMessage: 'Invalid filter pattern',
      metricFilterMessage: 'Invalid metric filter pattern',
      column,
    });
  });

  test.each([
    ['[..., status, ...]', "Duplicate field '...'", 15],
    ['[word, word]', "Duplicate field 'word'", 8],
    [
      '{ $.a[*].* = 1 }',
      'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.',
      3,
    ],
    [
      '{ $.a.* = 1 && $.b.* = 1 && ($.c.* = 1 || $.d.* = 1) }',
      'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.',
      43,
    ],
    [
      '{ $.v = %a% || $.v = %b% || $.v != %c% }',
      'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
      36,
    ],
    [
      '[a = %a% || a = %b%, b = %c%]',
      'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
      26,
    ],
    ['%a% %b% -%c%', 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.', 10],
  ])('%s is too much', (pattern, serviceMessage, column) => {
    const refusal = refusalOf(pattern);
    expect(refusal).toMatchObject({ serviceMessage, metricFilterMessage: serviceMessage, column });
  });
});

test.each([
  ['[A, a, ...]'],
  ['[404 = 404 || 404 = 405, ...]'],
  ['{ $.a = IS && $.b = EXISTS || $.c = TRUE }'],
  ['{$.a=-1&&$.b!=x*||$.c<1e+3}'],
  ['\n{\t$.a\nIS\rNULL }\n'],
])('%s is legal', (pattern) => {
  expect(() => parseFilterPattern(pattern)).not.toThrow();
});

test('1,024 characters are a pattern and 1,025 are not', () => {
  expect(() => parseFilterPattern('x'.repeat(1_024))).not.toThrow();
  expect(refusalOf('x'.repeat(1_025))).toMatchObject({ column: 1_025, expected: 'at most 1024 characters' });
});

describe('the usual way out', () => {
  test.each([
    ['job-42', 'quote it: "job-42"'],
    ['a=1&b=2', 'quote it: "a=1&b=2"'],
    ['foo(bar)', 'quote it: "foo(bar)"'],
    ['ERROR || timeout', 'write ?ERROR ?timeout for either'],
    ['ERROR | timeout', 'write ?ERROR ?timeout for either'],
    ['ERROR|WARN|"disk full"', 'write ?ERROR ?WARN ?"disk full" for either'],
    ['disk full || time-out', 'write ?"disk full" ?"time-out" for either'],
    [`'a b' || 'c'`, 'write ?"a b" ?c for either'],
    ['(ERROR || WARN)', 'write ?ERROR ?WARN for either'],
    [
      '(ERROR || WARN) && timeout',
      'alternatives beside other terms are written as a regular expression: %ERROR|WARN% timeout',
    ],
    ['ERROR && timeout', 'write ERROR timeout: terms side by side are all required'],
    ['ERROR & !"health check"', 'write ERROR -"health check": terms side by side are all required'],
    ['ERROR, WARN', 'write ?ERROR ?WARN for either, or "ERROR, WARN" for that text'],
    ['!ERROR', 'write -ERROR'],
    ['a !"b c"', 'write a -"b c"'],
    ['(ERROR)', 'write ERROR: there are no parentheses'],
    ['“disk full”', 'write straight quotes: "disk full"'],
    ['-‘disk full’', 'write straight quotes: -"disk full"'],
    ['$.status >= 500', 'conditions on fields stand in braces: { $.status >= 500 }'],
    ['$.a == 1 && $.b = 2 }', 'conditions on fields stand in braces: { $.a = 1 && $.b = 2 }'],
    ['status >= 500', 'quote it: "status >= 500"; for a field of JSON messages write { $.status >= 500 }'],
    ['level=error', 'quote it: "level=error"; for a field of JSON messages write { $.level = error }'],
    ['don’t', 'quote it: "don’t"'],
    ['-job-42 x', 'quote it: -"job-42"'],
    ['a user@example.com', 'quote it: "user@example.com"'],
    ['ERR*', 'leave the * out: a word is found inside longer ones too'],
    ["'disk full'", 'a text goes in double quotes, not in single ones'],
    ['"disk full', 'close the quote'],
    ['a"b"', 'put a space between two terms'],
    ['- x', 'write the word right behind the -, or quote the sign: "-"'],
    [
      '%^(ERROR|WARN)%',
      'there are no groups: write the alternatives out, as in %ERROR|WARN%, or \\x28 for the parenthesis itself',
    ],
    ['%f\\(%', 'write the character as \\x28'],
    ['%hello!%', 'write the character as \\x21'],
    ['%café%', 'only ASCII can stand in a regular expression; a . is any one character'],
    ['%abc', 'a % sign itself is written in quotes, as "%", or as \\x25 inside a regular expression'],
    ['%[abc%', 'check its brackets and repetitions'],
    ['%\\b%', 'behind a \\ comes a sign, one of d D s S w W, or x and two digits'],
    ['%.{999}.{999}.{999}%', 'ask for fewer repetitions in { }'],
    ['%a% %b% %c%', 'join them with |'],
    ['{ $.v == 1 }', 'write = once'],
    ['{ $.v => 1 }', 'write >='],
    ['{ $.v =< 1 }', 'write <='],
    ['{ $.v <> 1 }', 'write !='],
    ['{ $.v = null }', 'write IS NULL'],
    ['{ $.v EXISTS }', 'for a field that is there write = *, which any text or number matches'],
    ['{ $.v IS NOT NULL }', 'for a field that is not null write = *, which any text or number matches'],
    ['{ $.v > 0 AND $.v < 2 }', 'write && instead of AND'],
    ['{ $.v = 1 or $.v = 2 }', 'write || instead of or'],
    ['{ $.v = 1 & $.w = 2 }', 'write &&'],
    ['{ $.v = 1 | $.w = 2 }', 'write ||'],
    ['{', 'the shell cut it at its first space: put the whole pattern in single quotes'],
    ['[', 'the shell cut it at its first space: put the whole pattern in single quotes'],
    ['{ $.v = 1', 'close it with }'],
    ['{ $.v = 1)', 'leave this ) out, or open it before'],
    ['{ $.v = 1, $.w = 2 }', 'join two conditions by && or ||'],
    ['{ ($.v = 1 }', 'close the parenthesis with )'],
    ['{ ($.v = 1', 'close the parenthesis with )'],
    ['{ $.v = 1 } }', 'leave this } out'],
    ['{ $.v = 1 } && { $.w = 2 }', 'put all conditions into one pair of braces'],
    ['[a', 'close it with ]'],
    ['[ERROR] timeout', 'a text in brackets is written in quotes: "[ERROR]"'],
    ['{ $.v LIKE "%x%" }', 'a text that contains another is = "*text*", a regular expression = %text%'],
    ["{ $.v like '%x%' }", 'a text that contains another is = "*text*", a regular expression = %text%'],
    ['{ $.v NOT LIKE x }', 'a text that lacks another is != "*text*"'],
    ['{ $.v IN ("a", "b") }', 'write each value out: ($.v = a || $.v = b)'],
    ['{ $.v NOT IN ("a", "b") }', 'write each value out: $.v != a && $.v != b'],
    ['{ $.v BETWEEN 1 AND 9 }', 'write both limits out: $.v >= 1 && $.v <= 9'],
    ['{ $.v IS NOT TRUE }', 'write ($.v IS FALSE || $.v NOT EXISTS)'],
    ['{ $.v IS NOT EXISTS }', 'write NOT EXISTS without IS'],
    ['{ $.v IS error }', 'a text or a number is compared with ='],
    ['{ $.v = “x” }', 'write straight quotes: "'],
    ['{ !($.v = 1) }', 'there is no negation of a condition: write != or NOT EXISTS inside it'],
    ['{ NOT $.v = 1 }', 'there is no negation of a condition: write != or NOT EXISTS inside it'],
    ['{ $.v is null }', 'write IS in capitals'],
    ['{ $.v IS true }', 'write TRUE in capitals'],
    ["{ $.v = 'x' }", 'a text goes in double quotes, not in single ones'],
    ['{ $.v = user@x }', 'put the text in double quotes'],
    ['{ $.v = /path }', 'put the text in double quotes'],
    ['{ $.v = 10:30 }', 'put the text in double quotes'],
    ['{ $.v = disk full }', 'put a text of several words in double quotes'],
    ['{ $.v ~ x }', 'a text that contains another is = "*text*", a regular expression = %text%'],
    ['{ .v = x }', 'the shell took what began with $: put the whole pattern in single quotes'],
    ['{ = x }', 'the shell took what began with $: put the whole pattern in single quotes'],
    ['{ level = x }', 'a field is written $.level'],
    ['{ $level = x }', 'a field is written $.level'],
    ['{ "v": [1] }', 'a field is written $.name, and compared with ='],
    ['{ $..v = 1 }', 'there is no search at every depth: name each field on the way'],
    ['{ $.v[-1] = 1 }', 'elements are counted from [0] at the front; [*] is any of them'],
    ['{ $.v > "10" }', 'write the number without quotes'],
    ['{ $.v > x }', 'only numbers have an order; a text is compared with = or !='],
    ['[a b]', 'put a comma between two fields, and a text of several words in double quotes'],
  ])('%s', (pattern, fix) => {
    expect(refusalOf(pattern).fix).toBe(fix);
  });

  test.each(['[a, a]', '{ $.a = 1 } x', '{ $.a.* = 1 && $.a.* = 1 && $.a.* = 1 && $.a.* = 1 }'])(
    '%s has none',
    (pattern) => {
      expect(refusalOf(pattern).fix).toBeUndefined();
    },
  );
});

test('a refusal says in one line what was expected, where, and what to do', () => {
  expect(refusalOf('{ $.v == 1 }').message).toBe('expected a value at column 8; write = once');
  expect(refusalOf('{ $.v').message).toBe('expected =, !=, <, <=, >, >=, IS or NOT EXISTS at column 6');
});
