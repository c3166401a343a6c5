import { expect, test } from 'vitest';
import { renameKeys } from '../../src/render/json-keys.js';

const upperA = (key: string) => (key === 'a' ? 'A' : key);

test.each([
  ['a key', '{"a":1}', '{"A":1}'],
  ['white space before the colon', '{ "a"\n : 1 }', '{ "A"\n : 1 }'],
  ['a key written with an escape', '{"\\u0061":1}', '{"A":1}'],
  ['other keys keep their spelling', '{"\\u0062":1,"a":2}', '{"\\u0062":1,"A":2}'],
  ['the same text as a value', '{"b":"a","a":"a"}', '{"b":"a","A":"a"}'],
  ['the same key deeper', '{"b":{"a":1},"c":[{"a":2}],"a":3}', '{"b":{"a":1},"c":[{"a":2}],"A":3}'],
  ['brackets and quotes inside strings', '{"b":"}{]\\"a\\":","a":1}', '{"b":"}{]\\"a\\":","A":1}'],
  ['a string that ends in a backslash', '{"b":"\\\\","a":1}', '{"b":"\\\\","A":1}'],
  ['strings in an array', '{"b":["a","a"],"a":1}', '{"b":["a","a"],"A":1}'],
  ['number lexemes', '{"a":1.0e+2,"b":-0}', '{"A":1.0e+2,"b":-0}'],
])('%s', (_, json, renamed) => {
  expect(renameKeys(json, upperA)).toBe(renamed);
});

test('a string as long as an event may be', () => {
  const long = `"${'x\\n'.repeat(350_000)}"`;
  expect(renameKeys(`{"b":${long},"a":1}`, upperA)).toBe(`{"b":${long},"A":1}`);
});
