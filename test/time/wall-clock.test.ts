import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createLateClock, createWallClock } from '../../src/time/wall-clock.js';

test.each([
  ['2026-11-20T15:04:05.123Z', 'UTC', '2026-11-20', '15:04:05.123', 0, 'UTC'],
  ['2026-11-20T23:30:00.007Z', 'Europe/Berlin', '2026-11-21', '00:30:00.007', 60, 'CET, UTC+1'],
  ['2026-07-01T12:00:00.000Z', 'Europe/Berlin', '2026-07-01', '14:00:00.000', 120, 'CEST, UTC+2'],
  ['2026-07-01T02:00:00.000Z', 'America/New_York', '2026-06-30', '22:00:00.000', -240, 'EDT, UTC-4'],
  ['2026-11-20T18:30:00.000Z', 'Asia/Kolkata', '2026-11-21', '00:00:00.000', 330, 'UTC+5:30'],
  ['2026-11-20T18:30:00.000Z', '-09:30', '2026-11-20', '09:00:00.000', -570, 'UTC-9:30'],
  ['2026-01-01T00:00:00.000Z', 'Australia/Lord_Howe', '2026-01-01', '11:00:00.000', 660, 'UTC+11'],
  ['1970-01-01T00:00:00.000Z', 'America/New_York', '1969-12-31', '19:00:00.000', -300, 'EST, UTC-5'],
  ['2026-01-01T00:00:00.000Z', 'Europe/London', '2026-01-01', '00:00:00.000', 0, 'GMT'],
  ['1970-06-01T00:00:00.000Z', 'Africa/Monrovia', '1970-05-31', '23:15:30.000', -44.5, 'UTC-0:44'],
])('%s in %s', (iso, zone, date, time, offset, label) => {
  const clock = createWallClock(zone);
  const epochMs = Date.parse(iso);
  expect(clock.date(epochMs)).toBe(date);
  expect(clock.time(epochMs)).toBe(time);
  expect(clock.offsetMinutes(epochMs)).toBe(offset);
  expect(clock.zoneLabel(epochMs)).toBe(label);
});

describe('across a change of the clocks, in either direction', () => {
  const steps = [
    ['2026-10-25T00:59:59.999Z', '02:59:59.999', 'CEST, UTC+2'],
    ['2026-10-25T01:00:00.000Z', '02:00:00.000', 'CET, UTC+1'],
    ['2027-03-28T00:59:59.999Z', '01:59:59.999', 'CET, UTC+1'],
    ['2027-03-28T01:00:00.000Z', '03:00:00.000', 'CEST, UTC+2'],
  ] as const;

  test.each([
    ['forwards', steps],
    ['backwards', steps.toReversed()],
  ])('%s', (_, order) => {
    const clock = createWallClock('Europe/Berlin');
    const seen = order.map(([iso]) => [iso, clock.time(Date.parse(iso)), clock.zoneLabel(Date.parse(iso))]);
    expect(seen).toEqual(order);
  });
});

test('prints what the calendar library prints, for times in any order', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    '+05:45',
  );
  const times = fc.array(fc.integer({ min: 0, max: Date.UTC(2060, 0) }), { minLength: 1, maxLength: 8 });
  const check = (zone: string, list: number[]): void => {
    const clock = createWallClock(zone);
    for (const epochMs of list) {
      const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDateTime();
      const printed = `${clock.date(epochMs)}T${clock.time(epochMs)}`;
      expect(printed).toBe(local.toString({ fractionalSecondDigits: 3 }));
    }
  };
  fc.assert(fc.property(zones, times, check), { numRuns: 100 });
});

test('a late clock asks for its zone when a time is first printed, and prints what the other does', () => {
  let asked = 0;
  const late = createLateClock({
    get zone() {
      asked += 1;
      return 'Asia/Kolkata';
    },
  });
  expect(asked).toBe(0);
  const noonMs = Date.UTC(2026, 10, 20, 12);
  const printed = [late.date(noonMs), late.time(noonMs), late.offsetMinutes(noonMs), late.zoneLabel(noonMs)];
  expect(printed).toEqual(['2026-11-20', '17:30:00.000', 330, 'UTC+5:30']);
  expect(asked).toBe(1);
});
