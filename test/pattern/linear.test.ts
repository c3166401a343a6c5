import { afterEach, describe, expect, test } from 'vitest';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';

/** More by hand: PATTERN_LINEAR_ROUNDS=200 tries each pair on as many messages of 100 KB. */
const rounds = Number(process.env.PATTERN_LINEAR_ROUNDS ?? 1);

const restore: (() => void)[] = [];
afterEach(() => {
  for (const undo of restore.splice(0)) undo();
});

const alternating = 'ab'.repeat(500);
const long = 'a'.repeat(500);

const patterns = [
  long,
  `"${'a'.repeat(499)}b${'a'.repeat(499)}"`,
  Array.from({ length: 30 }, (_, index) => `a${index}`).join(' '),
  `-${long}`,
  `?${alternating.slice(0, 400)}c ?d`,
  '%.*.*.*.*.*.*.*.*x%',
  '%a*a*a*a*a*a*a*a*a*a*b$%',
  '%[ab]*a[ab]{1,30}c%',
  '%^a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa$%',
  '%\\x28+\\x29+%',
  '{ $.a = "*a*" }',
  `{ $.a = "*${'a'.repeat(400)}b*" }`,
  '{ $.a = %a*a*a*a*b% && $.b != %.*.*.*x% }',
  '{ $.a = 1 || $.a[*] = 2 || $.* = 3 || $.b[*].c = 4 }',
  '{ $.a.a.a.a.a.a.a.a.a.a IS NULL || $.a[9999] > 1 || $.a IS NULL }',
  '{ $.a = 1e999999 || $.a < 0.1 }',
  '[]',
  '[a, b, c]',
  '[..., y = *a*, z = %a*b%]',
  '[a = "*a", ..., z]',
];

const messages: readonly ((length: number) => string)[] = [
  (length) => 'a'.repeat(length),
  (length) => 'ab'.repeat(length / 2),
  (length) => `${'a'.repeat(498)}b`.repeat(length / 499),
  (length) => '"'.repeat(length),
  (length) => '[ '.repeat(length / 2),
  (length) => '" ['.repeat(length / 3),
  (length) => '(((('.repeat(length / 4),
  (length) => ' '.repeat(length),
  (length) => `{"a":"${'a'.repeat(length)}"}`,
  (length) => `{"a":"${'\\u0061'.repeat(length / 6)}"}`,
  (length) => `{"a":"${'\\\\'.repeat(length / 2)}"}`,
  (length) => `{"a":${'['.repeat(length / 2)}${']'.repeat(length / 2)}}`,
  (length) => `${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`,
  (length) => '{"a":'.repeat(length / 5),
  (length) => `{${'"a":1,'.repeat(length / 6)}"a":2}`,
  (length) => `{"a":[${'1,'.repeat(length / 2)}1]}`,
  (length) => `{"b":[${'{"c":1},'.repeat(length / 8)}{}]}`,
  (length) => `{"a":1${'0'.repeat(length)}1}`,
  (length) => `{"a":0.${'0'.repeat(length)}1}`,
  (length) => `{"a":1e${'9'.repeat(length)}}`,
  (length) => `{"a":-${'0'.repeat(length)}`,
  (length) => `{${' '.repeat(length)}`,
];

describe.each(patterns.map((pattern) => ({ pattern })))('$pattern', ({ pattern }) => {
  test('reads four times as much of a message that is four times as long', () => {
    const matches = compileFilterPattern(pattern);
    const count = countReads();
    for (const toMessage of messages) {
      for (let round = 0; round < rounds; round += 1) {
        const short = toMessage(25_000 + round);
        const long = toMessage(100_000 + 4 * round);
        const fewer = count(() => matches(short));
        const more = count(() => matches(long));
        expect(more, long.slice(0, 20)).toBeLessThanOrEqual(fewer * 5 + 5_000);
        expect(more, long.slice(0, 20)).toBeLessThanOrEqual(long.length * 40 + 5_000);
      }
    }
  });
});

type Method = (this: string, ...given: never[]) => unknown;

/** Counts the characters that are read: every way to look into a string tells how many it may look at. */
function countReads(): (run: () => unknown) => number {
  let reads = 0;
  const watch = (
    name: keyof typeof String.prototype & string,
    cost: (text: string, given: never[], answer: unknown) => number,
  ) => {
    const original = String.prototype[name] as Method;
    const watched: Method = function (...given) {
      const answer = original.apply(this, given);
      reads += cost(this, given, answer);
      return answer;
    };
    Object.defineProperty(String.prototype, name, { value: watched, configurable: true, writable: true });
    restore.push(() => {
      Object.defineProperty(String.prototype, name, { value: original, configurable: true, writable: true });
    });
  };
  for (const name of ['charCodeAt', 'charAt', 'codePointAt'] as const) watch(name, () => 1);
  for (const name of ['startsWith', 'endsWith'] as const) watch(name, (_, [part]) => String(part).length);
  for (const name of ['slice', 'substring', 'trimEnd'] as const) watch(name, (_, __, part) => String(part).length);
  watch('includes', (text) => text.length);
  watch('indexOf', (text, [, from], found) => (found === -1 ? text.length : Number(found)) - Number(from ?? 0));
  return (run) => {
    reads = 0;
    run();
    return reads;
  };
}
