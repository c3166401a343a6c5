import { describe, expect, test } from 'vitest';
import { read } from './read.js';

describe('a wall time that exists twice is the earlier as a start, the later as an end', () => {
  test.each([
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ['nov 1 1:30am', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
  ])('%s in %s', (text, zone, start, end) => {
    expect(read(text, { zone })).toBe(start);
    expect(read(text, { zone, role: 'instant' })).toBe(start);
    expect(read(text, { zone, role: 'end' })).toBe(end);
  });
});

describe('a wall time that does not exist moves forward', () => {
  test.each([
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(read(text, { zone })).toBe(expected);
    expect(read(text, { zone, role: 'end' })).toBe(expected);
  });
});

describe('a day lasts from its midnight to the next, however long it is', () => {
  test.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    // The clocks went from 24:00 to 01:00: the day began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
  ])('%s in %s', (text, zone, start, end) => {
    expect(read(text, { zone })).toBe(start);
    expect(read(text, { zone, role: 'end' })).toBe(end);
  });
});
