import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/time/duration.js';
import { read, refusalOf } from './read.js';

describe('a length of time as a time', () => {
  test.each([
    ['15m', '2026-11-20T15:15:45.123Z'],
    ['2h', '2026-11-20T13:30:45.123Z'],
    ['1d', '2026-11-19T15:30:45.123Z'],
    ['1w', '2026-11-13T15:30:45.123Z'],
    ['30s', '2026-11-20T15:30:15.123Z'],
    ['90s', '2026-11-20T15:29:15.123Z'],
    ['500ms', '2026-11-20T15:30:44.623Z'],
    ['0s', '2026-11-20T15:30:45.123Z'],
    ['1h30m', '2026-11-20T14:00:45.123Z'],
    ['1h 30m', '2026-11-20T14:00:45.123Z'],
    ['1d2h3m4s', '2026-11-19T13:27:41.123Z'],
    ['60 minutes', '2026-11-20T14:30:45.123Z'],
    ['1 minute', '2026-11-20T15:29:45.123Z'],
    ['5 minutes', '2026-11-20T15:25:45.123Z'],
    ['5 days', '2026-11-15T15:30:45.123Z'],
    ['2 Weeks', '2026-11-06T15:30:45.123Z'],
    ['1.5h', '2026-11-20T14:00:45.123Z'],
    ['-2h', '2026-11-20T13:30:45.123Z'],
    ['-15m', '2026-11-20T15:15:45.123Z'],
    ['-5m', '2026-11-20T15:25:45.123Z'],
    ['-1d', '2026-11-19T15:30:45.123Z'],
    ['PT2H', '2026-11-20T13:30:45.123Z'],
    ['P1DT2H', '2026-11-19T13:30:45.123Z'],
    ['P1W', '2026-11-13T15:30:45.123Z'],
    ['-PT1.5H', '2026-11-20T14:00:45.123Z'],
    ['P1M', '2026-10-20T15:30:45.123Z'],
  ])('%s lies before now', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['2h ago', '2026-11-20T13:30:45.123Z'],
    ['14h ago', '2026-11-20T01:30:45.123Z'],
    ['15m ago', '2026-11-20T15:15:45.123Z'],
    ['90s ago', '2026-11-20T15:29:15.123Z'],
    ['1h30m ago', '2026-11-20T14:00:45.123Z'],
    ['1.5h ago', '2026-11-20T14:00:45.123Z'],
    ['3d ago', '2026-11-17T15:30:45.123Z'],
    ['1hour ago', '2026-11-20T14:30:45.123Z'],
    ['5mins ago', '2026-11-20T15:25:45.123Z'],
    ['an hour ago', '2026-11-20T14:30:45.123Z'],
    ['half an hour ago', '2026-11-20T15:00:45.123Z'],
    ['2 Hours Ago', '2026-11-20T13:30:45.123Z'],
    ['two days ago', '2026-11-18T15:30:45.123Z'],
    ['1 hour and 30 minutes ago', '2026-11-20T14:00:45.123Z'],
    ['1 day, 2 hours ago', '2026-11-19T13:30:45.123Z'],
    ['5 months ago', '2026-06-20T15:30:45.123Z'],
    ['5 months', '2026-06-20T15:30:45.123Z'],
    ['a year ago', '2025-11-20T15:30:45.123Z'],
    ['past hour', '2026-11-20T14:30:45.123Z'],
    ['last hour', '2026-11-20T14:30:45.123Z'],
    ['last 15 minutes', '2026-11-20T15:15:45.123Z'],
    ['in the last 2 hours', '2026-11-20T13:30:45.123Z'],
    ['past 2 weeks', '2026-11-06T15:30:45.123Z'],
    ['past week', '2026-11-13T15:30:45.123Z'],
  ])('"%s" counts from the instant', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['+2h', '2026-11-20T17:30:45.123Z'],
    ['in 2 hours', '2026-11-20T17:30:45.123Z'],
    ['5 minutes from now', '2026-11-20T15:35:45.123Z'],
  ])('"%s" lies after now', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("a day is 24 hours across a change of the clocks, a month is the calendar's", () => {
    const options = { zone: 'Europe/Berlin', nowMs: Date.parse('2026-10-25T12:00:00Z') };
    expect(read('1d', options)).toBe('2026-10-24T12:00:00.000Z');
    expect(read('1 month ago', options)).toBe('2026-09-25T11:00:00.000Z');
  });

  test('a month before the 31st is the last day of a shorter one', () => {
    expect(read('1mo', { nowMs: Date.parse('2026-03-31T10:00:00Z') })).toBe('2026-02-28T10:00:00.000Z');
  });

  test.each([
    '1h30',
    '30m1h',
    '1h2h',
    '15M',
    '2x',
    'h',
    '-2h ago',
    '1.5 months',
    'P',
    'PT',
    'P-1D',
    'a few hours ago',
    '2h foo',
    '2hago',
    ', 2h',
  ])('%j is none', (text) => {
    expect(refusalOf(() => read(text))).toContain(`${JSON.stringify(text)} is not a time`);
  });

  test.each(['999999999h', `${'9'.repeat(80)}d`, '999999999999 years', '60y'])(
    '%s is farther back than 1970',
    (text) => {
      expect(refusalOf(() => read(text))).toContain('is before 1970');
    },
  );

  test.each(['+999999999h', '+999999999999 years'])('%s is farther ahead than the year 9999', (text) => {
    expect(refusalOf(() => read(text))).toContain('is after the year 9999');
  });
});

describe('a length of time by itself', () => {
  test.each([
    ['1m', 60_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['2 days', 172_800_000],
    ['PT2H', 7_200_000],
    ['250ms', 250],
    [' 1w ', 604_800_000],
  ])('%j', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  test.each([
    ['soon', '--window "soon" is not a duration; write a number and a unit'],
    ['', '--window "" is not a duration'],
    ['5', '--window "5" is not a duration'],
    ['-5m', '--window "-5m" is not a duration'],
    ['5m ago', '--window "5m ago" is not a duration'],
    ['0s', '--window "0s" is too short'],
    ['-PT1H', '--window "-PT1H" is not a duration'],
    ['1mo', '--window "1mo" has no fixed length'],
    ['99999999999999w', '--window "99999999999999w" is too long'],
  ])('%j is refused', (text, message) => {
    expect(refusalOf(() => parseDuration(text, '--window'))).toContain(message);
  });
});
