import { expect, test } from 'vitest';
import { renderPointer } from '../../src/pattern/pointer.js';

const point = (pattern: string, column: number) => renderPointer(pattern, column).split('\n');

test.each([
  ['a column', '{ $.a == 1 }', 8, ['{ $.a == 1 }', '       ^']],
  ['the first column', '*x', 1, ['*x', '^']],
  ['the end', '{ $.a', 6, ['{ $.a', '     ^']],
  ['a column behind a tab', 'a\tb*', 4, ['a\\u0009b*', '        ^']],
  ['a control character', 'a\u001bb', 2, ['a\\u001bb', ' ^']],
  ['a column behind wide characters', '"東京"*', 5, ['"東京"*', '      ^']],
  ['a column behind an emoji', '"👩‍💻"*', 8, ['"👩‍💻"*', '    ^']],
  ['a column behind a combining accent', 'e\u0301*', 3, ['e\u0301*', ' ^']],
  ['an empty pattern', '', 1, ['', '^']],
])('%s', (_, pattern, column, lines) => {
  expect(point(pattern, column)).toEqual(lines);
});

test.each([1, 30, 100, 500, 971, 1_000, 1_001])('column %i of a long pattern is on a line of 76', (column) => {
  const pattern = Array.from({ length: 1_000 }, (_, index) => String.fromCharCode(0x61 + (index % 26))).join('');
  const [line = '', caret = ''] = point(pattern, column);
  expect(line.length).toBeLessThanOrEqual(76);
  expect(line.charAt(caret.length - 1)).toBe(pattern.charAt(column - 1));
  expect(pattern).toContain(line.replaceAll('…', ''));
});
