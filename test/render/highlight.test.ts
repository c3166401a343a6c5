import { expect, test } from 'vitest';
import { createHighlighter } from '../../src/render/highlight.js';
import { visibleText } from '../../src/render/visible-text.js';
import { parseExpression } from '../../src/shape/regex.js';

/** Matches in `<>`, colours as `{31}`. */
function highlight(message: string, ...regexes: string[]): string {
  const marks = regexes.map((regex) => parseExpression(regex, '--grep'));
  const text = createHighlighter(marks, { open: '<', close: '>' })(visibleText(message, true));
  return text.replaceAll('\u001b', '').replace(/\[([\d;]*)m/g, '{$1}');
}

test.each<[string, string, string[], string]>([
  ['every match', 'one two one', ['one'], '<one> two <one>'],
  ['none', 'one', ['two'], 'one'],
  ['of several expressions, joined where they overlap or touch', 'abcdef', ['bcd', 'cde', 'f'], 'a<bcdef>'],
  ['at the ends', 'aba', ['a'], '<a>b<a>'],
  ['over lines', 'a\nb', ['a\\nb'], '<a\nb>'],
  ['matches of nothing', 'abc', ['x*'], 'abc'],
  [
    'a colour goes on behind a match',
    '\u001b[33myellow ERROR text\u001b[0m',
    ['ERROR'],
    '{33}yellow <ERROR>{33} text{0}{0}',
  ],
  ['a colour that has ended does not', '\u001b[33ma\u001b[0m ERROR', ['ERROR'], '{33}a{0} <ERROR>{0}'],
  ['a match with a colour change inside', 'ER\u001b[1mROR', ['ERROR'], '<ER>{1}<ROR>{1}{0}'],
  ['the digits of a colour are no match', '\u001b[31m31', ['31'], '{31}<31>{31}{0}'],
  ['^ is not at a colour', 'a\u001b[1mb', ['^b'], 'a{1}b{0}'],
  ['what is made visible stays whole', 'a\u0007b\u009bc', ['b'], 'a^G<b>\\x9<b>c'],
])('%s', (_, message, regexes, expected) => {
  expect(highlight(message, ...regexes)).toBe(expected);
});
