import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';

const matches = (pattern: string, message: string) => compileFilterPattern(pattern)(message);

describe('texts', () => {
  test.each([
    ['a text', '{ $.a = "x" }', '{"a":"x"}', true],
    ['a bare word', '{$.a=x}', '{"a":"x"}', true],
    ['another case', '{ $.a = x }', '{"a":"X"}', false],
    ['another text', '{ $.a != "x" }', '{"a":"y"}', true],
    ['the same text', '{ $.a != "x" }', '{"a":"x"}', false],
    ['a missing field', '{ $.a != "x" }', '{}', false],
    ['an object', '{ $.a != "x" }', '{"a":{}}', false],
    ['an array', '{ $.a != "x" }', '{"a":["y"]}', false],
    ['an open end', '{ $.a = "x*" }', '{"a":"xy"}', true],
    ['an open start', '{ $.a = *x }', '{"a":"yx"}', true],
    ['both ends open', '{ $.a = "*x*" }', '{"a":"yxy"}', true],
    ['neither of two open ends', '{ $.a != "*x*" }', '{"a":"y"}', true],
    ['a star in the middle, which is itself', '{ $.a = "x*y" }', '{"a":"x-y"}', false],
    ['a star in the middle, met by a star', '{ $.a = x*y }', '{"a":"x*y"}', true],
    ['a question mark, which is itself', '{ $.a = "x?" }', '{"a":"xy"}', false],
    ['an escaped quote', String.raw`{ $.a = "say \"x\"" }`, String.raw`{"a":"say \"x\""}`, true],
    ['an escaped letter in the message', '{ $.a = "é" }', String.raw`{"a":"\u00e9"}`, true],
    ['an escaped key in the message', '{ $.a = x }', String.raw`{"\u0061":"x"}`, true],
    ['a pair of surrogates', '{ $.a = "😀" }', String.raw`{"a":"\ud83d\ude00"}`, true],
    ['a regular expression', '{ $.a = %^x[0-9]+$% }', '{"a":"x12"}', true],
    ['no match of a regular expression', '{ $.a != %^x% }', '{"a":"y"}', true],
    [
      'a regular expression that holds a brace and a percent sign',
      String.raw`{ $.a = %^\x25\}$% }`,
      '{"a":"%}"}',
      true,
    ],
  ])('%s: %s against %s', (_, pattern, message, isMatch) => {
    expect(matches(pattern, message)).toBe(isMatch);
  });
});

describe('numbers', () => {
  test.each([
    ['a number', '{ $.a = 7 }', '{"a":7.0}', true],
    ['a number written otherwise', '{ $.a = 7e0 }', '{"a":7}', true],
    ['a number with a plus', '{ $.a = +7 }', '{"a":7}', true],
    ['a number in a text', '{ $.a = 7 }', '{"a":"7"}', true],
    ['a number in a text, written otherwise', '{ $.a = 7 }', '{"a":"7.0"}', false],
    ['a text that is not the number', '{ $.a != 7 }', '{"a":"7.0"}', true],
    ['a quoted number, by how it is written', '{ $.a = "7.0" }', '{"a":7.0}', true],
    ['a quoted number, written otherwise', '{ $.a = "7" }', '{"a":7.0}', false],
    ['a number by wildcard', '{ $.a = 4* }', '{"a":404,"b":"say \\"4\\""}', true],
    ['a number by regular expression', '{ $.a = %^4..$% }', '{"a":404}', true],
    ['any number', '{ $.a = * }', '{"a":0}', true],
    ['more', '{ $.a > 1.5 }', '{"a":2}', true],
    ['not more', '{ $.a > 1.5 }', '{"a":1.50}', false],
    ['at least', '{ $.a >= 2 }', '{"a":2}', true],
    ['less', '{ $.a < 2 }', '{"a":2}', false],
    ['less, below zero', '{ $.a < -2 }', '{"a":-2.5}', true],
    ['at most', '{ $.a <= -2 }', '{"a":-2}', true],
    ['an order of texts', '{ $.a > 1 }', '{"a":"2"}', false],
    ['a tenth, written twice', '{ $.a = 0.1 }', '{"a":0.10}', true],
    ['a number that a double cannot hold', '{ $.a = 9007199254740993 }', '{"a":9007199254740993}', true],
    ['its neighbour', '{ $.a = 9007199254740993 }', '{"a":9007199254740992}', false],
    ['an order of such numbers', '{ $.a > 9007199254740992 }', '{"a":9007199254740993}', true],
    ['a number past all doubles', '{ $.a >= 1e400 }', '{"a":10e399}', true],
    ['a smaller number past all doubles', '{ $.a >= 1e400 }', '{"a":9e399}', false],
    ['a number next to zero', '{ $.a > 0 }', '{"a":1e-400}', true],
    ['a number that is no JSON', '{ $.a = 7 }', '{"a":07}', false],
  ])('%s: %s against %s', (_, pattern, message, isMatch) => {
    expect(matches(pattern, message)).toBe(isMatch);
  });
});

