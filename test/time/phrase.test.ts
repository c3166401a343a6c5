import { describe, expect, test } from 'vitest';
import { read, refusalOf } from './read.js';

test.each([
  ['today', '2026-11-20', '2026-11-21'],
  ['yesterday', '2026-11-19', '2026-11-20'],
  ['Yesterday', '2026-11-19', '2026-11-20'],
  ['tomorrow', '2026-11-21', '2026-11-22'],
  ['the day before yesterday', '2026-11-18', '2026-11-19'],
  ['friday', '2026-11-20', '2026-11-21'],
  ['monday', '2026-11-16', '2026-11-17'],
  ['sat', '2026-11-14', '2026-11-15'],
  ['on monday', '2026-11-16', '2026-11-17'],
  ['last friday', '2026-11-13', '2026-11-14'],
  ['last monday', '2026-11-16', '2026-11-17'],
  ['next monday', '2026-11-23', '2026-11-24'],
  ['Nov 19', '2026-11-19', '2026-11-20'],
  ['Nov 25', '2025-11-25', '2025-11-26'],
  ['12 march', '2026-03-12', '2026-03-13'],
  ['mon nov 16', '2026-11-16', '2026-11-17'],
  ['saturday 21 nov', '2026-11-21', '2026-11-22'],
  ['10 may 2024', '2024-05-10', '2024-05-11'],
  ['5 dec 2015', '2015-12-05', '2015-12-06'],
  ['Nov 19th, 2026', '2026-11-19', '2026-11-20'],
  ['march', '2026-03-01', '2026-04-01'],
  ['december', '2025-12-01', '2026-01-01'],
  ['nov 2026', '2026-11-01', '2026-12-01'],
])('"%s" begins at its 00:00 and ends at the next', (text, start, end) => {
  expect(read(text)).toBe(`${start}T00:00:00.000Z`);
  expect(read(text, { role: 'end' })).toBe(`${end}T00:00:00.000Z`);
});

test.each([
  ['yesterday 3pm', '2026-11-19T15:00:00.000Z'],
  ['yesterday at 3pm', '2026-11-19T15:00:00.000Z'],
  ['10:00 yesterday', '2026-11-19T10:00:00.000Z'],
  ['yesterday 10:00:00.5', '2026-11-19T10:00:00.500Z'],
  ['yesterday 10:00:00,250', '2026-11-19T10:00:00.250Z'],
  ['last friday 14:00', '2026-11-13T14:00:00.000Z'],
  ['friday 14:00', '2026-11-20T14:00:00.000Z'],
  ['friday 16:00', '2026-11-13T16:00:00.000Z'],
  ['monday 14:00', '2026-11-16T14:00:00.000Z'],
  ['2 days ago 3pm', '2026-11-18T15:00:00.000Z'],
  ['2 days ago midnight', '2026-11-18T00:00:00.000Z'],
  ['yesterday at 5', '2026-11-19T05:00:00.000Z'],
  ['midday', '2026-11-20T12:00:00.000Z'],
  ['noon', '2026-11-20T12:00:00.000Z'],
  ['midnight', '2026-11-20T00:00:00.000Z'],
  ['friday midnight', '2026-11-20T00:00:00.000Z'],
  ['3pm', '2026-11-20T15:00:00.000Z'],
  ['5pm', '2026-11-19T17:00:00.000Z'],
  ['12am', '2026-11-20T00:00:00.000Z'],
  ['this morning', '2026-11-20T06:00:00.000Z'],
  ['this evening', '2026-11-20T20:00:00.000Z'],
  ['evening', '2026-11-19T20:00:00.000Z'],
  ['yesterday evening', '2026-11-19T20:00:00.000Z'],
  ['monday morning', '2026-11-16T06:00:00.000Z'],
  ['nov 19 morning', '2026-11-19T06:00:00.000Z'],
  ['last night', '2026-11-20T00:00:00.000Z'],
  ['last night 2am', '2026-11-20T02:00:00.000Z'],
  ['last night 11pm', '2026-11-19T23:00:00.000Z'],
  ['tonight', '2026-11-20T22:00:00.000Z'],
  ['3pm EST', '2026-11-19T20:00:00.000Z'],
  ['yesterday 10:00 UTC', '2026-11-19T10:00:00.000Z'],
  ['yesterday 10:00Z', '2026-11-19T10:00:00.000Z'],
  ['yesterday 3pm Europe/Berlin', '2026-11-19T14:00:00.000Z'],
  ['Nov 19, 2026 3pm', '2026-11-19T15:00:00.000Z'],
  ['Thu, 19 Nov 2026 10:00:00 +0000', '2026-11-19T10:00:00.000Z'],
  ['Thu Nov 19 10:00:00 2026', '2026-11-19T10:00:00.000Z'],
  ['Sat Oct 11 17:13:46 UTC 2003', '2003-10-11T17:13:46.000Z'],
  ['Thu Jul 16 10:00:00 CEST 2026', '2026-07-16T08:00:00.000Z'],
])('"%s" is one moment, whichever end it is', (text, expected) => {
  expect(read(text)).toBe(expected);
  expect(read(text, { role: 'end' })).toBe(expected);
});

