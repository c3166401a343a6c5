import { expect, test } from 'vitest';
import { renderRange } from '../../src/time/range-words.js';
import { friday } from './read.js';

const nowMs = Date.parse(friday);

test.each([
  [undefined, friday, 'the beginning → now (UTC)'],
  ['2026-11-20T14:00:00Z', friday, '14:00 → now (UTC)'],
  ['2026-11-20T15:15:45.123Z', friday, '15:15:45 → now (UTC)'],
  ['2026-11-20T14:00:05Z', friday, '14:00:05 → now (UTC)'],
  ['2026-11-17T14:00:00Z', friday, 'Tue 14:00 → now (UTC)'],
  ['2026-11-14T00:00:00Z', friday, 'Sat 00:00 → now (UTC)'],
  ['2026-11-13T14:00:00Z', friday, '2026-11-13 14:00 → now (UTC)'],
  ['2026-11-20T14:00:00Z', '2026-11-20T15:00:00Z', '14:00 → 15:00 (UTC)'],
  ['2026-11-17T14:00:00Z', '2026-11-17T16:00:00Z', 'Tue 14:00 → 16:00 (UTC)'],
  ['2026-11-17T14:00:00Z', '2026-11-20T15:00:00Z', 'Tue 14:00 → today 15:00 (UTC)'],
  ['2026-11-17T00:00:00Z', '2026-11-18T00:00:00Z', 'Tue 00:00 → Wed 00:00 (UTC)'],
  ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z', '2026-10-01 00:00 → 2026-10-02 00:00 (UTC)'],
  ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', '00:00 → 2026-11-21 00:00 (UTC)'],
  [undefined, '2026-11-20T15:00:00Z', 'the beginning → 15:00 (UTC)'],
])('%s to %s', (start, end, words) => {
  const range = { startMs: start === undefined ? undefined : Date.parse(start), endMs: Date.parse(end) };
  expect(renderRange(range, { nowMs, zone: 'UTC' })).toBe(words);
});

test("the day is the zone's", () => {
  const range = { startMs: Date.parse('2026-11-19T23:30:00Z'), endMs: nowMs };
  expect(renderRange(range, { nowMs, zone: 'Europe/Berlin' })).toBe('00:30 → now (CET, UTC+1)');
});

test('a range across a change of the clocks names both offsets', () => {
  const range = { startMs: Date.parse('2026-10-24T22:00:00Z'), endMs: Date.parse('2026-10-25T23:00:00Z') };
  const words = '2026-10-25 00:00 → 2026-10-26 00:00 (CEST, UTC+2 → CET, UTC+1)';
  expect(renderRange(range, { nowMs, zone: 'Europe/Berlin' })).toBe(words);
});