describe('true, false, null and nothing', () => {
  test.each([
    ['true', '{ $.a IS TRUE }', '{"a":true}', true],
    ['true in a text', '{ $.a IS TRUE }', '{"a":"true"}', false],
    ['true as a text', '{ $.a = true }', '{"a":true}', false],
    ['a boolean against a star', '{ $.a = * }', '{"a":true}', false],
    ['a boolean that differs from a text', '{ $.a != "x" }', '{"a":true}', false],
    ['false', '{ $.a IS FALSE }', '{"a":false}', true],
    ['null', '{ $.a IS NULL }', '{"a":null}', true],
    ['null in an array', '{ $.a IS NULL }', '{"a":[1,null]}', true],
    ['null in an array of an array', '{ $.a IS NULL }', '{"a":[[null]]}', false],
    ['null in an object', '{ $.a IS NULL }', '{"a":{"b":null}}', false],
    ['null that is missing', '{ $.a IS NULL }', '{}', false],
    ['null against a star', '{ $.a = * }', '{"a":null}', false],
    ['a missing field', '{ $.a NOT EXISTS }', '{}', true],
    ['a field that is null', '{ $.a NOT EXISTS }', '{"a":null}', false],
    ['an inherited property', '{ $.constructor NOT EXISTS }', '{}', true],
    ['a key that is a property of every object', '{ $.__proto__ = 1 }', '{"__proto__":1}', true],
  ])('%s: %s against %s', (_, pattern, message, isMatch) => {
    expect(matches(pattern, message)).toBe(isMatch);
  });
});

