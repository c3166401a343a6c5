import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCounter, joinRareKeys, totalCounts } from '../../src/shape/histogram.js';
import { toEvent } from '../logs/fixtures.js';

test('each event is counted once, in its bucket and under its key; those outside are not', () => {
  const edges = fc
    .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 8 })
    .map((all) => all.sort((a, b) => a - b));
  const events = fc.array(
    fc.record({ timestamp: fc.integer({ min: -5, max: 60 }), message: fc.constantFrom('a', 'b', 'c') }),
  );
  fc.assert(
    fc.property(edges, events, (between, all) => {
      const counter = createCounter(between, ({ message }) => message);
      counter.add(all.map((parts) => toEvent(parts)));
      const result = counter.result();
      for (const [at, from] of between.slice(0, -1).entries()) {
        const until = between[at + 1] ?? 0;
        const inside = all.filter(({ timestamp }) => timestamp >= from && timestamp < until);
        expect(totalCounts(result)[at]).toBe(inside.length);
        for (const { key, counts } of result.series) {
          expect(counts[at]).toBe(inside.filter(({ message }) => message === key).length);
        }
      }
    }),
  );
});

test('keys without end are counted together past a thousand', () => {
  const counter = createCounter([0, 10], ({ message }) => message);
  counter.add(Array.from({ length: 1_500 }, (_, at) => toEvent({ timestamp: 1, message: `id ${at}` })));
  const { series, total } = counter.result();
  expect(total).toBe(1_500);
  expect(series[0]).toEqual({ key: '(other)', counts: [500], total: 500 });
  expect(series).toHaveLength(1_001);
});

test('the rarer keys are joined into one', () => {
  const counter = createCounter([0, 10, 20], ({ message }) => message);
  for (const [message, count] of [
    ['a', 5],
    ['b', 4],
    ['c', 3],
    ['d', 2],
  ] as const) {
    counter.addCount(1, message, count);
    counter.addCount(11, message, 1);
  }
  expect(joinRareKeys(counter.result(), 3).series).toEqual([
    { key: 'a', counts: [5, 1], total: 6 },
    { key: 'b', counts: [4, 1], total: 5 },
    { key: '(other)', counts: [5, 2], total: 7 },
  ]);
  expect(joinRareKeys(counter.result(), 4).series).toHaveLength(4);
});
