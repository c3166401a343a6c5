import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTerminalRenderer, type TerminalOptions } from '../../src/render/terminal-lines.js';
import { baseMs, controlHeavyText, toEvent, utcClock } from './fixtures.js';

const dayMs = 86_400_000;
const oneStream = { region: 'eu-west-1', group: '/shop/api', stream: 'web/1' };
const terminal: TerminalOptions = { color: false, columns: 20, nowMs: baseMs, sources: [oneStream] };

test.each([
  ['one line', 'started\n', '15:04:05.123 started\n'],
  ['later lines stand under the message', 'a\n\tb\r\nc\n', '15:04:05.123 a\n             \tb\n             c\n'],
  ['an empty message', '', '15:04:05.123 \n'],
  ['a coloured message, where no colour is wanted', '\u001b[31mred\u001b[0m\n', '15:04:05.123 red\n'],
  ['a window title', '\u001b]0;x\u0007', '15:04:05.123 ^[]0;x^G\n'],
])('%s', (_, message, text) => {
  expect(createTerminalRenderer(utcClock, terminal, { withName: false })([toEvent({ message })])).toBe(text);
});

test('a coloured message ends reset', () => {
  const render = createTerminalRenderer(utcClock, { ...terminal, color: true }, { withName: false });
  expect(render([toEvent({ message: '\u001b[31mred\n' })])).toBe(
    '\u001b[2m15:04:05.123\u001b[22m \u001b[31mred\u001b[0m\n',
  );
});

test('later lines stand under the message, beside a label too', () => {
  const sources = [{ region: 'eu-west-1', group: '/shop/api' }];
  expect(
    createTerminalRenderer(utcClock, { ...terminal, sources }, { withName: false })([toEvent({ message: 'a\nb' })]),
  ).toBe(`15:04:05.123 1            a\n${' '.repeat(26)}b\n`);
});

test('times are dim and labels coloured', () => {
  const sources = [oneStream, { ...oneStream, group: '/shop/web' }];
  expect(
    createTerminalRenderer(utcClock, { ...terminal, color: true, sources }, { withName: false })([toEvent({})]),
  ).toBe('\u001b[2m15:04:05.123\u001b[22m \u001b[36mapi \u001b[39mstarted\n');
});

test('--with-name shows the full name', () => {
  expect(createTerminalRenderer(utcClock, terminal, { withName: true })([toEvent({})])).toBe(
    '15:04:05.123 /shop/api:web/1 started\n',
  );
});

test("a rule names each date once, across pages; today's at the start goes unsaid", () => {
  const render = createTerminalRenderer(utcClock, terminal, { withName: false });
  const at = (timestamp: number) => toEvent({ timestamp });
  expect([
    render([at(baseMs)]),
    render([at(baseMs + dayMs), at(baseMs + dayMs)]),
    render([at(baseMs + dayMs)]),
  ]).toEqual([
    '15:04:05.123 started\n',
    '── 2026-11-21 ──────\n15:04:05.123 started\n15:04:05.123 started\n',
    '15:04:05.123 started\n',
  ]);
});

test('a first event before today, then today', () => {
  const events = [toEvent({ timestamp: baseMs - dayMs }), toEvent({})];
  expect(createTerminalRenderer(utcClock, { ...terminal, columns: 4, color: true }, { withName: false })(events)).toBe(
    '\u001b[2m── 2026-11-19 \u001b[22m\n\u001b[2m15:04:05.123\u001b[22m started\n' +
      '\u001b[2m── 2026-11-20 \u001b[22m\n\u001b[2m15:04:05.123\u001b[22m started\n',
  );
});

test('any message and stream leave no control sequence but SGR', () => {
  fc.assert(
    fc.property(controlHeavyText, controlHeavyText, fc.boolean(), fc.boolean(), (message, stream, color, withName) => {
      const sources = [{ region: 'eu-west-1', group: '/shop/api' }];
      const render = createTerminalRenderer(utcClock, { ...terminal, color, sources }, { withName });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the character under test
      const text = render([toEvent({ message, logStreamName: stream })]).replace(/\u001b\[[\d;:]*m/g, '');
      expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
    }),
    { numRuns: 500 },
  );
});