describe('the way to a value', () => {
  test.each([
    ['an element', '{ $.a[1] = 2 }', '{"a":[1,2]}', true],
    ['an element past the end', '{ $.a[2] NOT EXISTS }', '{"a":[1,2]}', true],
    ['an element behind nested ones', '{ $.a[2] = 3 }', '{"a":[[1,[2]],{"b":[9]},3]}', true],
    ['an element of an element', '{ $.a[1][0] = 3 }', '{"a":[1,[3]]}', true],
    ['a name in an array', '{ $.a.b = 1 }', '{"a":[{"b":1}]}', false],
    ['an element that is written as the name', '{ $.a.b = 1 }', '{"a":["b",1]}', false],
    ['a member at the place of an element', '{ $.a[0] = b }', '{"a":{"b":1}}', false],
    ['any element', '{ $.a[*].b = 2 }', '{"a":[{"b":1},{"b":2}]}', true],
    ['no element', '{ $.a[*].b NOT EXISTS }', '{"a":[{"c":1}]}', true],
    ['no element, where there is one', '{ $.a[*].b NOT EXISTS }', '{"a":[{"c":1},{"b":null}]}', false],
    ['any element that differs', '{ $.a[*] != 1 }', '{"a":[1,2]}', true],
    ['any member, by [*]', '{ $.a[*] = 2 }', '{"a":{"x":1,"y":2}}', true],
    ['any member, by .*', '{ $.* = 2 }', '{"a":1,"b":2}', true],
    ['any member of an array, by .*', '{ $.a.* = 2 }', '{"a":[2]}', false],
    ['an element that is an array', '{ $.a[*] = 1 }', '{"a":[[1]]}', false],
    ['different elements for two conditions', '{ $.a[*].b = 1 && $.a[*].c = 2 }', '{"a":[{"b":1},{"c":2}]}', true],
    ['a key with a dot', `{ $.['a.b'] = 1 }`, '{"a.b":1}', true],
    ['a key with a dot, further on', `{ $.a['b.c'].d = 1 }`, '{"a":{"b.c":{"d":1}}}', true],
    ['a key with a hyphen', '{ $.a-b = 1 }', '{"a-b":1}', true],
    ['the last of two equal keys', '{ $.a = 2 }', '{"a":1,"a":2}', true],
    ['the first of two equal keys', '{ $.a = 1 }', '{"a":1,"a":2}', false],
    ['the first of two equal keys, by .*', '{ $.* = 1 }', '{"a":1,"a":2}', false],
    ['a member of the first of two equal keys', '{ $.a.b = 1 }', '{"a":{"b":1},"a":2}', false],
    ['equal keys written differently', '{ $.a = 1 }', String.raw`{"a":1,"\u0061":2}`, false],
    ['and before or', '{ $.a = 1 || $.b = 2 && $.c = 3 }', '{"a":1}', true],
    ['parentheses before and', '{ ($.a = 1 || $.b = 2) && $.c = 3 }', '{"a":1}', false],
    ['parentheses around all', '{ (($.a = 1)) }', '{"a":1}', true],
  ])('%s: %s against %s', (_, pattern, message, isMatch) => {
    expect(matches(pattern, message)).toBe(isMatch);
  });
});

describe('messages', () => {
  test.each([
    ['white space around an object', ' \r\n\t{ "a" : 1 } \n', true],
    ['an array', '[]', false],
    ['text before an object', 'INFO {"b":1}', false],
    ['text behind an object', '{} tail', false],
    ['broken JSON', '{"b":', false],
    ['a text', '"{}"', false],
    ['nothing', '', false],
  ])('%s', (_, message, isRead) => {
    expect(matches('{ $.absent NOT EXISTS }', message)).toBe(isRead);
  });
});

test.each([0, 1])('every member of a message of any length is found, behind an array of %i', (count) => {
  const array = `"a":[${'0,'.repeat(count)}0]`;
  for (let length = 1; length < 600; length += 1) {
    const members = Array.from({ length }, (_, index) => `"k":${index}`).join();
    expect(matches(`{ $.k = ${length - 1} }`, `{${array},${members}}`)).toBe(true);
  }
});

test('finds what following the parsed message finds', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(value, value, fc.constantFrom('b', 'c', 'x.y', '😀'), fc.nat(2), (left, right, key, index) => {
      const document = { a: [left, { [key]: right }], [key]: { b: left } };
      const message = JSON.stringify(document);
      const first = at(document, key, 'b');
      expect(matches(`{ $.['${key}'].b = "*" }`, message)).toBe(['string', 'number'].includes(typeof first));
      expect(matches(`{ $.['${key}'].b IS TRUE }`, message)).toBe(first === true);
      expect(matches(`{ $.a[1]['${key}'] IS FALSE }`, message)).toBe(at(document, 'a', 1, key) === false);
      expect(matches(`{ $.a[${index}].b NOT EXISTS }`, message)).toBe(at(document, 'a', index, 'b') === undefined);
    }),
  );
});

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => {
    if (typeof found !== 'object' || found === null || Array.isArray(found) !== (typeof step === 'number')) {
      return undefined;
    }
    return Object.hasOwn(found, step) ? (found as Record<string | number, unknown>)[step] : undefined;
  }, value);
}
