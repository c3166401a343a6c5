import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizeOf, splitMessage } from '../../../src/logs/write/event-size.js';

test.each<[string, string, number, string[]]>([
  ['one part', 'abc', 3, ['abc']],
  ['one byte too many', 'abcd', 3, ['abc', 'd']],
  ['a letter of two bytes at the edge', 'abé', 3, ['ab', 'é']],
  ['a surrogate pair at the edge', 'abc😀d', 6, ['abc', '😀d']],
  ['an emoji of several signs, cut between them', '👩‍🚀', 8, ['👩‍'.slice(0, 3), '🚀']],
])('%s', (_, message, maxBytes, parts) => {
  expect(splitMessage(message, maxBytes)).toEqual(parts);
});

test('parts fit, are whole characters, and joined are the message', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.integer({ min: 4, max: 20 }), (message, maxBytes) => {
      const parts = splitMessage(message, maxBytes);
      expect(parts.join('')).toBe(message);
      for (const part of parts) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(maxBytes);
        expect(part).not.toMatch(/\p{Surrogate}/u);
      }
    }),
  );
});

test('300 kB of emoji are one event, counted in UTF-8', () => {
  expect(sizeOf('😀'.repeat(75_000))).toBe(300_026);
  expect(splitMessage('😀'.repeat(75_000))).toHaveLength(1);
});
