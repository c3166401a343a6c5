import { expectations } from './mistakes.js';
import { parseComparison, parseExpression } from './parse-comparison.js';
import { PatternError } from './pattern-error.js';
import type { Comparison, DelimitedField, DelimitedPattern, Ellipsis, Expression } from './syntax.js';
import type { TokenCursor } from './token-cursor.js';

/** Parses `[ … ]`. */
export function parseDelimitedPattern(cursor: TokenCursor): DelimitedPattern {
  cursor.next();
  const fields: (DelimitedField | Ellipsis)[] = [];
  const names = new Set<string>();
  while (!cursor.take(']')) {
    const { index } = cursor.peek();
    const field = parseField(cursor);
    const name = field.kind === 'ellipsis' ? '...' : field.name;
    if (names.has(name)) throw duplicate(name, index);
    names.add(name);
    fields.push(field);
    // A comma may stand behind the last field, too.
    if (!cursor.take(',') && cursor.peek().text !== ']') throw cursor.misplaced(expectations.fieldEnd);
  }
  if (cursor.peek().kind !== 'end') throw cursor.misplaced(expectations.end);
  return { kind: 'delimited', fields };
}

function parseField(cursor: TokenCursor): DelimitedField | Ellipsis {
  if (cursor.take('...')) return { kind: 'ellipsis' };
  const name = parseName(cursor);
  const first = parseComparison(cursor, []);
  return { kind: 'field', name, condition: first === undefined ? undefined : parseConditions(cursor, name, first) };
}

function parseName(cursor: TokenCursor): string {
  const { kind, text } = cursor.peek();
  if (kind !== 'word' && kind !== 'number') throw cursor.misplaced(expectations.fieldName);
  if (!/^[\w-]+$/.test(text)) throw cursor.illegal(expectations.fieldName);
  cursor.next();
  return text;
}

/** The conditions of a field name it again: `status = 404 || status = 410`. */
function parseConditions(cursor: TokenCursor, name: string, first: Comparison): Expression<Comparison> {
  let isFirst = true;
  return parseExpression<Comparison>(cursor, () => {
    if (isFirst) {
      isFirst = false;
      return first;
    }
    const expected = `${name} with a comparison`;
    if (!cursor.take(name)) throw cursor.misplaced(expected);
    const comparison = parseComparison(cursor, []);
    if (comparison === undefined) throw cursor.misplaced(expectations.operator);
    return comparison;
  });
}

function duplicate(name: string, index: number): PatternError {
  return new PatternError({
    index,
    expected: name === '...' ? 'at most one ...' : 'a name that no other field has',
    serviceMessage: `Duplicate field '${name}'`,
  });
}
