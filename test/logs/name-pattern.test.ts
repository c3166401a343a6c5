import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonPrefix, matchesAny, parseNamePattern } from '../../src/logs/name-pattern.js';

test.each([
  ['api', 'api', ['api']],
  ['', '', ['']],
  ['/aws/*', '/aws/', ['/aws/', '/aws/api', '/aws/a/b']],
  ['*api', '', ['api', '/aws/api']],
  ['/a*/api', '/a', ['/a/api', '/aws/x/api']],
  ['a*b*c', 'a', ['abc', 'a1b2c', 'abbcc']],
  ['*', '', ['', 'anything']],
  ['[a]$.*', '[a]$.', ['[a]$.', '[a]$.x']],
])('the pattern %j begins with %j and matches %j', (text, prefix, names) => {
  const pattern = parseNamePattern(text);
  expect(pattern.prefix).toBe(prefix);
  expect(names.filter((name) => !pattern.matches(name))).toEqual([]);
});

test.each([
  ['api', ['', 'ap', 'API', '/aws/api', 'apis']],
  ['/aws/*', ['/aws', 'x/aws/api']],
  ['*api', ['apis']],
  ['a*a', ['a', 'ab', 'ba']],
  ['ab*ba', ['aba']],
  ['a*b*c', ['ac', 'acb', 'cab']],
  ['[a]$.*', ['a', '[a]', '[a]$x']],
])('the pattern %j matches none of %j', (text, names) => {
  expect(names.filter(parseNamePattern(text).matches)).toEqual([]);
});

test('a pattern is the regular expression in which only * is special', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*'), maxLength: 8 });
  const names = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 10 });
  fc.assert(
    fc.property(letters, names, (text, name) => {
      const source = text.replaceAll('.', '\\.').replaceAll('*', '.*');
      const pattern = parseNamePattern(text);
      expect(pattern.matches(name)).toBe(new RegExp(`^${source}$`).test(name));
      if (pattern.matches(name)) expect(name.startsWith(pattern.prefix)).toBe(true);
    }),
  );
});

test.each([
  [['web/*', 'web/1', 'we*x'], 'we'],
  [['2026/*[$LATEST]*'], '2026/'],
  [['a*', 'b'], ''],
  [['a', '*'], ''],
  [[], ''],
])('the names of %j have %j in common', (patterns, prefix) => {
  expect(commonPrefix(patterns)).toBe(prefix);
});

test('what begins otherwise than the common prefix matches none of several patterns', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 });
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), names, (patterns, name) => {
      const isMatch = matchesAny(patterns)(name);
      expect(isMatch).toBe(patterns.some((text) => parseNamePattern(text).matches(name)));
      if (isMatch) expect(name.startsWith(commonPrefix(patterns))).toBe(true);
    }),
  );
});
