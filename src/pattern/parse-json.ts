import { conditionsOf, isWildcard } from './conditions.js';
import { expectations } from './mistakes.js';
import { parseComparison, parseExpression } from './parse-comparison.js';
import { PatternError } from './pattern-error.js';
import type { Expression, JsonCondition, JsonPattern, Literal } from './syntax.js';
import type { TokenCursor } from './token-cursor.js';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const maxWildcardSelectors = 3;

/** Parses `{ … }`. */
export function parseJsonPattern(pattern: string, cursor: TokenCursor): JsonPattern {
  const open = cursor.next();
  const condition = parseExpression(cursor, parsePrimary);
  const close = cursor.peek();
  cursor.expect('}', expectations.jsonEnd);
  if (cursor.peek().kind !== 'end') throw cursor.misplaced(expectations.end);
  refuseWildcards(condition);
  return { kind: 'json', condition, body: pattern.slice(open.index + 1, close.index).trim() };
}

function parsePrimary(cursor: TokenCursor): Expression<JsonCondition> {
  if (!cursor.take('(')) return parseCondition(cursor);
  const condition = parseExpression(cursor, parsePrimary);
  cursor.expect(')', expectations.groupEnd);
  return condition;
}

function parseCondition(cursor: TokenCursor): JsonCondition {
  const token = cursor.peek();
  if (token.kind !== 'selector') throw cursor.misplaced(expectations.selector);
  cursor.next();
  const { selector } = token;
  if (cursor.take('IS')) return { selector, kind: 'is', literal: parseLiteral(cursor) };
  if (cursor.take('NOT')) {
    cursor.expect('EXISTS', expectations.exists);
    return { selector, kind: 'missing' };
  }
  const comparison = parseComparison(cursor, nulls);
  if (comparison === undefined) throw cursor.misplaced(expectations.comparison);
  return { selector, ...comparison };
}

/** What is compared with IS alone. */
const nulls: readonly string[] = ['null', 'NULL'];

const literals: readonly Literal[] = ['TRUE', 'FALSE', 'NULL'];

function parseLiteral(cursor: TokenCursor): Literal {
  const literal = literals.find((each) => cursor.take(each));
  if (literal !== undefined) return literal;
  throw cursor.peek().kind === 'word' ? cursor.illegal(expectations.literal) : cursor.misplaced(expectations.literal);
}

function refuseWildcards(condition: Expression<JsonCondition>): void {
  const selectors = conditionsOf(condition).map(({ selector }) => selector);
  const tooMany = selectors.filter(({ steps }) => steps.some(isWildcard))[maxWildcardSelectors];
  if (tooMany === undefined) return;
  const limit = `the maximum of ${maxWildcardSelectors} JSON wildcard selectors allowed per filter pattern.`;
  throw new PatternError({
    index: tooMany.index,
    expected: `at most ${maxWildcardSelectors} fields with a wildcard`,
    serviceMessage: `Your input has exceeded ${limit}`,
  });
}
