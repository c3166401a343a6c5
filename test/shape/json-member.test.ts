import { expect, test } from 'vitest';
import { memberOf } from '../../src/shape/json-member.js';

test.each<[string, string, unknown]>([
  ['{"time":5}', 'time', 5],
  ['{"a":{"b":"x"}}', 'a.b', 'x'],
  ['{"a.b":1,"a":{"b":2}}', 'a.b', 1],
  ['  {"@timestamp":"t"}', '@timestamp', 't'],
  ['{"a":1}', 'b', undefined],
  ['{"a":1}', 'a.b', undefined],
  ['{"a":null}', 'a.b', undefined],
  ['{"cut":', 'cut', undefined],
  ['plain text', 'time', undefined],
  ['', 'time', undefined],
])('%s has at %s: %s', (line, name, value) => {
  expect(memberOf(line, name)).toEqual(value);
});
