import { expect, test } from 'vitest';
import { createEventRenderer, type RenderOptions } from '../../src/render/event-renderer.js';
import { baseMs, toEvent, utcClock } from './fixtures.js';

const source = { region: 'eu-west-1', group: '/shop/api', stream: 'web/1' };
const terminal = { color: false, columns: 80, nowMs: baseMs, sources: [source] };
const page = [toEvent({ message: 'a\u009b\n' })];

test.each<[string, Omit<RenderOptions, 'clock'>, string]>([
  ['message', { format: 'message', withName: false }, 'a\u009b\n'],
  ['message with names', { format: 'message', withName: true }, '/shop/api:web/1\ta\u009b\n'],
  ['message on a terminal', { format: 'message', withName: false, terminal }, '15:04:05.123 a\\x9b\n'],
  ['short', { format: 'short', withName: false }, '2026-11-20 15:04:05.123 a\u009b\n'],
  ['short on a terminal', { format: 'short', withName: false, terminal }, '2026-11-20 15:04:05.123 a\\x9b\n'],
  ['detailed', { format: 'detailed', withName: true }, '2026-11-20 15:04:05.123 /shop/api web/1 a\u009b\n'],
  [
    'detailed on a terminal',
    { format: 'detailed', withName: false, terminal },
    '2026-11-20 15:04:05.123 /shop/api web/1 a\\x9b\n',
  ],
  [
    'fields on a terminal',
    { format: 'fields', withName: true, terminal },
    '{"@timestamp":"2026-11-20T15:04:05.123Z","@group":"/shop/api","@stream":"web/1","message":"a\\u009b"}\n',
  ],
  [
    'json on a terminal',
    { format: 'json', withName: true, terminal },
    '{"timestamp":1795187045123,"time":"2026-11-20T15:04:05.123Z","ingestionTime":1795187045623,"region":"eu-west-1",' +
      '"group":"/shop/api","stream":"web/1","message":"a\\u009b\\n","eventId":"39876"}\n',
  ],
])('%s', (_, options, text) => {
  expect(createEventRenderer({ ...options, clock: utcClock })(page)).toBe(text);
});
