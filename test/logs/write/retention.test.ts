import { expect, test } from 'vitest';
import { checkRetention, retentionDays } from '../../../src/logs/write/retention.js';

test('every number of days that the service knows passes', () => {
  expect(retentionDays.map((days) => checkRetention(days, '--retention'))).toEqual(retentionDays);
  expect(retentionDays).toHaveLength(22);
});

test.each<[number | string, string]>([
  [0, 'try 14, 30, 60, 90'],
  [31, 'try 14, 30, 60, 90'],
  [2, 'try 1, 3, 5'],
  [4_000, 'try 3288, 3653'],
  ['week', 'try 14, 30, 60, 90'],
])('%s is refused with what is near', (days, fix) => {
  expect(() => checkRetention(days, '--retention')).toThrow(fix);
});
