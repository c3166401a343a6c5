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
  ['the 31st of February, which Date would take for 3 March', '2026-02-31T10:00:07Z', undefined],
  ['the 29th of February of a year without one', '2026-02-29T10:00:07+02:00', undefined],
  ['the 29th of February of a leap year', '2028-02-29T10:00:07Z', Date.UTC(2028, 1, 29, 10, 0, 7)],
  ['a month that is none', '2026-13-01T10:00:07Z', undefined],
  ['a date alone', '2026-11-05', undefined],
  ['no date', new Date(Number.NaN), undefined],
  ['zero', 0, undefined],
  ['nothing', undefined, undefined],
])('the time of an entry: %s', (_, time, expected) => {
  expect(toEntryMs(time)).toBe(expected);
});
