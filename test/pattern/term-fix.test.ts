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
