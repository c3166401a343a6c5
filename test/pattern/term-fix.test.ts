import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilterPattern } from '../../src/pattern/parse-pattern.js';
import { termFix } from '../../src/pattern/term-fix.js';

test.each([
  'ERROR || timeout',
  'ERROR|x',
  '"a || b" || c',
  `it's || 'so so'`,
  'a && "b c" && !d',
  'time-out && x',
  'ERROR, WARN',
  '"a, b","c"',
  '(ERROR)',
  '(a || b)',
  '!a',
  'b !"a c"',
  '“a b” -‘c’',
])('what is to be written instead of %s is a pattern', (pattern) => {
  const [, written = ''] =
    /^write (?:straight quotes: )?(.*?)(?:: t\S+ .*| for either.*)?$/.exec(termFix(pattern, 0)) ?? [];
  expect(written).not.toBe('');
  expect(parseFilterPattern(written).kind).toBe('terms');
});

test('there is a fix for every place of every text', () => {
  const signs = fc.string({ unit: fc.constantFrom(...`ab "'|&,()!-?%$.={}“”‘’\\`), maxLength: 16, minLength: 1 });
  fc.assert(
    fc.property(signs, fc.nat(15), (pattern, index) => {
      expect(termFix(pattern, Math.min(index, pattern.length - 1))).toMatch(/\w/);
    }),
  );
});

test.each([
  ['err.*', 'as a regular expression it is %err.*%; quote it for that text: "err.*"'],
  ['/err.*x/i', 'as a regular expression it is %err.*x%; quote it for that text: "/err.*x/i"'],
  ['level:error', 'quote it: "level:error"; for a field of JSON messages write { $.level = error }'],
  ['status:>=500', 'quote it: "status:>=500"; for a field of JSON messages write { $.status >= 500 }'],
  ['.a.b == "x"', 'quote it: ".a.b == \\"x\\""; for a field of JSON messages write { $.a.b = "x" }'],
])('%s, as another language has it', (pattern, fix) => {
  expect(termFix(pattern, 0)).toBe(fix);
});
