import { quote } from '../errors.js';
import { isDecimal } from './decimal.js';
import type { Comparison, Operand, OrderOperator, TextOperand } from './syntax.js';

/** What a comparison says of a JSON value, as the rest of a sentence: `is a number greater than 5`. */
export function valuePredicate(comparison: Comparison): string {
  if (comparison.kind === 'order') return orderPredicate(comparison.operator, comparison.limit);
  const { operand, isNegated } = comparison;
  if (operand.kind === 'number') {
    return isNegated
      ? `is a number other than ${operand.text}, or a text other than ${quote(operand.text)}`
      : `is a number equal to ${operand.text}, or the text ${quote(operand.text)}`;
  }
  if (operand.kind === 'text' && !operand.isOpenStart && !operand.isOpenEnd) {
    const isNumeric = isDecimal(operand.text);
    if (!isNegated)
      return `is the text ${quote(operand.text)}${isNumeric ? `, or a number written ${operand.text}` : ''}`;
    const numbers = isNumeric ? `a number not written ${operand.text}` : 'any number';
    return `is a text other than ${quote(operand.text)}, or ${numbers}`;
  }
  if (isAnything(operand))
    return isNegated ? 'is a text or number that * does not match: never' : 'is any text or number';
  return `is a text or number that ${partPredicate(operand, isNegated)}`;
}

/** What a comparison says of a word of a message. */
export function wordPredicate(comparison: Comparison): string {
  if (comparison.kind === 'order') return orderPredicate(comparison.operator, comparison.limit);
  const { operand, isNegated } = comparison;
  const verb = isNegated ? 'is not' : 'is';
  if (operand.kind === 'number') return `${verb} a number equal to ${operand.text}`;
  if (operand.kind === 'text' && !operand.isOpenStart && !operand.isOpenEnd) return `${verb} ${quote(operand.text)}`;
  if (isAnything(operand)) return isNegated ? 'is nothing that * matches: never' : 'is anything';
  return partPredicate(operand, isNegated);
}

const orderWords: Readonly<Record<OrderOperator, string>> = {
  '<': 'less than',
  '<=': 'of at most',
  '>': 'greater than',
  '>=': 'of at least',
};

function orderPredicate(operator: OrderOperator, limit: string): string {
  return `is a number ${orderWords[operator]} ${limit}`;
}

function isAnything(operand: Operand): boolean {
  return operand.kind === 'text' && operand.text === '' && operand.isOpenStart && operand.isOpenEnd;
}

function partPredicate(operand: Operand, isNegated: boolean): string {
  if (operand.kind === 'regex') {
    return `${isNegated ? 'has no' : 'has a'} match of the regular expression ${operand.source}`;
  }
  const verb = operand.kind === 'text' ? partVerb(operand) : 'equal';
  return `${isNegated ? `does not ${verb}` : verb.replace(/^\w+/, '$&s')} ${quote(operand.text)}`;
}

function partVerb({ isOpenStart, isOpenEnd }: TextOperand): string {
  if (isOpenStart && isOpenEnd) return 'contain';
  return isOpenStart ? 'end with' : 'begin with';
}
