import { expect, test } from 'vitest';
import { toShellLine, visible } from '../src/escape.js';

test.each([
  ['plain text', 'ä 日本 👍', 'ä 日本 👍'],
  ['controls', '\u001b[31m\n\u009b', '\\u001b[31m\\u000a\\u009b'],
  ['an override of direction', 'gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['isolates', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['what has no width', 'a\u200bb\u2060c\ufeff', 'a\\u200bb\\u2060c\\ufeff'],
  ['tags, which spell words unseen', 'a\u{e0041}', 'a\\u{e0041}'],
  ['the joiners of Persian and of emoji', 'می\u200cخواهم 👩\u200d💻', 'می\u200cخواهم 👩\u200d💻'],
])('%s', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each([
  [
    'words without any other character',
    ['fetch', '/aws/lambda/api', '--start', '2h'],
    'fetch /aws/lambda/api --start 2h',
  ],
  ['a space', ['--start', 'yesterday 3pm'], "--start 'yesterday 3pm'"],
  ['a dollar and single quotes', ['--filter', "{ $.a = 'b' }"], "--filter '{ $.a = '\\''b'\\'' }'"],
  ['an empty word', [''], "''"],
])('a line for a shell: %s', (_, words, line) => {
  expect(toShellLine(words)).toBe(line);
});
