import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cutBatches,
  maxBatchEvents,
  maxBatchSpanMs,
  toBatch,
  type WriteEvent,
} from '../../../src/logs/write/batches.js';
import { maxBatchBytes, sizeOf } from '../../../src/logs/write/event-size.js';

const dayMs = 86_400_000;
const at = (timestamp: number, message = 'x'): WriteEvent => ({ timestamp, message });
const times = (...each: number[]): WriteEvent[] => each.map((timestamp) => at(timestamp));
const many = (count: number, timestampOf: (index: number) => number): WriteEvent[] =>
  Array.from({ length: count }, (_, index) => at(timestampOf(index), String(index)));

/** How many events each batch has, and the rest. */
function counts(events: readonly WriteEvent[]): [batches: number[], rest: number] {
  const { batches, rest } = cutBatches(events);
  return [batches.map((batch) => batch.events.length), rest.length];
}

test.each<[string, WriteEvent[], [number[], number]]>([
  ['nothing', [], [[], 0]],
  ['10,000 events', many(10_000, (index) => index), [[], 10_000]],
  ['10,001 events', many(10_001, (index) => index), [[10_000], 1]],
  ['10,001 events of one millisecond', many(10_001, () => 5), [[10_000], 1]],
  ['10,001 events, the last two of one millisecond', many(10_001, (index) => Math.min(index, 9_999)), [[9_999], 2]],
  ['a millisecond too full for a batch after another', many(10_003, (index) => Math.min(index, 2)), [[2, 10_000], 1]],
  ['24 hours', times(0, dayMs), [[], 2]],
  ['24 hours and 1 ms', times(0, dayMs + 1), [[1], 1]],
  ['three days, one event each', times(0, dayMs + 1, 2 * dayMs + 2), [[1, 1], 1]],
  ['1,048,576 bytes', [at(1, 'x'.repeat(524_262)), at(2, 'é'.repeat(262_131))], [[], 2]],
  ['1,048,577 bytes', [at(1, 'x'.repeat(524_263)), at(2, 'é'.repeat(262_131))], [[1], 1]],
  ['1,048,575 bytes', [at(1, 'x'.repeat(524_261)), at(2, 'é'.repeat(262_131))], [[], 2]],
  ['one event as large as a batch between small ones', [at(1), at(2, 'x'.repeat(1_048_550)), at(3)], [[1, 1], 1]],
])('%s', (_, events, expected) => {
  expect(counts(events)).toEqual(expected);
});

test('events of one time keep their order, others are put in order', () => {
  const events = [at(10), at(40, 'a'), at(20), at(40, 'b'), at(30), at(40, 'c')];
  const { rest } = cutBatches(events);
  expect(rest.map(({ timestamp, message }) => `${timestamp}${message}`)).toEqual([
    '10x',
    '20x',
    '30x',
    '40a',
    '40b',
    '40c',
  ]);
});

test('a batch knows its size and its times', () => {
  expect(toBatch([at(3, 'é'), at(8, 'ab')])).toMatchObject({ bytes: 56, firstMs: 3, lastMs: 8 });
});

const anyEvent = fc.record({
  timestamp: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 * dayMs })),
  message: fc.oneof(
    fc.string({ minLength: 1, maxLength: 5, unit: 'binary' }),
    fc.integer({ min: 1, max: 262_000 }).map((length) => '😀'.repeat(length)),
    fc.integer({ min: 1, max: 1_048_550 }).map((length) => 'x'.repeat(length)),
  ),
});
const crowd = fc
  .record({ count: fc.integer({ min: 9_990, max: 10_050 }), perMs: fc.integer({ min: 1, max: 20_000 }) })
  .map(({ count, perMs }) => many(count, (index) => Math.floor(index / perMs)));

test('whatever comes, batches are legal, in order, and nothing is lost', () => {
  const events = fc.oneof(fc.array(anyEvent, { maxLength: 12 }), crowd);
  fc.assert(
    fc.property(events, (given) => {
      const { batches, rest } = cutBatches(given);
      const all = [...batches, ...(rest.length > 0 ? [toBatch(rest)] : [])];
      for (const batch of all) {
        expect(batch.events.length).toBeGreaterThan(0);
        expect(batch.events.length).toBeLessThanOrEqual(maxBatchEvents);
        expect(batch.bytes).toBe(batch.events.reduce((sum, { message }) => sum + sizeOf(message), 0));
        expect(batch.bytes).toBeLessThanOrEqual(maxBatchBytes);
        expect(batch.lastMs - batch.firstMs).toBeLessThanOrEqual(maxBatchSpanMs);
      }
      const sorted = [...given].sort((a, b) => a.timestamp - b.timestamp);
      const cut = all.flatMap((batch) => batch.events);
      expect(cut.length).toBe(sorted.length);
      expect(cut.every((event, index) => event === sorted[index])).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('a millisecond is cut only where it has no room in one batch', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(anyEvent, { maxLength: 12 }), crowd), (given) => {
      const { batches, rest } = cutBatches(given);
      const all = [...batches, ...(rest.length > 0 ? [toBatch(rest)] : [])];
      for (const [index, { lastMs }] of all.slice(0, -1).entries()) {
        if (all[index + 1]?.firstMs !== lastMs) continue;
        const shared = given.filter(({ timestamp }) => timestamp === lastMs);
        expect(shared.length > maxBatchEvents || toBatch(shared).bytes > maxBatchBytes).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});
