import { expect, test } from 'vitest';
import { createJsonReader, jsonValueText, withDigitsOf } from '../src/json-value.js';

test.each([
  ['a string', '{"a":"x y"}', ['a'], 'x y'],
  ['a number', '{"a":504}', ['a'], '504'],
  ['null', '{"a":null}', ['a'], 'null'],
  ['an object', '{"a":{"b": [1, 2]}}', ['a'], '{"b":[1,2]}'],
  ['an element of an array', '[{"id":7}]', ['0', 'id'], '7'],
  ['an element that is not there', '{"a":[1]}', ['a', '1'], ''],
  ['a key with a dot', '{"log.level":"warn","log":{"level":"x"}}', ['log.level'], 'warn'],
  ['what an object inherits', '{}', ['constructor'], ''],
  ['more digits than a double has', '{"id":12345678901234567891}', ['id'], '12345678901234567891'],
  ['such numbers within', '{"a":{"id":12345678901234567891,"n":1}}', ['a'], '{"id":12345678901234567891,"n":1}'],
  ['digits in a string', '{"a":{"id":"12345678901234567891"}}', ['a'], '{"id":"12345678901234567891"}'],
  ['a long fraction', '{"id":-1234567890123456789.50}', ['id'], '-1234567890123456789.50'],
  ['a fraction of many digits', '{"ms":0.30000000000000004}', ['ms'], '0.30000000000000004'],
  ['what is beside such a fraction', '{"ms":0.30000000000000004,"level":"error"}', ['level'], 'error'],
  ['an exponent', '{"ms":1.234567890123456789e3}', ['ms'], '1.234567890123456789e3'],
  [
    'numbers of all kinds within',
    '{"in":{"ms":0.30000000000000004,"n":1.0}}',
    ['in'],
    '{"ms":0.30000000000000004,"n":1}',
  ],
  [
    'digits in a string that quotes',
    '{"text":"1234567890123456789 \\"0.12345678901234567\\""}',
    ['text'],
    '1234567890123456789 "0.12345678901234567"',
  ],
  ['text', 'a=1', ['a'], ''],
  ['what only begins like JSON', '{a', ['a'], ''],
])('%s', (_, message, path, text) => {
  expect(jsonValueText(message, path)).toBe(text);
});

test('a reader tells messages apart', () => {
  const read = createJsonReader();
  const messages = ['{"a":1,"b":2}', '{"a":3}', 'text', '{"a":1,"b":2}'];
  expect(messages.map((message) => read(message, ['a']) + read(message, ['b']))).toEqual(['12', '3', '', '12']);
});

test.each([
  ['a long number', '{"id":12345678901234567891}', '{"id":12345678901234567000}', '{"id":12345678901234567891}'],
  ['one with an exponent', '[12345678901234567890123]', '[1.2345678901234568e+22]', '[12345678901234567890123]'],
  [
    'the same number twice',
    '[12345678901234567891,12345678901234567891]',
    '12345678901234567000',
    '12345678901234567891',
  ],
  [
    'two that are one as doubles',
    '[12345678901234567891,12345678901234567892]',
    '12345678901234567000',
    '12345678901234567000',
  ],
  ['a fraction', '[0.1234567890123456789]', '0.12345678901234568', '0.1234567890123456789'],
  ['strings', '{"a":12345678901234567891}', '"12345678901234567000"', '"12345678901234567000"'],
  ['short numbers', '{"a":1.50}', '1.5', '1.5'],
])('digits that a double loses: %s', (_, source, json, text) => {
  expect(withDigitsOf(source, json)).toBe(text);
});
