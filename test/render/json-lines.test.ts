import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonRenderer } from '../../src/render/json-lines.js';
import { baseMs, controlHeavyText, toEvent } from './fixtures.js';

test('the fields and their order, the message untouched', () => {
  expect(createJsonRenderer(false)([toEvent({ message: 'a "b"\r\n' })])).toBe(
    '{"timestamp":1795187045123,"time":"2026-11-20T15:04:05.123Z","ingestionTime":1795187045623,' +
      '"region":"eu-west-1","group":"/shop/api","stream":"web/1","message":"a \\"b\\"\\r\\n","eventId":"39876"}\n',
  );
});

test('events of alternating origin each carry their own names', () => {
  const events = [
    toEvent({}),
    toEvent({ logStreamName: 'web/"2"' }),
    toEvent({ logGroupName: '/shop/web', region: 'us-east-1' }),
    toEvent({}),
  ];
  const lines = createJsonRenderer(false)(events).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line)).map(({ region, group, stream }) => [region, group, stream])).toEqual([
    ['eu-west-1', '/shop/api', 'web/1'],
    ['eu-west-1', '/shop/api', 'web/"2"'],
    ['us-east-1', '/shop/web', 'web/1'],
    ['eu-west-1', '/shop/api', 'web/1'],
  ]);
});

test.each([
  ['a pipe', false],
  ['a terminal', true],
])('any messages come back from their lines on %s', (_, onTerminal) => {
  fc.assert(
    fc.property(fc.array(controlHeavyText), (messages) => {
      const text = createJsonRenderer(onTerminal)(messages.map((message) => toEvent({ message })));
      const lines = text.split('\n').slice(0, -1);
      expect(lines.map((line) => JSON.parse(line).message)).toEqual(messages);
    }),
  );
});

test('on a terminal no control character but the newlines is left', () => {
  fc.assert(
    fc.property(controlHeavyText, (text) => {
      const events = [toEvent({ timestamp: baseMs, message: text, logStreamName: text, eventId: text })];
      expect(createJsonRenderer(true)(events)).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});

test('a pipe gets 8-bit controls as they are', () => {
  expect(createJsonRenderer(false)([toEvent({ message: '\u009b\u007f' })])).toContain('"message":"\u009b\u007f"');
});
