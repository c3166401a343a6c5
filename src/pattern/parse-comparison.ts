import { expectations } from './mistakes.js';
import type { Comparison, Expression, Operand, OrderOperator, TextOperand } from './syntax.js';
import type { TokenCursor } from './token-cursor.js';

/** Parses conditions joined by `||` and `&&`, of which `&&` binds closer. */
export function parseExpression<Condition>(
  cursor: TokenCursor,
  parseCondition: (cursor: TokenCursor) => Expression<Condition>,
): Expression<Condition> {
  return parseJoined(cursor, '||', 'any', () => parseJoined(cursor, '&&', 'all', () => parseCondition(cursor)));
}

function parseJoined<Condition>(
  cursor: TokenCursor,
  operator: string,
  kind: 'all' | 'any',
  parsePart: () => Expression<Condition>,
): Expression<Condition> {
  const first = parsePart();
  const parts = [first];
  while (cursor.take(operator)) parts.push(parsePart());
  return parts.length === 1 ? first : { kind, parts };
}

/** Parses an operator and its value, which is none of the `reserved` words; undefined where no operator is next. */
export function parseComparison(cursor: TokenCursor, reserved: readonly string[]): Comparison | undefined {
  if (cursor.take('=')) return { kind: 'equality', isNegated: false, operand: parseOperand(cursor, reserved) };
  if (cursor.take('!=')) return { kind: 'equality', isNegated: true, operand: parseOperand(cursor, reserved) };
  const operator = orderOperators.find((each) => cursor.take(each));
  return operator === undefined ? undefined : { kind: 'order', operator, limit: parseLimit(cursor) };
}

const orderOperators: readonly OrderOperator[] = ['<=', '<', '>=', '>'];

function parseLimit(cursor: TokenCursor): string {
  const { kind, text } = cursor.peek();
  if (kind === 'symbol' || kind === 'end' || kind === 'selector') throw cursor.misplaced(expectations.number);
  if (kind !== 'number') throw cursor.illegal(expectations.number);
  cursor.next();
  return text;
}

function parseOperand(cursor: TokenCursor, reserved: readonly string[]): Operand {
  const token = cursor.peek();
  if (token.kind === 'word' && reserved.includes(token.text)) throw cursor.misplaced(expectations.value);
  switch (token.kind) {
    case 'number':
      cursor.next();
      return { kind: 'number', text: token.text };
    case 'regex':
      cursor.next();
      return token.regex;
    case 'quoted':
      cursor.next();
      return toTextOperand(token.content, true);
    case 'word':
      cursor.next();
      return toTextOperand(token.text, false);
    default:
      throw cursor.misplaced(expectations.value);
  }
}

function toTextOperand(written: string, isQuoted: boolean): TextOperand {
  const [, open = '', text = '', close = ''] = /^(\**)(.*?)(\**)$/s.exec(written) ?? [];
  return {
    kind: 'text',
    text,
    isOpenStart: open !== '',
    isOpenEnd: close !== '' || (text === '' && open !== ''),
    isQuoted,
  };
}
