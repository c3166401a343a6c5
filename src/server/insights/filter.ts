import { RE2JS, RE2JSException } from 're2js';
import { compareValues, type FieldValue, type QueryRecord, renderValue } from './record.js';
import { malformed, type Token, type TokenReader } from './tokens.js';

/** Whether a record passes a filter. */
export type RecordTest = (record: QueryRecord) => boolean;

type Operand = (record: QueryRecord) => FieldValue | undefined;

/** Reads the condition of `filter`: comparisons, `like`, `in`, ispresent(), joined by `and`, `or`, `not`. */
export function readCondition(tokens: TokenReader): RecordTest {
  let test = readAll(tokens);
  while (tokens.accept('or')) {
    const [left, right] = [test, readAll(tokens)];
    test = (record) => left(record) || right(record);
  }
  return test;
}

/** Reads the name of a field. */
export function readField(tokens: TokenReader): string {
  const token = tokens.next();
  if (token.kind === 'field' || (token.kind === 'word' && !/^\d/.test(token.text))) return token.text;
  throw malformed('expecting a field', token);
}

function readAll(tokens: TokenReader): RecordTest {
  let test = readOne(tokens);
  while (tokens.accept('and')) {
    const [left, right] = [test, readOne(tokens)];
    test = (record) => left(record) && right(record);
  }
  return test;
}

function readOne(tokens: TokenReader): RecordTest {
  if (tokens.accept('not')) {
    const test = readOne(tokens);
    return (record) => !test(record);
  }
  if (tokens.accept('(')) {
    const test = readCondition(tokens);
    tokens.expect(')');
    return test;
  }
  if (tokens.accept('ispresent')) {
    tokens.expect('(');
    const field = readField(tokens);
    tokens.expect(')');
    return (record) => record.get(field) !== undefined;
  }
  return readComparison(tokens);
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

function readComparison(tokens: TokenReader): RecordTest {
  const left = readOperand(tokens);
  const isNegated = tokens.accept('not');
  if (tokens.accept('like') || tokens.accept('=~')) {
    const matches = readTextTest(tokens.next());
    return (record) => {
      const value = left(record);
      return value !== undefined && matches(renderValue(value)) !== isNegated;
    };
  }
  if (tokens.accept('in')) {
    const choices = readChoices(tokens);
    return (record) => choices.some((choice) => compareValues(left(record), choice) === 0) !== isNegated;
  }
  const operator = tokens.next();
  const holds = isNegated || operator.kind !== 'sign' ? undefined : comparisons[operator.text];
  if (holds === undefined) throw malformed('expecting a comparison', operator);
  const right = readOperand(tokens);
  return (record) => {
    const [a, b] = [left(record), right(record)];
    return a !== undefined && b !== undefined && holds(compareValues(a, b));
  };
}

function readOperand(tokens: TokenReader): Operand {
  if (tokens.accept('tomillis')) {
    tokens.expect('(');
    const field = readField(tokens);
    tokens.expect(')');
    return (record) => Number(record.get(field));
  }
  const literal = literalOf(tokens.peek());
  if (literal === undefined) {
    const field = readField(tokens);
    return (record) => record.get(field);
  }
  tokens.next();
  return () => literal;
}

function literalOf({ kind, text }: Token): string | number | undefined {
  return kind === 'number' ? Number(text) : kind === 'text' ? text : undefined;
}

function readChoices(tokens: TokenReader): readonly FieldValue[] {
  const choices: FieldValue[] = [];
  tokens.expect('[');
  do {
    const token = tokens.next();
    const literal = literalOf(token);
    if (literal === undefined) throw malformed('expecting a text or a number', token);
    choices.push(literal);
  } while (tokens.accept(','));
  tokens.expect(']');
  return choices;
}

function readTextTest(token: Token): (text: string) => boolean {
  if (token.kind === 'text') return (text) => text.includes(token.text);
  if (token.kind !== 'regex') throw malformed('expecting a text or a /regular expression/', token);
  try {
    const regex = RE2JS.compile(token.text);
    return (text) => regex.matcher(text).find();
  } catch (error) {
    throw error instanceof RE2JSException ? malformed('which is no regular expression', token) : error;
  }
}
