import { expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';
import { PatternError } from '../../src/pattern/pattern-error.js';

test.each(['', ' ', '\n'])('the blank pattern %j matches everything', (pattern) => {
  expect(compileFilterPattern(pattern)('anything')).toBe(true);
});

test('1,024 characters are a pattern and 1,025 are not', () => {
  expect(compileFilterPattern('x'.repeat(1_024))('y')).toBe(false);
  expect(() => compileFilterPattern('x'.repeat(1_025))).toThrow(PatternError);
});

test.each(['[a, b]', '%x%', '{ $.a = %x% }'])('%s is refused rather than misread', (pattern) => {
  expect(() => compileFilterPattern(pattern)).toThrow('not evaluated here');
});
