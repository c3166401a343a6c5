import { expect, test } from 'vitest';
import { parseDays } from '../../src/time/parse-time.js';
import { friday, read, refusalOf } from './read.js';

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
  ['0', 'is a number without a unit; leave the option out to begin with the oldest events'],
  ['1', 'write 1m or 1h, or all of it in quotes: "1 hour ago"'],
  ['30', 'is a number without a unit; write 30m or 30h, or all of it in quotes: "30 hours ago"'],
  ['1500', 'is not a time; write 15:00'],
  ['0900', 'write 09:00'],
  ['2026', 'write 20:26 or 2026-01'],
  ['1999', 'write 1999-01'],
  ['150405', 'write 15:04:05'],
  ['202610', 'write 20:26:10 or 2026-10'],
  ['170000000', 'epoch seconds have 10 digits, milliseconds 13; write 1795188645 or 2026-11-20T15:00'],
  ['202611201500', 'write 2026-11-20T15:00'],
  ['20261120150405', 'write 2026-11-20T15:04:05'],
  ['20260230150405', 'write 1795188645 or 2026-11-20T15:00'],
  ['20261120150405123', 'write 2026-11-20T15:04:05.123'],
  ['12345678901234567', 'write 1795188645 or 2026-11-20T15:00'],
  ['1700000000000000', 'write 1700000000000 (milliseconds)'],
  ['1700000000000000000', 'write 1700000000000 (milliseconds)'],
  ['9999', 'write 1795188645 or 2026-11-20T15:00'],
  ['9.5', 'write 1795188645 or 2026-11-20T15:00'],
  ['1700000000000.5', 'epoch seconds have 10 digits'],
  ['-1700000000', 'is not a time'],
  ['.', 'is not a time'],
  ['a.b', 'is not a time'],
  ['1.a', 'is not a time'],
])('%j is a number of neither kind: "%s"', (text, words) => {
  expect(refusalOf(() => read(text))).toContain(words);
});

test('a bare number for a whole day is no hour', () => {
  const on = (text: string) =>
    refusalOf(() => parseDays(text, { nowMs: Date.parse(friday), zone: 'UTC', flag: '--on' }));
  expect(on('5')).toBe('--on "5" is a number without a unit; write a day, such as 2026-11-20');
  expect(on('2026')).toBe('--on "2026" is not a time; write 2026-01 or a day, such as 2026-11-20');
});
