import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonReader } from '../../src/pattern/json-tape.js';

test.each([
  '{}',
  '{"a":1}',
  '{"a":-0.5e+10,"b":[],"c":{},"d":[{}],"e":[[],[1]]}',
  String.raw`{"\"\\\/\b\f\n\r\té":"é"}`,
  '{"a":true,"b":false,"c":null}',
  `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  `{"a":[${'1,'.repeat(10_000)}1]}`,
])('an object: %#', (message) => {
  expect(createJsonReader()(message)).toBeDefined();
});

test.each([
  '',
  '1',
  '[1]',
  '{',
  '}',
  '{]',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{,"a":1}',
  '{"a":1 "b":2}',
  '{a:1}',
  "{'a':1}",
  '{"a":1}}',
  '{"a":[1,]}',
  '{"a":[,1]}',
  '{"a":[1}',
  '{"a":{]}',
  '{"a":01}',
  '{"a":1.}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":-}',
  '{"a":1e}',
  '{"a":NaN}',
  '{"a":True}',
  '{"a":truex}',
  '{"a":"b}',
  '{"a":"\n"}',
  String.raw`{"a":"\x41"}`,
  String.raw`{"a":"\u12g4"}`,
  String.raw`{"a":"\u12"}`,
  '{"a":"\\',
  '\u00a0{}',
  '{}\u0000',
  '{"a":'.repeat(10_000),
])('none: %#', (message) => {
  expect(createJsonReader()(message)).toBeUndefined();
});

test('one reader reads a short message after a long one', () => {
  const read = createJsonReader();
  expect(read(`{"a":[${'1,'.repeat(1_000)}1]}`)).toBeDefined();
  expect(read('{"a":')).toBeUndefined();
  expect(read('{"a":2}')?.message).toBe('{"a":2}');
});

test('takes for an object what JSON.parse does', () => {
  const read = createJsonReader();
  const nearly = fc
    .tuple(fc.json(), fc.nat(), fc.nat(3), fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '1e', ' '))
    .map(([json, place, length, insertion]) => {
      const text = `{"k":${json}}`;
      const at = place % text.length;
      return text.slice(0, at) + insertion + text.slice(at + length);
    });
  fc.assert(
    fc.property(nearly, (message) => {
      expect(read(message) !== undefined).toBe(isObject(message));
    }),
    { numRuns: 2_000 },
  );
});

function isObject(message: string): boolean {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
