import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeenIds, digestOf } from '../../../src/logs/tail/seen-ids.js';
import { toArrival } from './simulation.js';

const at = (index: number, timestamp: number) => toArrival(index, timestamp, timestamp).event;

test('an event is new once, and again after it was forgotten', () => {
  const seen = createSeenIds();
  expect([seen.add(at(1, 5_500)), seen.add(at(1, 5_500)), seen.add(at(2, 5_500))]).toEqual([true, false, true]);
  seen.forgetBefore(5_999);
  expect(seen.add(at(1, 5_500))).toBe(false);
  seen.forgetBefore(6_000);
  expect({ size: seen.size, again: seen.add(at(1, 5_500)) }).toEqual({ size: 0, again: true });
});

test('any events in any order are each new once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(5_000))), (entries) => {
      const seen = createSeenIds();
      const fresh = entries.filter(([index, timestamp]) => seen.add(at(index, timestamp)));
      const keys = new Set(entries.map(([index, timestamp]) => `${Math.floor(timestamp / 1_000)} ${index}`));
      expect(fresh).toHaveLength(keys.size);
    }),
  );
});

test.each([
  ['thick', 5_000, 0],
  ['a hundred a second', 100, 9_000],
  ['none', 0, 60_000],
])('how far back a thousand events reach where they come %s', (_, perSecond, reachMs) => {
  const seen = createSeenIds();
  for (let index = 0; index < perSecond * 20; index++)
    seen.add(at(index, 100_000 - Math.floor(index / perSecond) * 1_000));
  expect(seen.reachMs(100_500, 1_000)).toBe(reachMs);
});

test('ids that differ in one digit have different digests below 2^53', () => {
  const digests = new Set(Array.from({ length: 200_000 }, (_, index) => digestOf(String(index).padStart(56, '0'))));
  expect(digests.size).toBe(200_000);
  expect([...digests].every((digest) => Number.isSafeInteger(digest) && digest >= 0)).toBe(true);
});
