import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { parseDays, parseTime } from '../../src/time/parse-time.js';
import { createWallClock } from '../../src/time/wall-clock.js';
import { friday, read, refusalOf } from './read.js';

describe('what other CloudWatch Logs tools take, read at three in the night', () => {
  const night = { nowMs: Date.parse('2015-01-01T03:00:00Z') };
  const minute = ['1m', '1m ago', '1minute', '1minute ago', '1minutes', '1minutes ago'];
  const hour = ['1h', '1h ago', '1hour', '1hour ago', '1hours', '1hours ago'];
  const day = ['1d', '1d ago', '1day', '1day ago', '1days', '1days ago'];
  const week = ['1w', '1w ago', '1week', '1week ago', '1weeks', '1weeks ago'];

  test.each([
    ...minute.map((text) => [text, '2015-01-01T02:59:00.000Z']),
    ...hour.map((text) => [text, '2015-01-01T02:00:00.000Z']),
    ...day.map((text) => [text, '2014-12-31T03:00:00.000Z']),
    ...week.map((text) => [text, '2014-12-25T03:00:00.000Z']),
    ['2016-08-31T02:23:25.000Z', '2016-08-31T02:23:25.000Z'],
    ['2019-10-04T15:16:32.041+03:00', '2019-10-04T12:16:32.041Z'],
    ['2018-07-06T13:09:54', '2018-07-06T13:09:54.000Z'],
    ['1970-01-01T00:00:01.000000', '1970-01-01T00:00:01.000Z'],
    ['1970-01-01T00:00:01.000000-01:00', '1970-01-01T01:00:01.000Z'],
    ['2006-01-02T15:04:05', '2006-01-02T15:04:05.000Z'],
    ['2006-01-02Z', '2006-01-02T00:00:00.000Z'],
    ['now', '2015-01-01T03:00:00.000Z'],
  ])('%s', (text = '', expected = '') => {
    expect(read(text, night)).toBe(expected);
  });

  test.each([
    ['2s', 5000, 3000],
    ['1m', 120_000, 60_000],
    ['1h', 7_200_000, 3_600_000],
    ['1w', 691_200_000, 86_400_000],
  ])('%s at %d ms', (text, nowMs, expected) => {
    expect(parseTime(text, { nowMs, zone: 'UTC', role: 'start' })).toBe(expected);
  });
});

test.each([
  ['', '--start "" is empty; try 15m, "2h ago", "yesterday 3pm" or 2026-11-20T15:00'],
  [' \t ', '--start " \\t " is empty'],
  ['all', '--start "all" is not a time; leave the option out to begin with the oldest events'],
  ['?', '--start "?" is not a time; try 15m'],
  ['???', 'is not a time'],
  ['X', 'is not a time'],
  ['junk', 'is not a time'],
  ['second', 'is not a time'],
  ['y'.repeat(101), 'is too long to be a time'],
])('%j is refused with a form that works', (text, message) => {
  expect(refusalOf(() => read(text))).toContain(message);
});

test('without a flag the message begins with the text', () => {
  const options = { nowMs: Date.parse(friday), zone: 'UTC', role: 'start' } as const;
  expect(refusalOf(() => parseTime('soon', options))).toMatch(/^"soon" is not a time/);
});

describe('whole days', () => {
  const clock = { nowMs: Date.parse(friday), zone: 'UTC', flag: '--on' };

  test.each([
    ['yesterday', '2026-11-19', '2026-11-20'],
    ['2026-10', '2026-10-01', '2026-11-01'],
  ])('%s', (text, start, end) => {
    expect(parseDays(text, clock)).toEqual({ startMs: Date.parse(start), endMs: Date.parse(end) });
  });

  test.each(['yesterday 3pm', 'this morning', '7d', 'now', '2026-11-19T00:00', '1700000000'])('%s is none', (text) => {
    expect(refusalOf(() => parseDays(text, clock))).toContain(
      'is not a whole day or month; write yesterday, 2026-11-19',
    );
  });
});

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', '+09:30'];
const instants = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) });
// Hours around a change of the clocks in each of the zones that have one.
const changes = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-03-08T07:00Z',
      '2026-11-01T06:00Z',
      '2026-04-04T15:00Z',
    ),
    fc.integer({ min: -7_200_000, max: 7_200_000 }),
  )
  .map(([at, offsetMs]) => Date.parse(at) + offsetMs);
