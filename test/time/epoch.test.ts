import { expect, test } from 'vitest';
import { read, refusalOf } from './read.js';

test.each([
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['1136171045', '2006-01-02T03:04:05.000Z'],
  ['1136171045.1', '2006-01-02T03:04:05.100Z'],
  ['1136171056.02', '2006-01-02T03:04:16.020Z'],
  ['1136171045.000000001', '2006-01-02T03:04:05.000Z'],
  ['1136171045.99999999999999', '2006-01-02T03:04:05.999Z'],
  ['1700000000000', '2023-11-14T22:13:20.000Z'],
  ['1700000000123', '2023-11-14T22:13:20.123Z'],
  [' 1700000000 ', '2023-11-14T22:13:20.000Z'],
])('%j is seconds by ten digits, milliseconds by thirteen', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['5', 'write 5m or 5h'],
  ['30', 'write 30m or 30h'],
  ['2026', 'write a month: 2026-01'],
  ['170000000', 'epoch seconds have 10 digits'],
  ['17000000000', 'milliseconds 13'],
  ['1700000000000000', 'write it in milliseconds: 1700000000000'],
  ['1700000000000000000', 'write it in milliseconds: 1700000000000'],
  ['9.5', 'write 1795188645 or an ISO date'],
  ['1700000000000.5', 'epoch seconds have 10 digits'],
  ['-1700000000', 'is not a time'],
  ['.', 'is not a time'],
  ['a.b', 'is not a time'],
  ['1.a', 'is not a time'],
])('%j is a number of neither kind: "%s"', (text, words) => {
  expect(refusalOf(() => read(text))).toContain(words);
});
