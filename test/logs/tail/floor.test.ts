import { expect, test } from 'vitest';
import { isShown } from '../../../src/logs/tail/floor.js';
import { toArrival } from './simulation.js';

const { event: oldest } = toArrival(5, 1_000, 2_000);

test.each([
  ['after the oldest printed', toArrival(6, 1_001, 1_500).event, true],
  ['the oldest printed itself', oldest, true],
  ['of its millisecond, before it in order', toArrival(4, 1_000, 2_000).event, false],
  ['of its millisecond, after it in order', toArrival(6, 1_000, 2_000).event, true],
  ['earlier', toArrival(6, 999, 2_500).event, false],
  ['earlier, but ingested after the tail began', toArrival(6, 999, 3_001).event, true],
])('an event %s', (_, event, shown) => {
  expect(isShown(event, { startMs: 0, oldest, ingestedMs: 3_000 })).toBe(shown);
});

test('before a start that was asked for nothing is shown, however late it arrives', () => {
  const floor = { startMs: 1_000, ingestedMs: Number.POSITIVE_INFINITY };
  expect(isShown(toArrival(1, 999, 9_999).event, floor)).toBe(false);
  expect(isShown(toArrival(1, 1_000, 9_999).event, floor)).toBe(true);
});
