import { invalidCharacters, invalidPattern, type PatternError } from './pattern-error.js';

/** Walks over a pattern; every step first skips white space. */
export interface PatternScanner {
  /** Steps over a literal, if it is next. */
  take(literal: string): boolean;
  /** Steps over what the expression matches here, if anything; the expression must be sticky. */
  match(expression: RegExp): RegExpExecArray | undefined;
  /** Steps over a literal that must come next. */
  expect(literal: string): void;
  isAtEnd(): boolean;
  /** Where the next step begins, counted from 0. */
  index(): number;
  /** The refusal of what comes next. */
  refuse(): PatternError;
}

/** Starts at the beginning of a pattern. */
export function createPatternScanner(pattern: string): PatternScanner {
  let position = 0;
  const index = () => {
    position = pattern.length - pattern.slice(position).trimStart().length;
    return position;
  };
  const take = (literal: string) => {
    const isNext = pattern.startsWith(literal, index());
    if (isNext) position += literal.length;
    return isNext;
  };
  const match = (expression: RegExp) => {
    expression.lastIndex = index();
    const found = expression.exec(pattern) ?? undefined;
    position += found?.[0].length ?? 0;
    return found;
  };
  const refuse = () => {
    const [characters] = /^[^\s\w$"'{}]+|^"[^"]*"?/.exec(pattern.slice(index())) ?? [];
    return characters === undefined ? invalidPattern(position) : invalidCharacters(characters, position);
  };
  return {
    take,
    match,
    refuse,
    index,
    expect(literal) {
      if (!take(literal)) throw refuse();
    },
    isAtEnd: () => index() === pattern.length,
  };
}
