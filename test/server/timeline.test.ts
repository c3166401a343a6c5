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

test('what is removed is gone, whether it had been sorted in or not', () => {
  fc.assert(
    fc.property(fc.array(position), fc.array(position), fc.nat(5), (first, second, timestamp) => {
      const timeline = createTimeline();
      for (const each of first) timeline.add(each);
      timeline.events();
      for (const each of second) timeline.add(each);
      timeline.remove((each) => each.timestamp === timestamp);
      const left = [...first, ...second].filter((each) => each.timestamp !== timestamp);
      expect(timeline.events()).toEqual(left.toSorted(comparePositions));
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
