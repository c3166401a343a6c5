import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMessageRenderer, withoutNewline } from '../../src/render/message-lines.js';
import { toEvent } from './fixtures.js';

const renderMessages = createMessageRenderer(withoutNewline, false);

test.each([
  ['no newline', 'a', 'a\n'],
  ['a newline', 'a\n', 'a\n'],
  ['a Windows newline', 'a\r\n', 'a\n'],
  ['two newlines: one is content', 'a\n\n', 'a\n\n'],
  ['two Windows newlines: one is content', 'a\r\n\r\n', 'a\r\n\n'],
  ['a carriage return alone is content', 'a\r', 'a\r\n'],
  ['a newline, then a carriage return', 'a\n\r', 'a\n\r\n'],
  ['an empty message', '', '\n'],
  ['a newline only', '\n', '\n'],
  ['a Windows newline only', '\r\n', '\n'],
  ['spaces and indentation stay', '\t  a \t', '\t  a \t\n'],
  ['several lines', 'a\n  b\r\nc\n', 'a\n  b\r\nc\n'],
  ['control characters stay in a pipe', '\u001b[31m\u0000\u009b\u007f', '\u001b[31m\u0000\u009b\u007f\n'],
])('%s', (_, message, text) => {
  expect(renderMessages([toEvent({ message })])).toBe(text);
});

test('a page without events is no text', () => {
  expect(renderMessages([])).toBe('');
});

test('messages free of newlines come back by splitting the text at newlines', () => {
  const line = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\n'));
  fc.assert(
    fc.property(fc.array(line), (messages) => {
      const text = renderMessages(messages.map((message) => toEvent({ message })));
      expect(text.split('\n')).toEqual([...messages, '']);
    }),
  );
});

test('--with-name stands before every line, also of one message', () => {
  const events = [
    toEvent({ message: 'one\n  two\r\n\nfour\n' }),
    toEvent({ message: 'five', logGroupName: '/shop/web', logStreamName: 'a $& b' }),
  ];
  expect(createMessageRenderer(withoutNewline, true)(events)).toBe(
    '/shop/api:web/1\tone\n/shop/api:web/1\t  two\r\n/shop/api:web/1\t\n/shop/api:web/1\tfour\n' +
      '/shop/web:a $& b\tfive\n',
  );
});
