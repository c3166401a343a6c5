import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleJson, visibleName, visibleText } from '../../src/render/visible-text.js';
import { controlHeavyText } from './fixtures.js';

test.each([
  ['plain text', 'plain', 'plain'],
  ['letters beyond ASCII', 'ä 日本 👍\u00a0', 'ä 日本 👍\u00a0'],
  ['newline and tab', 'a\n\tb', 'a\n\tb'],
  ['a Windows line break', 'a\r\nb', 'a\nb'],
  ['a carriage return that would overwrite the line', 'good\rbad', 'good^Mbad'],
  ['bell, backspace, NUL, DEL', '\u0007\b\u0000\u007f', '^G^H^@^?'],
  ['8-bit controls', '\u0080\u0085\u009b2J\u009f', '\\x80\\x85\\x9b2J\\x9f'],
  ['a colour', '\u001b[1;31mred', '\u001b[1;31mred\u001b[0m'],
  ['a colour with sub-parameters', '\u001b[38:2::1:2:3mx', '\u001b[38:2::1:2:3mx\u001b[0m'],
  ['a bare reset', 'x\u001b[m', 'x\u001b[m\u001b[0m'],
  ['an 8-bit colour sequence', '\u009b31mx', '\\x9b31mx'],
  ['clear screen', '\u001b[2J\u001b[H', '^[[2J^[[H'],
  ['private modes that end in m', '\u001b[>4;1m\u001b[?1m', '^[[>4;1m^[[?1m'],
  ['a window title', '\u001b]0;owned\u0007', '^[]0;owned^G'],
  ['clipboard by OSC 52', '\u001b]52;c;cm0=\u001b\\', '^[]52;c;cm0=^[\\'],
  ['device control', '\u001bP1$r\u001b\\', '^[P1$r^[\\'],
  ['an escape before a colour', '\u001b\u001b[31mx', '^[\u001b[31mx\u001b[0m'],
  ['another control before what looks like a colour', '\u0007[31m', '^G[31m'],
  ['a newline before what looks like a colour', '\n[31m\u0007', '\n[31m^G'],
  ['an escape at the end', 'x\u001b', 'x^['],
  ['an override of direction', 'user \u202enimda', 'user \\u202enimda'],
  ['isolates and marks', '\u2067a\u2069\u200f\u061c', '\\u2067a\\u2069\\u200f\\u061c'],
  ['what has no width', 'a\u200bb\u00ad\ufeff', 'a\\u200bb\\u00ad\\ufeff'],
  ['tags, which spell words unseen', 'a\u{e0041}\u{e007f}b', 'a\\u{e0041}\\u{e007f}b'],
  ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ['the joiners of Persian and of emoji', 'می\u200cخواهم 👩\u200d💻', 'می\u200cخواهم 👩\u200d💻'],
])('%s', (_, text, visible) => {
  expect(visibleText(text, true)).toBe(visible);
});

test.each([
  ['a colour', '\u001b[1;31mred\u001b[0m alert', 'red alert'],
  ['a colour beside what is no colour', '\u001b[2J\u001b[31mx', '^[[2Jx'],
  ['an escape before a colour', '\u001b\u001b[31mx', '^[x'],
])('without colour %s is left out', (_, text, visible) => {
  expect(visibleText(text, false)).toBe(visible);
});

test('without colour no text holds an escape character', () => {
  fc.assert(
    fc.property(controlHeavyText, (text) => {
      expect(visibleText(text, false)).not.toMatch(/[^\P{Cc}\n\t]/u);
    }),
    { numRuns: 1000 },
  );
});

test('any text holds no control character but newline, tab and SGR colours', () => {
  fc.assert(
    fc.property(controlHeavyText, (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the character under test
      const withoutColors = visibleText(text, true).replace(/\u001b\[[\d;:]*m/g, '');
      expect(withoutColors).not.toMatch(/[^\P{Cc}\n\t]/u);
    }),
    { numRuns: 1000 },
  );
});

test('names show newlines, tabs and colours too', () => {
  expect(visibleName('a\tb\r\n\u001b[31m\u009b\u202e')).toBe('a^Ib^M^J^[[31m\\x9b\\u202e');
});

test('JSON text escapes what JSON leaves raw, and reads back the same', () => {
  const json = JSON.stringify('\u001b\u007f\u0080\u009b\u00a0');
  expect(visibleJson(json)).toBe('"\\u001b\\u007f\\u0080\\u009b\u00a0"');
  expect(JSON.parse(visibleJson(json))).toBe(JSON.parse(json));
});

test('JSON text escapes what is hidden, and reads back the same', () => {
  const json = JSON.stringify('\u202e\u200b\u{e0041}👩\u200d💻');
  expect(visibleJson(json)).toBe('"\\u202e\\u200b\\udb40\\udc41👩\u200d💻"');
  expect(JSON.parse(visibleJson(json))).toBe(JSON.parse(json));
});
