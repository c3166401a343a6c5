import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createMessageText,
  createNameText,
  createValueText,
  type MessageLayout,
} from '../../src/render/message-text.js';
import { controlHeavyText } from './fixtures.js';

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;

describe('a terminal with colour', () => {
  test.each([
    ['an error of JSON', '{"level":"error"}\n', red('{"level":"error"}')],
    ['a number for a level', '{"level":50}', red('{"level":50}')],
    ['severity', '{"severity":"WARNING"}', '\u001b[33m{"severity":"WARNING"}\u001b[39m'],
    ['a word near the start', '2026-11-20 ERROR no answer', red('2026-11-20 ERROR no answer')],
    ['debug', 'DEBUG x', dim('DEBUG x')],
    ['info', 'INFO x', 'INFO x'],
    ['START of an invocation', 'START RequestId: 1 Version: 2', dim('START RequestId: 1 Version: 2')],
    ['END of one', 'END RequestId: 1', dim('END RequestId: 1')],
    ['REPORT of one', 'REPORT RequestId: 1\tDuration: 2 ms', dim('REPORT RequestId: 1\tDuration: 2 ms')],
    ['INIT_START', 'INIT_START Runtime', dim('INIT_START Runtime')],
    ['an error with colours of its own', '\u001b[32mERROR', '\u001b[32mERROR\u001b[0m'],
    ['an error that would clear the screen', 'ERROR\u001b[2J', red('ERROR^[[2J')],
    ['colours that do not end', '\u001b[41;5mx\ny\n', '\u001b[41;5mx\ny\u001b[0m'],
  ])('%s', (_, message, text) => {
    expect(createMessageText(undefined, { color: true })(message)).toBe(text);
  });

  test('JSON laid out has the colour of its level behind each key', () => {
    expect(createMessageText('expanded', { color: true })('{"level":"error","n":1}')).toBe(
      red('{\n  \u001b[36m"level"\u001b[39m\u001b[31m: "error",\n  \u001b[36m"n"\u001b[39m\u001b[31m: 1\n}\u001b[0m'),
    );
  });

  test('matches are highlighted in what is shown', () => {
    const highlight = (visible: string) => visible.replace('^G', '<^G>');
    expect(createMessageText(undefined, { color: true, highlight })('a\u0007')).toBe('a<^G>');
    expect(createValueText(undefined, { color: true, highlight })('b\u0007')).toBe('b<^G>');
  });
});

test.each<[string, MessageLayout | undefined, string, string]>([
  ['as they are', undefined, 'ERROR\u001b[31m\u0007\r\n', 'ERROR\u001b[31m\u0007'],
  ['folded', 'folded', 'a\r\n\tb\n\nc\n', 'a\\n\tb\\n\\nc'],
  ['folded, a newline of content at the end', 'folded', 'a\n\n', 'a\\n'],
  ['JSON laid out', 'expanded', '{"level":"error"}\n', '{\n  "level": "error"\n}'],
  ['text where JSON is laid out', 'expanded', 'a\n\n', 'a\n'],
])('messages in a pipe: %s', (_, layout, message, text) => {
  expect(createMessageText(layout, undefined)(message)).toBe(text);
});

test('names and values in a pipe are as they are; a value is folded', () => {
  expect(createNameText(undefined)('a\n\u001b')).toBe('a\n\u001b');
  expect(createValueText(undefined, undefined)('a\n\u001b')).toBe('a\n\u001b');
  expect(createValueText('folded', undefined)('a\nb')).toBe('a\\nb');
});

test('no message, value or name leaves a control sequence but SGR, and without colour none', () => {
  const layouts = fc.constantFrom<MessageLayout | undefined>(undefined, 'expanded', 'folded');
  fc.assert(
    fc.property(controlHeavyText, layouts, fc.boolean(), (text, layout, color) => {
      for (const message of [text, `ERROR ${text}`, JSON.stringify({ level: 'error', [text]: text })]) {
        const made = [
          createMessageText(layout, { color })(message),
          createValueText(layout, { color })(message),
          createNameText({ color })(message),
        ].join('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the character under test
        expect(color ? made.replace(/\u001b\[[\d;:]*m/g, '') : made).not.toMatch(/[^\P{Cc}\n\t]/u);
      }
    }),
    { numRuns: 300 },
  );
});
