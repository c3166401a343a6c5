import { expect, test } from 'vitest';
import { createEventSample } from '../../src/server/event-sample.js';
import { createRandom } from '../../src/server/random.js';

test('up to its size a sample holds everything, in order', () => {
  const sample = createEventSample<number>(3, createRandom(1));
  for (const event of [7, 5, 6]) sample.add(event);
  expect(sample.take()).toEqual({ events: [7, 5, 6], sampled: false });
});

test('a sample that was taken begins anew', () => {
  const sample = createEventSample<number>(1, createRandom(1));
  sample.add(1);
  sample.add(2);
  expect(sample.take().sampled).toBe(true);
  sample.add(3);
  expect(sample.take()).toEqual({ events: [3], sampled: false });
  expect(sample.take()).toEqual({ events: [], sampled: false });
});

test('each of many events is as likely to be chosen as the others', () => {
  const random = createRandom(1);
  const counts = Array.from({ length: 20 }, () => 0);
  for (let round = 0; round < 2_000; round += 1) {
    const sample = createEventSample<number>(5, random);
    for (let event = 0; event < 20; event += 1) sample.add(event);
    for (const event of sample.take().events) counts[event] = (counts[event] ?? 0) + 1;
  }
  // 500 each, with a standard deviation of about 19.
  expect(counts.filter((count) => Math.abs(count - 500) > 90)).toEqual([]);
});
