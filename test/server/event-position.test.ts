import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePositions, parseEventId, toEventId } from '../../src/server/event-position.js';

const position = fc.record({
  timestamp: fc.integer({ min: 0, max: Date.UTC(2111, 0) }),
  batch: fc.record({ ingestionTime: fc.integer({ min: 0, max: Date.UTC(2111, 0) }), number: fc.nat() }),
  index: fc.integer({ min: 0, max: 4 * 10_000 }).map((places) => places / 4),
});

test('an id has 56 digits and leads back to its position', () => {
  fc.assert(
    fc.property(position, (each) => {
      expect(toEventId(each)).toMatch(/^\d{56}$/);
      expect(parseEventId(toEventId(each))).toEqual(each);
    }),
  );
});

test('ids sort like positions', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const [first, second] = [toEventId(a), toEventId(b)];
      expect(Math.sign(comparePositions(a, b))).toBe(first < second ? -1 : Number(first > second));
    }),
  );
});

test.each(['', '1', 'x'.repeat(56)])('%j was never an id', (text) => {
  expect(() => parseEventId(text)).toThrow('The specified nextToken is invalid.');
});
