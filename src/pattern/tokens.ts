import { expectations, expressionFix } from './mistakes.js';
import { illegalCharacter, invalidCharacters, PatternError } from './pattern-error.js';
import { readRegex } from './regex.js';
import { readSelector } from './selector.js';
import type { Regex, Selector } from './syntax.js';

/** A piece of a `{ … }` or `[ … ]`, where it stands and as it was written. */
export type Token = { readonly index: number; readonly text: string } & (
  | { readonly kind: 'symbol' | 'number' | 'word' | 'end' }
  | { readonly kind: 'quoted'; readonly content: string }
  | { readonly kind: 'regex'; readonly regex: Regex }
  | { readonly kind: 'selector'; readonly selector: Selector }
);

/** Cuts a pattern into tokens; the last one is its end. Characters of no token are refused before anything else. */
export function toTokens(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  let index = skipSpace(pattern, 0);
  while (index < pattern.length) {
    const token = readToken(pattern, index);
    tokens.push(token);
    index = skipSpace(pattern, index + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', index: pattern.length });
  return tokens;
}

/** Where the white space at a place ends. */
export function skipSpace(pattern: string, index: number): number {
  const space = /[ \t\r\n\f\v]*/y;
  space.lastIndex = index;
  return index + (space.exec(pattern)?.[0].length ?? 0);
}

/** Reads `"…"` from its first quote on; `\"` is a quote and `\\` a backslash. */
export function readQuoted(pattern: string, index: number): { readonly content: string; readonly end: number } {
  const quoted = /"((?:[^"\\]|\\.)*)"/sy;
  quoted.lastIndex = index;
  const found = quoted.exec(pattern);
  if (found === null) {
    throw new PatternError({
      index,
      expected: 'a text that ends with a quote too',
      fix: 'close the quote',
      serviceMessage: invalidCharacters(pattern.slice(index)),
    });
  }
  return { content: (found[1] ?? '').replace(/\\(["\\])/g, '$1'), end: quoted.lastIndex };
}

const shapes = [
  ['symbol', /&&|\|\||!=|<=|>=|[=<>{}()[\],]/y],
  ['number', /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.*-])/y],
  ['word', /[\w.*-]+/y],
] as const;

function readToken(pattern: string, index: number): Token {
  const until = (end: number) => ({ index, text: pattern.slice(index, end) });
  switch (pattern.charAt(index)) {
    case '"': {
      const { content, end } = readQuoted(pattern, index);
      return { kind: 'quoted', content, ...until(end) };
    }
    case '%': {
      const { regex, end } = readRegex(pattern, index);
      return { kind: 'regex', regex, ...until(end) };
    }
    case '$': {
      const selector = readSelector(pattern, index);
      return { kind: 'selector', selector, ...until(index + selector.text.length) };
    }
  }
  for (const [kind, shape] of shapes) {
    shape.lastIndex = index;
    if (shape.test(pattern)) return { kind, ...until(shape.lastIndex) };
  }
  // What begins like an operator or a number is refused with the character that it should not go on with.
  const illegal = /[!&|+]/.test(pattern.charAt(index)) ? index + 1 : index;
  throw new PatternError({
    index,
    expected: expectations.token,
    fix: expressionFix(pattern, index, expectations.token),
    serviceMessage: illegalCharacter(pattern, index, illegal),
  });
}
