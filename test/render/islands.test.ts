import { expect, test } from 'vitest';
import { withSeparators } from '../../src/render/islands.js';
import { createMessageRenderer, withoutNewline } from '../../src/render/message-lines.js';
import { toEvent } from '../logs/fixtures.js';

const events = ['a', 'b', 'c', 'd'].map((message) => toEvent({ message }));
const renderMessages = createMessageRenderer(withoutNewline, false);
const plain = { open: '', close: '' };

test.each([
  ['none', '', 'a\nb\nc\nd\n'],
  ['in the middle', 'c', 'a\nb\n--\nc\nd\n'],
  ['at the ends', 'ad', '--\na\nb\nc\n--\nd\n'],
])('a separator stands before each event that begins an island: %s', (_, starts, expected) => {
  const render = withSeparators(renderMessages, ({ message }) => starts.includes(message), 'message', plain);
  expect([render(events), render([])]).toEqual([expected, '']);
  // As a download needs it: no matter in which pieces.
  expect(events.map((event) => render([event])).join('')).toBe(expected);
});

test('templates have separators, JSON has none', () => {
  const all = (format: Parameters<typeof withSeparators>[2]) =>
    withSeparators(renderMessages, () => true, format, { open: '<', close: '>' })(events.slice(0, 1));
  expect(all({ template: '{message}' })).toBe('<-->\na\n');
  expect([all('json'), all('fields')]).toEqual(['a\n', 'a\n']);
});
