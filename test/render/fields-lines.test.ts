import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldsRenderer } from '../../src/render/fields-lines.js';
import { controlHeavyText, toEvent } from './fixtures.js';

const own = '"@timestamp":"2026-11-20T15:04:05.123Z","@group":"/shop/api","@stream":"web/1"';

test.each([
  ['an object', '{"level":"info","n":1}', `{${own},"level":"info","n":1}`],
  ['an object and a newline', '{"n":1}\r\n', `{${own},"n":1}`],
  ['an empty object', ' { } ', `{${own}}`],
  ['white space around', ' \t\n{ "n" : 1 }\n', `{${own},"n" : 1}`],
  ['an object over several lines', '{\n  "n": 1,\r\n\t"s": "a\\nb"\n}', `{${own},"n": 1,"s": "a\\nb"}`],
  ['a nested object', '{"a":{"b":[1,\n 2]}}', `{${own},"a":{"b":[1,2]}}`],
  [
    'numbers that a double cannot hold',
    '{"id":12345678901234567890,"x":1.0,"y":1E400,"z":-0}',
    `{${own},"id":12345678901234567890,"x":1.0,"y":1E400,"z":-0}`,
  ],
  ['escapes and key order', '{"b":"\\u00e9\\/","2":0,"1":0}', `{${own},"b":"\\u00e9\\/","2":0,"1":0}`],
  ['plain text', 'GET /\n', `{${own},"message":"GET /"}`],
  ['several lines of text', 'a\nb\n', `{${own},"message":"a\\nb"}`],
  ['an empty message', '', `{${own},"message":""}`],
  ['an array', '[1,2]', `{${own},"message":"[1,2]"}`],
  ['a number', '42', `{${own},"message":"42"}`],
  ['a string', '"x"', `{${own},"message":"\\"x\\""}`],
  ['null', 'null', `{${own},"message":"null"}`],
  ['broken JSON', '{"a":', `{${own},"message":"{\\"a\\":"}`],
  ['two objects', '{"a":1}{"b":2}', `{${own},"message":"{\\"a\\":1}{\\"b\\":2}"}`],
  ['an object behind a byte order mark', '\ufeff{"a":1}', `{${own},"message":"\ufeff{\\"a\\":1}"}`],
  ['text before an object', 'INFO {"a":1}', `{${own},"message":"INFO {\\"a\\":1}"}`],
  ["a writer's @timestamp", '{"@timestamp":7.0,"n":1}', `{${own},"@@timestamp":7.0,"n":1}`],
  ["a writer's @group, spelt with an escape", '{"\\u0040group":"g"}', `{${own},"@@group":"g"}`],
  ['@stream deeper down', '{"a":{"@stream":1}}', `{${own},"a":{"@stream":1}}`],
])('%s', (_, message, line) => {
  expect(createFieldsRenderer(false)([toEvent({ message })])).toBe(`${line}\n`);
});

const anyMessage = fc.oneof(
  controlHeavyText,
  fc.json({ stringUnit: 'binary' }),
  fc
    .dictionary(fc.oneof(fc.constantFrom('@timestamp', '@group', '@stream'), fc.string()), fc.jsonValue(), {
      noNullPrototype: true,
    })
    .map((value) => JSON.stringify(value, null, 2)),
);

test.each([
  ['a pipe', false],
  ['a terminal', true],
])('any message is one line of JSON with our three fields on %s', (_, onTerminal) => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const lines = createFieldsRenderer(onTerminal)([toEvent({ message })]).split('\n');
      expect(lines).toHaveLength(2);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject(JSON.parse(`{${own}}`));
    }),
    { numRuns: 500 },
  );
});

test('the fields of any object come back beside ours', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (fields) => {
      const text = createFieldsRenderer(false)([toEvent({ message: JSON.stringify(fields, null, 1) })]);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...JSON.parse(`{${own}}`), ...fields })));
    }),
  );
});

test('on a terminal 8-bit controls are escaped in spliced JSON', () => {
  expect(createFieldsRenderer(true)([toEvent({ message: '{"a":"\u009b\u007f"}' })])).toBe(
    `{${own},"a":"\\u009b\\u007f"}\n`,
  );
});
