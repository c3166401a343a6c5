import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDateTime, createIsoTime, createSecondText, createTimeOfDay } from '../../src/render/timestamp.js';
import { baseMs, utcClock } from './fixtures.js';

test('an instant in the three forms', () => {
  expect(createDateTime(utcClock)(baseMs)).toBe('2026-11-20 15:04:05.123');
  expect(createTimeOfDay(utcClock)(baseMs)).toBe('15:04:05.123');
  expect(createIsoTime()(baseMs)).toBe('2026-11-20T15:04:05.123Z');
});

test('the epoch and the first milliseconds of a second keep their zeros', () => {
  const isoTime = createIsoTime();
  expect([0, 1, 10, 999, 1000].map(isoTime)).toEqual([
    '1970-01-01T00:00:00.000Z',
    '1970-01-01T00:00:00.001Z',
    '1970-01-01T00:00:00.010Z',
    '1970-01-01T00:00:00.999Z',
    '1970-01-01T00:00:01.000Z',
  ]);
});

test('times in any order read as Date writes them', () => {
  const anyMs = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 253_402_300_799_999 }));
  fc.assert(
    fc.property(fc.array(anyMs), (times) => {
      expect(times.map(createIsoTime())).toEqual(times.map((ms) => new Date(ms).toISOString()));
    }),
  );
});

test('neighbours in one second share one rendering', () => {
  const asked: number[] = [];
  const secondText = createSecondText((ms) => `second ${asked.push(ms)}`);
  expect([5000, 5999, 6000, 5000].map(secondText)).toEqual(['second 1', 'second 1', 'second 2', 'second 3']);
});
