import { expect, test } from 'vitest';
import { createDetailedRenderer, createShortRenderer } from '../../src/render/dated-lines.js';
import { toEvent, utcClock } from './fixtures.js';

const colored = 'a\u001b[31mred\u001b]0;title\u0007\r\nb\r\n';

test.each([
  ['one line', 'started\n', '2026-11-20 15:04:05.123 started\n'],
  ['later lines as they are', 'a\n b\n', '2026-11-20 15:04:05.123 a\n b\n'],
  ['an empty message', '', '2026-11-20 15:04:05.123 \n'],
  ['control characters in a pipe', '\u001b[2J', '2026-11-20 15:04:05.123 \u001b[2J\n'],
])('short: %s', (_, message, text) => {
  expect(createShortRenderer(utcClock, false)([toEvent({ message })])).toBe(text);
});

test('short with names', () => {
  expect(createShortRenderer(utcClock, true)([toEvent({})])).toBe('/shop/api:web/1\t2026-11-20 15:04:05.123 started\n');
});

test('short with names on a terminal shows control characters in both', () => {
  expect(
    createShortRenderer(utcClock, true, { terminal: { color: true } })([
      toEvent({ logStreamName: 'w\n\u001b', message: colored }),
    ]),
  ).toBe('/shop/api:w^J^[\t2026-11-20 15:04:05.123 a\u001b[31mred^[]0;title^G\n/shop/api:w^J^[\tb\u001b[0m\n');
});

test('on a terminal without colour a message has none either', () => {
  const events = [toEvent({ message: '\u001b[31mred\u001b[0m' })];
  expect(createShortRenderer(utcClock, false, { terminal: { color: false } })(events)).toBe(
    '2026-11-20 15:04:05.123 red\n',
  );
  expect(createDetailedRenderer(utcClock, { terminal: { color: false } })(events)).toBe(
    '2026-11-20 15:04:05.123 /shop/api web/1 red\n',
  );
});

test('short with names puts the name before every line', () => {
  const event = toEvent({ message: 'a\n\tb\n', logStreamName: '$1' });
  expect(createShortRenderer(utcClock, true)([event])).toBe(
    '/shop/api:$1\t2026-11-20 15:04:05.123 a\n/shop/api:$1\t\tb\n',
  );
});

test('detailed: time, group, stream, message', () => {
  expect(createDetailedRenderer(utcClock)([toEvent({ message: 'a b\n' }), toEvent({ message: 'c' })])).toBe(
    '2026-11-20 15:04:05.123 /shop/api web/1 a b\n2026-11-20 15:04:05.123 /shop/api web/1 c\n',
  );
});

test('detailed on a terminal shows control characters', () => {
  expect(
    createDetailedRenderer(utcClock, { terminal: { color: true } })([
      toEvent({ logStreamName: '\u009b', message: colored }),
    ]),
  ).toBe('2026-11-20 15:04:05.123 /shop/api \\x9b a\u001b[31mred^[]0;title^G\nb\u001b[0m\n');
});
