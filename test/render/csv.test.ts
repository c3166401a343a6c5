import { expect, test } from 'vitest';
import { csvCell } from '../../src/render/csv.js';

test.each([
  ['plain text', 'plain text'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['a\r', '"a\r"'],
])('%j is the cell %j', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});
