import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, pick, randomHex, randomInteger, randomUuid } from '../../src/server/random.js';

test('the same seed gives the same numbers, and another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('whole numbers stay in their range, both ends included', () => {
  const random = createRandom(1);
  const drawn = new Set(Array.from({ length: 200 }, () => randomInteger(random, -1, 2)));
  expect([...drawn].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
});

test('identifiers have their form for every seed', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createRandom(seed);
      expect(randomUuid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(randomHex(random, 32)).toMatch(/^[0-9a-f]{32}$/);
    }),
  );
});

test('nothing can be picked from nothing', () => {
  expect(() => pick(createRandom(1), [])).toThrow(RangeError);
});
