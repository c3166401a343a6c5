import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveCover } from '../../../src/logs/tail/live-cover.js';
import { toArrival } from './simulation.js';

/** An event of few kinds, so that many are equal, and how it comes: polled always, live perhaps, in which order. */
const arrivals = fc.array(
  fc.record({ kind: fc.nat(3), isLive: fc.boolean(), liveAt: fc.nat(1_000), polledAt: fc.nat(1_000) }),
  { maxLength: 60 },
);

test('of any events, equal ones too, that come live or not, earlier or later, each is shown once', () => {
  fc.assert(
    fc.property(arrivals, (entries) => {
      const cover = createLiveCover();
      const comings = entries
        .flatMap(({ kind, isLive, liveAt, polledAt }) => [
          ...(isLive ? [{ kind, way: 'live', at: liveAt }] : []),
          { kind, way: 'polled', at: polledAt },
        ])
        .sort((a, b) => a.at - b.at);
      const shown = [0, 0, 0, 0];
      for (const { kind, way } of comings) {
        const { event } = toArrival(0, 5_000, 5_000, `message ${kind}`);
        if (way === 'live' ? cover.addLive(event) : cover.addPolled(event)) shown[kind] = (shown[kind] ?? 0) + 1;
      }
      expect(shown).toEqual([0, 1, 2, 3].map((kind) => entries.filter((entry) => entry.kind === kind).length));
    }),
    { numRuns: 2_000 },
  );
});

test('the same words in another stream or at another time are another event', () => {
  const cover = createLiveCover();
  const { event } = toArrival(0, 5_000, 5_000, 'words');
  expect(cover.addLive(event)).toBe(true);
  expect(cover.addPolled({ ...event, logStreamName: 'other' })).toBe(true);
  expect(cover.addPolled({ ...event, timestamp: 5_001 })).toBe(true);
  expect(cover.addPolled(event)).toBe(false);
});

test('where a stream’s name has a space, its rest is not taken for words', () => {
  const cover = createLiveCover();
  const { event } = toArrival(0, 5_000, 5_000, 'b c');
  expect(cover.addLive({ ...event, logStreamName: 'a' })).toBe(true);
  expect(cover.addPolled({ ...event, logStreamName: 'a b', message: 'c' })).toBe(true);
});

test('once nothing comes live any more, what did is not shown again, and nothing new is kept', () => {
  const cover = createLiveCover();
  const { event } = toArrival(0, 5_000, 5_000, 'words');
  cover.addLive(event);
  cover.close();
  expect([cover.addPolled(event), cover.addPolled(event), cover.addPolled(event)]).toEqual([false, true, true]);
});

test('what is forgotten is shown again', () => {
  const cover = createLiveCover();
  const { event } = toArrival(0, 5_000, 5_000);
  cover.addLive(event);
  cover.forgetBefore(6_000);
  expect(cover.addPolled(event)).toBe(true);
});
