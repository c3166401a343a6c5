import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';
import { createGrep, toQuotedTerm } from '../../src/shape/grep.js';
import { type ExpressionOptions, parseExpression } from '../../src/shape/regex.js';
import { toEvent } from '../logs/fixtures.js';

const lines = [
  'ERROR one',
  'error two',
  'warn three\n',
  'at Shop.run(Shop.java:12)\r\n',
  'first\nERROR in the second line',
];

describe('which messages are kept', () => {
  test.each<[string, string[], string[], ExpressionOptions, number[]]>([
    ['one expression', ['ERROR'], [], {}, [0, 4]],
    ['two are ored', ['ERROR', 'three'], [], {}, [0, 2, 4]],
    ['none may match', [], ['ERROR', 'warn'], {}, [1, 3]],
    ['both', ['E'], ['second'], {}, [0]],
    ['upper and lower case', ['ERROR'], [], { ignoreCase: true }, [0, 1, 4]],
    ['the end of a message is before its newline', ['three$', ':12\\)$'], [], { byLine: true }, [2, 3]],
    ['every line has a beginning', ['^ERROR'], [], { byLine: true }, [0, 4]],
    ['nothing asked for', [], [], {}, [0, 1, 2, 3, 4]],
  ])('%s', (_, grep, exclude, options, expected) => {
    const parse = (text: string) => parseExpression(text, '--grep', options);
    const keeps = createGrep({ grep: grep.map(parse), exclude: exclude.map(parse) });
    expect(lines.flatMap((message, index) => (keeps(toEvent({ message })) ? [index] : []))).toEqual(expected);
  });

  test('a filter pattern that is matched here as well', () => {
    const grep = [parseExpression('one|two', '--grep')];
    const keeps = createGrep({ grep, exclude: [], filter: compileFilterPattern('ERROR') });
    expect(lines.filter((message) => keeps(toEvent({ message })))).toEqual(['ERROR one']);
  });
});

describe('what the service can be asked for', () => {
  test.each<[string, string | undefined]>([
    ['ERROR', '"ERROR"'],
    ['order-17: failed', '"order-17: failed"'],
    ['GET /orders', '"GET /orders"'],
    ['Shop\\.java:12', '"Shop.java:12"'],
    ['run\\(\\)', '"run()"'],
    ['a.b', undefined],
    ['a|b', undefined],
    ['^ERROR', undefined],
    ['\\d', undefined],
    ['\\bword', undefined],
    ['a\\\\b', undefined],
    ['say "hi"', undefined],
    ['\\*\\*\\*', undefined],
    ['100%', undefined],
    [' ', undefined],
    ['café', undefined],
    ['a\tb', undefined],
    ['x'.repeat(1_022), `"${'x'.repeat(1_022)}"`],
    ['x'.repeat(1_023), undefined],
  ])('%j', (regex, expected) => {
    expect(toQuotedTerm(regex)).toBe(expected);
  });

  test('whatever an expression finds, its term finds too, and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aB1 ./\\()[]*+?|^$-:"%{},#&\n'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, text, (regex, before, after) => {
        const term = toQuotedTerm(regex);
        fc.pre(term !== undefined);
        const matches = compileFilterPattern(term);
        const { test: finds } = parseExpression(regex, '--grep', { byLine: true });
        for (const message of [before, after, before + regex.replaceAll('\\', '') + after]) {
          expect(matches(message)).toBe(finds(message));
        }
      }),
    );
  });
});

describe('expressions', () => {
  test.each([
    ['(?=a)b', 'what must not match goes into --exclude <regex>'],
    ['(?<!a)b', 'what must not match goes into --exclude <regex>'],
    ['(a)\\1', 'back references are not to be had'],
    ['a(', "literal signs are escaped: --grep 'a\\.b\\(1\\)'"],
    ['', 'leave it out'],
  ])('%j is refused', (text, fix) => {
    expect(() => parseExpression(text, '--grep')).toThrow(fix);
  });

  test('one for which backtracking takes a minute is done at once', { timeout: 5_000 }, () => {
    const text = `${'a'.repeat(32)}b`;
    expect(parseExpression('^(a+)+$', '--grep').test(text)).toBe(false);
    expect(parseExpression('(a|a)*c', '--grep').spans(text)).toEqual([]);
  });

  test('spans are from left to right, matches of nothing left out', () => {
    expect(parseExpression('o|x*', '--grep').spans('foo xx')).toEqual([
      { start: 1, end: 2 },
      { start: 2, end: 3 },
      { start: 4, end: 6 },
    ]);
  });
});
