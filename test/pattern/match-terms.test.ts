import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';

test.each([
  ['a word inside another', 'ERROR', 'ERRORCODE 7', true],
  ['a word in another case', 'ERROR', 'an error', false],
  ['all words, in any order', 'disk full', 'full: the disk', true],
  ['not all words', 'disk full', 'full', false],
  ['a phrase', '"disk full"', 'the disk full of it', true],
  ['a phrase with another space', '"disk full"', 'disk  full', false],
  ['a quote inside a phrase', String.raw`"say \"hi\""`, 'say "hi" now', true],
  ['a backslash at the end of a phrase', String.raw`"C:\\"`, 'C:\\ is full', true],
  ['a backslash before a letter, which is itself', String.raw`"C:\temp"`, String.raw`in C:\temp`, true],
  ['letters of any script, in quotes', '"Zürich 東京"', 'from Zürich 東京 on', true],
  ['one of two optional words', '?WARN ?ERROR', 'ERROR', true],
  ['none of two optional words', '?WARN ?ERROR', 'INFO', false],
  ['one optional word alone', '?WARN', 'INFO', false],
  ['optional words beside a plain one, which are ignored', '?WARN ?ERROR disk', 'disk', true],
  ['optional words beside an excluded one, which are ignored', '?WARN -disk', 'INFO', true],
  ['an excluded word alone', '-disk', 'full', true],
  ['an excluded word that is there', 'full -disk', 'full disk', false],
  ['an excluded phrase', '-"disk full"', 'disk full', false],
  ['an excluded regular expression', 'disk -%full$%', 'disk full', false],
  ['an optional regular expression', '?%^a% ?%b$%', 'cab', true],
  ['words on two lines', 'a\nb', 'b a', true],
  ['brackets in quotes', '"[x]"', 'y [x]', true],
  ['braces in quotes', '"{ $.a }"', 'say { $.a }', true],
  ['a space in quotes, where there is one', '" "', 'a b', true],
  ['a space in quotes, where there is none', '" "', 'ab', false],
  ['the empty phrase', '""', 'x', true],
  ['AND, which is a word like any other', 'a AND b', 'a b', false],
])('%s', (_, pattern, message, isMatch) => {
  expect(compileFilterPattern(pattern)(message)).toBe(isMatch);
});

test('every text can be quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string(), (text, other) => {
      const matches = compileFilterPattern(`"${text.replace(/["\\]/g, '\\$&')}"`);
      expect(matches(`a${text}b`)).toBe(true);
      expect(matches(other)).toBe(other.includes(text));
    }),
  );
});
