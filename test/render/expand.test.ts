import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandJson } from '../../src/render/expand.js';
import { createPalette } from '../../src/render/palette.js';

const plain = createPalette(false).key;

test.each([
  [
    'an object',
    '{"a":1,"b":[1,{"c":"x, y: {"}]}',
    '{\n  "a": 1,\n  "b": [\n    1,\n    {\n      "c": "x, y: {"\n    }\n  ]\n}',
  ],
  ['what is empty', '{"a":{},"b":[]}', '{\n  "a": {},\n  "b": []\n}'],
  ['every digit of a number', '{"id":12345678901234567890.10}', '{\n  "id": 12345678901234567890.10\n}'],
  ['text', 'GET / 200', 'GET / 200'],
  ['what only begins like JSON', '{ a }', '{ a }'],
])('%s', (_, message, laidOut) => {
  expect(expandJson(message, plain)).toBe(laidOut);
});

test('any JSON is laid out as JSON.stringify does it, whatever its own spaces', () => {
  fc.assert(
    fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), fc.nat(3), (value, spaces) => {
      const json = JSON.stringify(value, undefined, spaces);
      expect(expandJson(json, plain)).toBe(JSON.stringify(JSON.parse(json), undefined, 2));
    }),
  );
});

test('keys have a colour where there is colour', () => {
  expect(expandJson('{"a":1}', createPalette(true).key)).toBe('{\n  \u001b[36m"a"\u001b[39m: 1\n}');
});
