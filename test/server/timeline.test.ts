import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePositions } from '../../src/server/event-position.js';
import { createTimeline, firstIndex } from '../../src/server/timeline.js';

const position = fc.record({
  timestamp: fc.nat(5),
  batch: fc.record({ ingestionTime: fc.nat(3), number: fc.nat(9) }),
  index: fc.nat(3),
});

test('events are sorted whatever the order of their arrival, also when read in between', () => {
  fc.assert(
    fc.property(fc.array(fc.array(position)), (rounds) => {
      const timeline = createTimeline();
      const arrived = [];
      for (const round of rounds) {
        for (const each of round) timeline.add(each);
        arrived.push(...round);
        expect(timeline.events()).toEqual(arrived.toSorted(comparePositions));
      }
    }),
  );
});

test.each([
  [3, 0],
  [5, 1],
  [6, 2],
  [10, 3],
])('the first number from %d on is at %d', (least, index) => {
  expect(firstIndex([3, 5, 9], (value) => value >= least)).toBe(index);
});
