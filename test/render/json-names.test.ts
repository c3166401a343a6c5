import { expect, test } from 'vitest';
import { createJsonNames } from '../../src/render/json-names.js';

test('more names than are kept: each still gets its own', () => {
  const jsonName = createJsonNames();
  const names = Array.from({ length: 25_000 }, (_, index) => `stream "${index % 12_000}"`);
  expect(names.map(jsonName)).toEqual(names.map((name) => JSON.stringify(name)));
});
