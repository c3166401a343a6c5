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
  ['one of two optional words', '?WARN ?ERROR', 'ERROR', true],
  ['none of two optional words', '?WARN ?ERROR', 'INFO', false],
  ['optional words beside a plain one, which are ignored', '?WARN ?ERROR disk', 'disk', true],
  ['optional words beside an excluded one, which are ignored', '?WARN -disk', 'INFO', true],
  ['an excluded word alone', '-disk', 'full', true],
  ['an excluded word that is there', 'full -disk', 'full disk', false],
  ['an excluded phrase', '-"disk full"', 'disk full', false],
  ['an optional phrase', '?"disk full"', 'disk full', true],
  ['words on two lines', 'a\nb', 'b a', true],
  ['brackets in quotes', '"[x]"', 'y [x]', true],
])('%s', (_, pattern, message, isMatch) => {
  expect(compileFilterPattern(pattern)(message)).toBe(isMatch);
});

test.each([
  ['ERR*', '*', 4],
  ['"ERROR', '"ERROR', 1],
  ['a -"b', '"b', 4],
  ['job-42', '-', 4],
  ['a ?', '?', 3],
  ['a"b"', '"', 2],
  ['"a"b', 'b', 4],
  ['café', 'é', 4],
])('%s has characters that must be quoted', (pattern, characters, column) => {
  const serviceMessage = `Invalid character(s) in term '${characters}'`;
  expect(() => compileFilterPattern(pattern)).toThrow(expect.objectContaining({ serviceMessage, column }));
});