describe("the day is the zone's", () => {
  const evening = { nowMs: Date.parse('2026-11-20T20:30:00Z') };

  test.each([
    ['today', 'Asia/Tokyo', '2026-11-20T15:00:00.000Z'],
    ['yesterday 3pm', 'Asia/Tokyo', '2026-11-20T06:00:00.000Z'],
    ['yesterday 3pm', 'America/New_York', '2026-11-19T20:00:00.000Z'],
    ['yesterday 3pm UTC', 'Asia/Tokyo', '2026-11-19T15:00:00.000Z'],
    ['midnight', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
    ['saturday', 'Asia/Tokyo', '2026-11-20T15:00:00.000Z'],
    ['oct 24 12:00', 'Europe/Berlin', '2026-10-24T10:00:00.000Z'],
    ['oct 26 12:00', 'Europe/Berlin', '2026-10-26T11:00:00.000Z'],
  ])('"%s" in %s', (text, zone, expected) => {
    expect(read(text, { ...evening, zone })).toBe(expected);
  });
});

describe('early in the morning', () => {
  const early = { nowMs: Date.parse('2026-11-20T03:00:00Z') };

  test.each([
    ['last night', '2026-11-20T00:00:00.000Z'],
    ['last night 11pm', '2026-11-19T23:00:00.000Z'],
    ['midnight', '2026-11-20T00:00:00.000Z'],
    ['noon', '2026-11-19T12:00:00.000Z'],
    ['this morning', '2026-11-20T06:00:00.000Z'],
    ['friday 14:00', '2026-11-13T14:00:00.000Z'],
  ])('"%s"', (text, expected) => {
    expect(read(text, early)).toBe(expected);
  });
});

test('a leap day with no year is not moved to another day', () => {
  const leapYear = { nowMs: Date.parse('2028-02-10T00:00:00Z') };
  expect(read('feb 29', leapYear)).toBe('2028-02-29T00:00:00.000Z');
});

test.each([
  ['yesterday foo', '"foo" was not understood'],
  ['foo yesterday', '"foo" was not understood'],
  ['since yesterday', '"since" was not understood'],
  ['yesterday noon 3', '"3" was not understood'],
  ['today 25:00', '"25:00" was not understood'],
  ['yesterday 3pm Europe/Berln', '"Europe/Berln" was not understood'],
  ['between 2pm and 3pm', '"between" and "and" were not understood'],
  ['2 hours ago to 1 hour ago', 'is two times, not one; give the first as --start, the second as --end'],
  ['yesterday to today', 'is two times, not one'],
  ['yesterday 3pm-4pm', 'is two times, not one'],
  ['monday tuesday', 'is more than one time'],
  ['at midnight', '"at" was not understood'],
  ['friday yesterday', 'is not a time'],
  ['morning of nov 19', 'is not a time'],
  ['tue nov 16', 'is not a time'],
  ['friday 13', 'is not a time'],
  ['2 days ago 10', 'is not a time'],
  ['nov 31', 'is not a time'],
  ['nov 19 10', 'is not a time'],
  ['nov 99', 'is not a time'],
  ['mar 5 bc', 'is not a time'],
  ['5 minutes before yesterday', 'is not a time'],
  ['for 2 days', 'is not a time'],
  ['last night at 9', 'is not a time'],
  ['tonight at 3', 'is not a time'],
  ['3pm ET', 'is not a time'],
])('"%s" is refused: %s', (text, words) => {
  expect(refusalOf(() => read(text))).toContain(words);
});
