import { type JsonDocument, type JsonValue, numberTextOf } from './json-document.js';
import { parseSelector, type Selector, select } from './json-selector.js';
import { invalidCharacters, invalidPattern, regexRefusal } from './pattern-error.js';
import type { PatternScanner } from './pattern-scanner.js';

/** One comparison of a pattern: `$.status >= 500`. */
export interface Condition {
  readonly selector: Selector;
  test(document: JsonDocument): boolean;
}

/** Parses a condition, from its selector on. */
export function parseCondition(scanner: PatternScanner): Condition {
  const selector = parseSelector(scanner);
  const ordering = scanner.match(/<=|>=|<|>/y)?.[0];
  if (ordering !== undefined) return { selector, test: ordered(selector, ordering, parseNumber(scanner)) };
  const equality = scanner.match(/!=|=(?!=)/y)?.[0];
  if (equality !== undefined) return { selector, test: equal(selector, equality === '=', parseOperand(scanner)) };
  if (scanner.match(/NOT\s+EXISTS\b/y)) {
    return { selector, test: ({ root }) => select(root, selector).length === 0 };
  }
  if (!scanner.match(/IS\b/y)) throw invalidPattern(scanner.index());
  return { selector, test: isLiteral(selector, parseLiteral(scanner)) };
}

const numberPattern = /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.*-])/y;

function parseNumber(scanner: PatternScanner): number {
  const number = scanner.match(numberPattern)?.[0];
  if (number === undefined) throw scanner.refuse();
  return Number(number);
}

function ordered(selector: Selector, operator: string, limit: number): Condition['test'] {
  const compare: (value: number) => boolean =
    {
      '<': (value: number) => value < limit,
      '<=': (value: number) => value <= limit,
      '>': (value: number) => value > limit,
      '>=': (value: number) => value >= limit,
    }[operator] ?? (() => false);
  return ({ root }) => select(root, selector).some((value) => typeof value === 'number' && compare(value));
}

/** What `=` compares with: a text, and a number where one was written without quotes. */
interface Operand {
  readonly matches: (text: string) => boolean;
  readonly number: number | undefined;
}

function parseOperand(scanner: PatternScanner): Operand {
  const start = scanner.index();
  const number = scanner.match(numberPattern)?.[0];
  if (number !== undefined) return { matches: (text) => text === number, number: Number(number) };
  const quoted = scanner.match(/"((?:[^"\\]|\\.)*)"/sy)?.[1];
  if (quoted !== undefined) return { matches: wildcard(quoted.replace(/\\(["\\])/g, '$1')), number: undefined };
  if (scanner.take('%')) throw regexRefusal(start);
  const bare = scanner.match(/[\w.*-]+/y)?.[0];
  if (bare === undefined) throw scanner.refuse();
  if (bare === 'null' || bare === 'NULL') throw invalidPattern(start);
  return { matches: wildcard(bare), number: undefined };
}

function equal(selector: Selector, isPositive: boolean, { matches, number }: Operand): Condition['test'] {
  const test = (value: JsonValue) => {
    if (typeof value === 'number' && number !== undefined) return (value === number) === isPositive;
    const text = typeof value === 'string' ? value : numberTextOf(value);
    return text !== undefined && matches(text) === isPositive;
  };
  return (document) => {
    const values = select(document.root, selector);
    const needsSource = number === undefined && values.some((value) => typeof value === 'number');
    return (needsSource ? select(document.lexemes(), selector) : values).some(test);
  };
}

/** `*` stands for any text at either end and for itself in between. */
function wildcard(text: string): (value: string) => boolean {
  const isOpenStart = text.startsWith('*');
  const isOpenEnd = text.endsWith('*');
  if (/^\*+$/.test(text)) return () => true;
  const core = text.slice(isOpenStart ? 1 : 0, isOpenEnd ? -1 : undefined);
  if (isOpenStart && isOpenEnd) return (value) => value.includes(core);
  if (isOpenStart) return (value) => value.endsWith(core);
  if (isOpenEnd) return (value) => value.startsWith(core);
  return (value) => value === core;
}

type Literal = true | false | null;

const literals = new Map<string, Literal>([
  ['TRUE', true],
  ['FALSE', false],
  ['NULL', null],
]);

function parseLiteral(scanner: PatternScanner): Literal {
  const start = scanner.index();
  const word = scanner.match(/\S+?(?=[\s})]|$)/y)?.[0] ?? '';
  const literal = literals.get(word);
  if (literal === undefined) throw invalidCharacters(word, start);
  return literal;
}

function isLiteral(selector: Selector, literal: Literal): Condition['test'] {
  const matches = (value: JsonValue) =>
    value === literal || (literal === null && Array.isArray(value) && value.includes(null));
  return ({ root }) => select(root, selector).some(matches);
}
