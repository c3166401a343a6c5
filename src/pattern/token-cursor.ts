import { expressionFix } from './mistakes.js';
import { invalidCharacters, invalidPattern, PatternError } from './pattern-error.js';
import { type Token, toTokens } from './tokens.js';

/** Walks over the tokens of a pattern. */
export interface TokenCursor {
  /** The token that is next. */
  peek(): Token;
  /** Steps over the next token. */
  next(): Token;
  /** Steps over a symbol or word, if it is next. */
  take(text: string): boolean;
  /** Steps over a symbol or word that must be next. */
  expect(text: string, expected: string): void;
  /** The refusal of the next token for standing where it stands. */
  misplaced(expected: string): PatternError;
  /** The refusal of the next token for what it is. */
  illegal(expected: string): PatternError;
}

/** Starts before the first token of a pattern. */
export function createTokenCursor(pattern: string): TokenCursor {
  const tokens = toTokens(pattern);
  const end: Token = { kind: 'end', text: '', index: pattern.length };
  let position = 0;
  const peek = () => tokens[position] ?? end;
  const refuse = (expected: string, serviceMessage: string) => {
    const { index } = peek();
    return new PatternError({ index, expected, fix: expressionFix(pattern, index, expected), serviceMessage });
  };
  const misplaced = (expected: string) => refuse(expected, invalidPattern);
  const take = (text: string) => {
    const isNext = peek().text === text;
    if (isNext) position += 1;
    return isNext;
  };
  return {
    peek,
    take,
    misplaced,
    illegal: (expected) => refuse(expected, invalidCharacters(peek().text)),
    next() {
      const token = peek();
      position += 1;
      return token;
    },
    expect(text, expected) {
      if (!take(text)) throw misplaced(expected);
    },
  };
}
