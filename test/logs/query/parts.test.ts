import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPart, timesOf, toPart } from '../../../src/logs/query/parts.js';

test.each([
  [1_000, 2_000, 1, 2],
  [1_001, 2_001, 1, 3],
  [1_999, 2_000, 1, 2],
  [1_500, 1_501, 1, 2],
])('from %i to %i ms is from second %i to %i', (startMs, endMs, fromS, toS) => {
  expect(toPart({ startMs, endMs })).toEqual({ fromS, toS });
});

test.each([
  [60, 60, 2],
  [100, 60, 3],
  [250, 100, 5],
  [1_000_000, 100, 10],
])('%i rows where one query gives %i make %i pieces of ten seconds', (rows, maxRows, count) => {
  expect(cutPart({ fromS: 0, toS: 10 }, rows, maxRows)).toHaveLength(count);
});

test('pieces cover the part without gap or overlap, each a second at least', () => {
  const numbers = [
    fc.nat(1_000_000),
    fc.integer({ min: 2, max: 100_000 }),
    fc.integer({ min: 1, max: 5_000 }),
  ] as const;
  fc.assert(
    fc.property(...numbers, (fromS, width, rows) => {
      const pieces = cutPart({ fromS, toS: fromS + width }, rows, 100);
      expect(pieces.length).toBeGreaterThanOrEqual(2);
      expect(pieces[0]?.fromS).toBe(fromS);
      expect(pieces.at(-1)?.toS).toBe(fromS + width);
      for (const [index, piece] of pieces.entries()) {
        expect(piece.toS).toBeGreaterThan(piece.fromS);
        if (index > 0) expect(pieces[index - 1]?.toS).toBe(piece.fromS);
      }
    }),
  );
});

test.each([
  ['a second is asked for beyond a part', { fromS: 3, toS: 5 }, { startTime: 3, endTime: 6 }],
  ['but not beyond the whole', { fromS: 3, toS: 9 }, { startTime: 3, endTime: 9 }],
  ['nor beyond a part of one second', { fromS: 3, toS: 4 }, { startTime: 3, endTime: 4 }],
])('%s', (_, part, times) => {
  expect(timesOf(part, { fromS: 0, toS: 9 })).toEqual(times);
});
