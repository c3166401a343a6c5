import { expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';

test.each([
  ['anywhere in a message', '%b+%', 'abbc', true],
  ['in this case of letters', '%B%', 'b', false],
  ['the beginning alone', '%^b%', 'a\nb', false],
  ['the end alone', '%a$%', 'a\n', false],
  ['a dot, which is not a line end', '%a.b%', 'a\nb', false],
  ['a class of all but some, which may be a line end', '%a[^x]b%', 'a\nb', true],
  ['white space, which may be a line end', '%a\\sb%', 'a\nb', true],
  ['digits', '%^\\d\\D$%', '7x', true],
  ['word characters', '%^\\w\\W$%', '_-', true],
  ['letters beyond ASCII, which are no word characters', '%^\\w$%', 'é', false],
  ['a character by its code', '%\\x28\\x29%', 'f()', true],
  ['a space', '%a b%', 'a b', true],
  ['symbols', '%:_#=@/;,-%', ':_#=@/;,-', true],
  ['escaped symbols', '%\\.\\*\\+\\[\\]\\{\\}\\^\\$\\|\\\\%', '.*+[]{}^$|\\', true],
  ['from none to so many', '%^a{,2}$%', 'aa', true],
  ['more than so many', '%^a{,2}$%', 'aaa', false],
  ['so many in a class, which are signs', '%^[{,2}]+$%', '{,2}', true],
  ['a zero that no class of signs has', '%^[{,2}]+$%', '0', false],
  ['so many behind a class with brackets in it', '%^[]x\\][]{,2}$%', '][', true],
  ['more than so many behind such a class', '%^[]x\\][]{,2}$%', '][x', false],
  ['a brace that is escaped', '%^\\{,2}$%', '{,2}', true],
  ['at least so many', '%^a{2,}$%', 'aaa', true],
  ['a class with a bracket and a colon in it', '%^[[:x]+$%', '[:x', true],
  ['a class of letters of POSIX, which is none', '%^[[:alpha:]]$%', 'b', false],
  ['its signs, and a bracket behind them', '%^[[:alpha:]]$%', ':]', true],
  ['one of two', '%^a|b$%', 'xb', true],
  ['nothing at all', '%%', 'x', true],
  ['an emoji by a dot', '%^.$%', '😀', true],
])('%s', (_, pattern, message, isMatch) => {
  expect(compileFilterPattern(pattern)(message)).toBe(isMatch);
});

test.each([
  ['%[abc%', 'Failed to compile regular expression.', 1],
  ['x %a**%', 'Failed to compile regular expression.', 3],
  ['%+a%', 'Failed to compile regular expression.', 1],
  ['%a\\%', 'Failed to compile regular expression.', 1],
  ['%\\bword%', 'Failed to compile regular expression.', 1],
  ['%\\x4%', 'Failed to compile regular expression.', 1],
  ['%[z-a]%', 'Failed to compile regular expression.', 1],
  [`%${'.{1000}'.repeat(3)}%`, 'Failed to compile regular expression.', 1],
  ['%^(ERROR|WARN)%', "Invalid character(s) in term '%^('", 3],
  ['%hello!%', "Invalid character(s) in term '%hello!'", 7],
  ['%café%', "Invalid character(s) in term '%café'", 5],
  ['%a😀%', "Invalid character(s) in term '%a😀'", 3],
  ['%abc', "Invalid character(s) in term '%abc'", 5],
  ['{ $.v = %(Alpha|Beta)% }', "Invalid character(s) in term '%('", 10],
  ['[a = %"%]', `Invalid character(s) in term '%"'`, 7],
])('%s is refused', (pattern, serviceMessage, column) => {
  expect(() => compileFilterPattern(pattern)).toThrow(expect.objectContaining({ serviceMessage, column }));
});
