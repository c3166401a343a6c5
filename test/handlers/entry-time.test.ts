import { expect, test } from 'vitest';
import { toEntryMs } from '../../src/handlers/entry-time.js';

const atMs = Date.UTC(2026, 10, 5, 10, 0, 7, 123);

test.each<[string, unknown, number | undefined]>([
  ['milliseconds', atMs, atMs],
  ['microseconds as a part of them', atMs + 0.25, atMs],
  ['seconds, as pino.stdTimeFunctions.unixTime', Math.floor(atMs / 1_000), atMs - 123],
  ['pino.stdTimeFunctions.isoTime', '2026-11-05T10:00:07.123Z', atMs],
  ['nanoseconds', '2026-11-05T10:00:07.123456789Z', atMs],
  ['an offset', '2026-11-05T12:00:07.123+02:00', atMs],
  ['a date', new Date(atMs), atMs],
  ['day before month, which Date would take for 11 May', '05/11/2026 10:00:07', undefined],
  ['a wall clock without its zone', '2026-11-05 10:00:07', undefined],
  ['a date alone', '2026-11-05', undefined],
  ['no date', new Date(Number.NaN), undefined],
  ['zero', 0, undefined],
  ['nothing', undefined, undefined],
])('the time of an entry: %s', (_, time, expected) => {
  expect(toEntryMs(time)).toBe(expected);
});
