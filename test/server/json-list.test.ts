import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonList } from '../../src/server/json-list.js';

test('the texts stand between commas, in either order', () => {
  const list = createJsonList();
  for (const json of ['1', '"ü"', '[]']) list.add(json, 100);
  expect([list.bytes().toString(), list.bytes('backward').toString(), list.count]).toEqual(['1,"ü",[]', '[],"ü",1', 3]);
});

test('an empty list has no bytes', () => {
  const list = createJsonList();
  expect([list.bytes().length, list.bytes('backward').length, list.count]).toEqual([0, 0, 0]);
});

test.each([
  ['a text that fills the list', 5, true, '12,34'],
  ['a text one byte too long', 4, false, '12'],
])('%s', (_, maxBytes, isAdded, text) => {
  const list = createJsonList();
  list.add('12', maxBytes);
  expect(list.add('34', maxBytes)).toBe(isAdded);
  expect(list.bytes().toString()).toBe(text);
});

test('the first text always fits, also where it is larger than the memory at hand', () => {
  const list = createJsonList();
  const json = JSON.stringify('\u0000'.repeat(1_000_000));
  expect(list.add(json, 1)).toBe(true);
  expect(list.bytes().equals(Buffer.from(json))).toBe(true);
});

test('a list that was cleared holds nothing of before', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string({ unit: 'grapheme' })), (before, after) => {
      const list = createJsonList();
      for (const text of before) list.add(JSON.stringify(text), 1_000);
      list.clear();
      for (const text of after) list.add(JSON.stringify(text), 1_000_000);
      expect(`[${list.bytes()}]`).toBe(JSON.stringify(after));
    }),
  );
});
