import { expect, test } from 'vitest';
import { type RangeFlags, toRange } from '../../src/time/range.js';
import { friday, refusalOf } from './read.js';

const clock = { nowMs: Date.parse(friday), zone: 'UTC' };

test.each<[RangeFlags, string | undefined, string]>([
  [{}, undefined, friday],
  [{ start: undefined, end: undefined }, undefined, friday],
  [{ start: '15m' }, '2026-11-20T15:15:45.123Z', friday],
  [{ start: '2h', end: '1h' }, '2026-11-20T13:30:45.123Z', '2026-11-20T14:30:45.123Z'],
  [{ end: 'yesterday' }, undefined, '2026-11-20T00:00:00.000Z'],
  [{ start: 'yesterday', end: 'yesterday' }, '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'],
  [{ start: 'today', end: 'today' }, '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
  [{ start: '1h', end: '+1h' }, '2026-11-20T14:30:45.123Z', '2026-11-20T16:30:45.123Z'],
  [{ on: 'yesterday' }, '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'],
  [{ on: '2026-10' }, '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  [{ on: 'today' }, '2026-11-20T00:00:00.000Z', friday],
  [{ on: '2026-11' }, '2026-11-01T00:00:00.000Z', friday],
  [{ around: '14:00' }, '2026-11-20T13:59:00.000Z', '2026-11-20T14:01:00.000Z'],
  [{ around: '14:00', window: '10s' }, '2026-11-20T13:59:50.000Z', '2026-11-20T14:00:10.000Z'],
  [{ around: 'now', window: '1h' }, '2026-11-20T14:30:45.123Z', '2026-11-20T16:30:45.123Z'],
  [{ around: '1970-01-01T00:00:10Z' }, '1970-01-01T00:00:00.000Z', '1970-01-01T00:01:10.000Z'],
])('%j', (flags, start, end) => {
  const range = { startMs: start === undefined ? undefined : Date.parse(start), endMs: Date.parse(end) };
  expect(toRange(flags, clock)).toEqual(range);
});

test('a day that has just begun has room for what comes in its first millisecond', () => {
  const nowMs = Date.parse('2026-11-20T00:00Z');
  expect(toRange({ on: 'today' }, { nowMs, zone: 'UTC' })).toEqual({ startMs: nowMs, endMs: nowMs + 1 });
});

test('a day that is not over ends now in any zone', () => {
  const zone = 'Pacific/Auckland';
  const startMs = Date.parse('2026-11-20T11:00Z');
  expect(toRange({ on: 'today' }, { ...clock, zone })).toEqual({ startMs, endMs: clock.nowMs });
});

test('an hour that exists twice is within the range that names it at both ends', () => {
  const flags = { start: '2026-10-25 02:00', end: '2026-10-25 02:59' };
  const range = { startMs: Date.parse('2026-10-25T00:00Z'), endMs: Date.parse('2026-10-25T01:59Z') };
  expect(toRange(flags, { ...clock, zone: 'Europe/Berlin' })).toEqual(range);
});

test.each<[RangeFlags, string]>([
  [{ on: 'today', start: '2h' }, '--on "today" excludes --start; give one of them'],
  [{ on: 'today', end: '2h' }, '--on "today" excludes --end'],
  [{ on: 'today', around: '14:00' }, '--on "today" excludes --around'],
  [{ around: '14:00', start: '2h' }, '--around "14:00" excludes --start'],
  [{ around: '14:00', end: '2h' }, '--around "14:00" excludes --end'],
  [{ window: '5m' }, '--window "5m" needs --around; add --around <time>'],
  [{ on: 'today', window: '5m' }, '--window "5m" needs --around'],
  [{ around: '14:00', window: 'wide' }, '--window "wide" is not a duration'],
  [{ around: 'soon' }, '--around "soon" is not a time'],
  [{ on: 'yesterday 3pm' }, '--on "yesterday 3pm" is not a whole day or month'],
  [{ start: 'soon' }, '--start "soon" is not a time'],
  [{ end: 'soon' }, '--end "soon" is not a time'],
  [{ start: '+2h' }, '--start "+2h" is in the future: 2026-11-20 17:30:45.123 UTC; give a time that has passed'],
  [{ start: 'tomorrow', end: '+48h' }, '--start "tomorrow" is in the future: 2026-11-21 00:00:00 UTC'],
  [{ on: 'tomorrow' }, '--on "tomorrow" is in the future'],
  [{ around: '+2h' }, '--around "+2h" is in the future'],
  [
    { start: '1h', end: '2h' },
    '--start "1h" (2026-11-20 14:30:45.123 UTC) is not before --end "2h" (2026-11-20 13:30:45.123 UTC); did you mean --start 2h --end 1h?',
  ],
  [{ start: 'now' }, 'is not before now (2026-11-20 15:30:45.123 UTC)'],
  [{ start: '14:00', end: '16:00' }, 'is not before --end "16:00" (2026-11-19 16:00:00 UTC); give a --start'],
])('%j is refused: "%s"', (flags, message) => {
  expect(refusalOf(() => toRange(flags, clock))).toContain(message);
});

test('how times were read is shown in the zone', () => {
  const berlin = { ...clock, zone: 'Europe/Berlin' };
  const message = refusalOf(() => toRange({ start: '2026-07-02', end: '2026-07-01T10:00' }, berlin));
  expect(message).toContain(
    '(2026-07-02 00:00:00 CEST, UTC+2) is not before --end "2026-07-01T10:00" (2026-07-01 10:00:00',
  );
});