const runs = { numRuns: 300 };

describe('for all', () => {
  test('wall times we print, a start is at or before the instant and an end at or after it', () => {
    const check = (epochMs: number, zone: string): void => {
      const clock = createWallClock(zone);
      const text = `${clock.date(epochMs)} ${clock.time(epochMs)}`;
      const options = { nowMs: Date.parse(friday), zone };
      const startMs = parseTime(text, { ...options, role: 'start' });
      const endMs = parseTime(text, { ...options, role: 'end' });
      expect([startMs, endMs]).toContain(epochMs);
      expect(endMs - startMs).toBeLessThanOrEqual(3_600_000);
    };
    fc.assert(fc.property(fc.oneof(instants, changes), fc.constantFrom(...zones), check), runs);
  });

  test('instants in ISO form with Z or an offset, they are read back to the millisecond', () => {
    const check = (epochMs: number, zone: string): void => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
      const local = zoned.toString({ timeZoneName: 'never' });
      for (const text of [new Date(epochMs).toISOString(), local, local.replace('T', ' ')]) {
        expect(parseTime(text, { nowMs: 0, zone: 'Asia/Tokyo', role: 'end' })).toBe(epochMs);
      }
    };
    fc.assert(fc.property(fc.oneof(instants, changes), fc.constantFrom(...zones), check), runs);
  });

  const understood = fc.constantFrom(
    ...[
      'now',
      '1700000000',
      '15m',
      '2h ago',
      'last 15 minutes',
      'PT2H',
      '2026-11-19',
      '2026-11',
      '2026-11-19T10:00:00Z',
    ],
    ...[
      '20261119',
      '20/Nov/2026:10:00:00 +0000',
      '19/11/2026',
      '10:00',
      'yesterday',
      'yesterday 3pm',
      'last friday 14:00',
    ],
    ...['Nov 19', 'midnight', 'this morning', 'monday', '3pm EST'],
  );
  const nonsense = fc.constantFrom('foo', 'xyzzy', 'Q', '?', 'ago2', '99', 'und', 'pm!', '2026-', ';', '\u0000x');

  test('texts that are understood, one more word of nonsense makes them refused', () => {
    const check = (text: string, word: string): void => {
      expect(read(text)).toMatch(/Z$/);
      expect(refusalOf(() => read(`${text} ${word}`))).not.toContain('not refused');
      expect(refusalOf(() => read(`${word} ${text}`))).not.toContain('not refused');
    };
    fc.assert(fc.property(understood, nonsense, check), runs);
  });

  const words = [
    'yesterday',
    'last',
    'friday',
    '3pm',
    '10:00',
    'nov',
    '19',
    '2026-11-19',
    'T',
    'Z',
    '+02:00',
    'ago',
    '2h',
    '-',
  ];
  const likely = fc.array(
    fc.constantFrom(...words, ...['.5', 'night', 'P1D', ',', '999999999', 'EST', 'UTC-8', ':', 'week']),
    {
      maxLength: 5,
    },
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.tuple(likely, fc.constantFrom(' ', '')).map(([parts, separator]) => parts.join(separator)),
  );

  test('strings whatever, there is an instant from 1970 on or a refusal', () => {
    const check = (text: string, zone: string, role: 'start' | 'end'): void => {
      try {
        const epochMs = parseTime(text, { nowMs: Date.parse(friday), zone, role });
        expect(Number.isSafeInteger(epochMs) && epochMs >= 0).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    };
    const roles = fc.constantFrom('start' as const, 'end' as const);
    fc.assert(fc.property(texts, fc.constantFrom(...zones), roles, check), { numRuns: 1000 });
  });
});
