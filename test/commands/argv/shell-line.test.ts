import { expect, test } from 'vitest';
import { toShellLine } from '../../../src/commands/argv/shell-line.js';

test.each([
  [['fetch', '/aws/lambda/api', '--start', '2h'], 'fetch /aws/lambda/api --start 2h'],
  [['--start', 'yesterday 3pm'], "--start 'yesterday 3pm'"],
  [['--filter', "{ $.a = 'b' }"], "--filter '{ $.a = '\\''b'\\'' }'"],
  [[''], "''"],
])('%j', (words, line) => {
  expect(toShellLine(words)).toBe(line);
});
