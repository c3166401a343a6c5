import { expect, test } from 'vitest';
import { read, refusalOf } from './read.js';

test.each([
  ['last week', 'for the calendar week --start 2026-11-09 --end 2026-11-16, else --start 7d'],
  ['this week', 'for the calendar week --start 2026-11-16 --end 2026-11-23, else --start 7d'],
  ['last month', 'for the calendar month --on 2026-10, else --start 30d'],
  ['This Month', 'for the calendar month --on 2026-11, else --start 30d'],
  ['last year', 'for the calendar year --start 2025-01-01 --end 2026-01-01, else --start 365d'],
  ['last day', 'for the calendar day --on 2026-11-19, else --start 24h'],
  ['last quarter', 'write --start 90d'],
  ['this hour', 'write 1h'],
  ['next hour', 'write +1h'],
  ['monday last week', 'names a period, not a moment ("last week")'],
  ['this week monday', 'names a period, not a moment ("this week")'],
  ['last weekend', '"weekend" is not understood; write the day: 2026-11-20'],
  ['beginning of today', '"beginning" is not understood'],
  ['end of october', '"end" is not understood'],
])('"%s" is refused: %s', (text, words) => {
  expect(refusalOf(() => read(text))).toContain(words);
});

test('the month before a 31st is the shorter one', () => {
  expect(refusalOf(() => read('last month', { nowMs: Date.parse('2026-03-31T12:00:00Z') }))).toContain('--on 2026-02');
});
