import { UsageError } from '../errors.js';
import { isDecimal } from './decimal.js';
import { readWhereField } from './where-field.js';
import { isQuotedText, refuseMistake } from './where-mistakes.js';
import { noComparison } from './where-words.js';

/** A part of a JSON pattern. */
export interface WhereClause {
  readonly text: string;
  /** Whether it needs parentheses beside others. */
  readonly isJoined: boolean;
}

/** Reads one `--where` as the clauses that are all to be met: `status>=500`, `level=error,fatal`. */
export function parseWhere(condition: string): readonly WhereClause[] {
  const { selector, hasWildcard, end } = readWhereField(condition);
  const operator = operators.find((each) => condition.startsWith(each, end));
  const field = condition.slice(0, end).trim();
  if (operator === undefined) throw noComparison(condition, field, condition.slice(end));
  const value = condition.slice(end + operator.length).trim();
  refuseMistake({ condition, field, operator, value });
  if (operator === '!=' && hasWildcard) throw anyElement(condition);
  return toClauses({ condition, selector, operator, value });
}

const operators = ['!=', '<=', '>=', '=', '<', '>', '~'] as const;

interface WhereComparison {
  readonly condition: string;
  readonly selector: string;
  readonly operator: (typeof operators)[number];
  readonly value: string;
}

function toClauses({ condition, selector, operator, value }: WhereComparison): readonly WhereClause[] {
  switch (operator) {
    case '=':
      return [anyOf(toAlternatives(value).flatMap((each) => equal(selector, each)))];
    case '!=':
      return [anyOf(unequal(selector, toAlternatives(value)))];
    case '~':
      if (value === '') throw noValue(condition, 'no text behind it', `${selector.slice(2)}~timeout`);
      return [anyOf(toAlternatives(value).map(({ text }) => `${selector} = ${quoted(`*${text}*`)}`))];
    default:
      if (!isDecimal(value)) throw noValue(condition, 'no number behind it', `${selector.slice(2)}${operator}500`);
      return [anyOf([`${selector} ${operator} ${value}`])];
  }
}

function anyOf(conditions: readonly string[]): WhereClause {
  return { text: conditions.join(' || '), isJoined: conditions.length > 1 };
}

interface Alternative {
  readonly text: string;
  /** Whether it was quoted, and so is a text whatever it looks like. */
  readonly isQuoted: boolean;
}

/** `a,b` is two values, and so is `"a","b"`; what double quotes enclose is one, with all that is in it. */
function toAlternatives(value: string): readonly Alternative[] {
  const isList = /^(?:"[^"]*"|[^",]*)(?:,\s*(?:"[^"]*"|[^",]*))+$/.test(value);
  if (isQuotedText(value) && !isList) return [{ text: value.slice(1, -1), isQuoted: true }];
  return value.split(isList ? /,(?=(?:[^"]*"[^"]*")*[^"]*$)/ : ',').map((each) => {
    const text = each.trim();
    return isList && isQuotedText(text) ? { text: text.slice(1, -1), isQuoted: true } : { text, isQuoted: false };
  });
}

function equal(selector: string, { text, isQuoted }: Alternative): readonly string[] {
  if (isQuoted) return [`${selector} = ${quoted(text)}`];
  if (text === 'null') return [`${selector} IS NULL`];
  if (isBoolean(text)) return [`${selector} IS ${text.toUpperCase()}`, `${selector} = ${quoted(text)}`];
  return [`${selector} = ${isDecimal(text) ? text : quoted(text)}`];
}

/**
 * What is of another kind differs from every value, and so does a message without the field; only null it does not
 * differ from, as it has nothing to show either. Of objects and lists a pattern can say nothing.
 */
function unequal(selector: string, alternatives: readonly Alternative[]): readonly string[] {
  const words = new Set(alternatives.flatMap(({ text, isQuoted }) => (isQuoted ? [] : text)));
  const values = alternatives
    .filter(({ text, isQuoted }) => isQuoted || text !== 'null')
    .map(({ text, isQuoted }) => `${selector} != ${isDecimal(text) && !isQuoted ? text : quoted(text)}`);
  const [first = `${selector} = "*"`, ...others] = values;
  return [
    others.length === 0 ? first : `(${values.join(' && ')})`,
    ...(words.has('true') ? [] : [`${selector} IS TRUE`]),
    ...(words.has('false') ? [] : [`${selector} IS FALSE`]),
    ...(words.has('null') ? [] : [`${selector} IS NULL`, `${selector} NOT EXISTS`]),
  ];
}

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false';
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function noValue(condition: string, lack: string, example: string): UsageError {
  return new UsageError({
    flag: '--where',
    value: condition,
    problem: `has ${lack}`,
    fix: `write it as in '${example}'`,
  });
}

function anyElement(condition: string): UsageError {
  return new UsageError({
    flag: '--where',
    value: condition,
    problem: 'would match wherever any one element differs',
    fix: 'name one element, as in items[0]',
  });
}
