import { quote } from '../errors.js';
import { visible } from '../escape.js';
import { conditionsOf, fieldConditionsOf, isCondition, isWildcard, operandsOf } from './conditions.js';
import type {
  DelimitedPattern,
  Equality,
  Expression,
  FilterPattern,
  JsonCondition,
  JsonPattern,
  Operand,
  Selector,
  TermsPattern,
} from './syntax.js';

/** What is legal in a pattern and yet does not do what it seems to, one line for each. */
export function warningsOf(pattern: FilterPattern): readonly string[] {
  switch (pattern.kind) {
    case 'everything':
      return [];
    case 'terms':
      return termsWarnings(pattern);
    case 'json':
      return [...new Set([...jsonWarnings(pattern), ...elementWarnings(pattern.condition)])];
    case 'delimited':
      return delimitedWarnings(pattern);
  }
}

function termsWarnings({ terms }: TermsPattern): readonly string[] {
  const warnings: string[] = [];
  const optional = terms.filter(({ role }) => role === 'optional').length;
  if (optional > 0 && optional < terms.length) {
    warnings.push(
      'terms with ? are ignored as soon as there is one without; several alternatives and a condition together need JSON or a %regular expression%',
    );
  }
  for (const [index, { content }] of terms.entries()) {
    if (content.kind === 'regex') continue;
    const isBetween = index > 0 && index < terms.length - 1;
    if (!content.isQuoted && (isBetween ? /^(AND|OR|NOT|and|or|And|Or)$/ : /^(AND|OR|NOT)$/).test(content.text)) {
      warnings.push(
        `${content.text} is searched for as a word; terms side by side are all required, ?a ?b is either, -a is not`,
      );
    }
    if (content.isQuoted && content.text.trim() === '') {
      warnings.push(
        `${quote(content.text)} matches only messages that contain it; the empty pattern matches every message`,
      );
    }
  }
  return warnings;
}

function jsonWarnings({ condition }: JsonPattern): readonly string[] {
  const conditions = conditionsOf(condition);
  const isAsked = (selector: Selector, kinds: readonly JsonCondition['kind'][]) =>
    conditions.some((other) => other.selector.text === selector.text && kinds.includes(other.kind));
  return conditions.flatMap((each) => {
    if (each.kind !== 'equality') return [];
    const { selector } = each;
    const field = visible(selector.text);
    const warnings = starWarnings(each.operand);
    if (each.isNegated && !isAsked(selector, ['missing'])) {
      warnings.push(
        `!= does not match a message without ${field}, nor one where it is true, false, null, an array or an object; write: ${differing(conditions, selector)}`,
      );
    }
    if (isBoolean(each) && !isAsked(selector, ['is'])) {
      const literal = each.operand.text;
      warnings.push(
        `${field} ${each.isNegated ? '!=' : '='} ${literal} compares with the text ${quote(literal)}, never with the boolean; that is: ${field} IS ${literal.toUpperCase()}`,
      );
    }
    if (isPresence(each) && !isAsked(selector, ['is'])) {
      warnings.push(`${field} = * matches texts and numbers, not true, false, null, arrays or objects`);
    }
    return warnings;
  });
}

/** Each `!=` on a field, joined with what a missing field meets, so that it can stand beside others. */
function differing(conditions: readonly JsonCondition[], { text }: Selector): string {
  const unequal = conditions.flatMap((condition) =>
    condition.kind === 'equality' && condition.isNegated && condition.selector.text === text
      ? [`(${text} != ${operandText(condition.operand)} || ${text} NOT EXISTS)`]
      : [],
  );
  return visible([...new Set(unequal)].join(' and '));
}

/** An operand as it is written in a pattern. */
function operandText(operand: Operand): string {
  if (operand.kind === 'number') return operand.text;
  if (operand.kind === 'regex') return `%${operand.source}%`;
  const { text, isOpenStart, isOpenEnd, isQuoted } = operand;
  const whole = `${isOpenStart ? '*' : ''}${text}${isOpenEnd && (text !== '' || !isOpenStart) ? '*' : ''}`;
  return isQuoted ? `"${whole.replace(/["\\]/g, '\\$&')}"` : whole;
}

function isBoolean(equality: Equality): equality is Equality & { operand: { kind: 'text' } } {
  const { operand } = equality;
  return operand.kind === 'text' && !operand.isQuoted && /^(true|false)$/i.test(operand.text);
}

function isPresence({ operand, isNegated }: Equality): boolean {
  return operand.kind === 'text' && operand.text === '' && operand.isOpenStart && !isNegated;
}

function starWarnings(operand: Operand): string[] {
  if (operand.kind !== 'text' || !operand.text.includes('*')) return [];
  return [`the * inside ${quote(operand.text)} stands for itself; it is a wildcard only at the ends of a text`];
}

/** Conditions on the elements of one array that need not be met by the same element. */
function elementWarnings(expression: Expression<JsonCondition>): readonly string[] {
  if (isCondition(expression)) return [];
  const nested = expression.parts.flatMap(elementWarnings);
  if (expression.kind === 'any') return nested;
  const holders = expression.parts
    .filter(isCondition<JsonCondition>)
    .flatMap(({ selector }) => (selector.steps.some(isWildcard) ? [holderOf(selector)] : []));
  const shared = holders.filter((holder, index) => holders.indexOf(holder) < index);
  return [
    ...nested,
    ...shared.map(
      (holder) => `the conditions on ${holder} need not be met by the same element: each may be met by another`,
    ),
  ];
}

/** A selector up to its wildcard. */
function holderOf({ text }: Selector): string {
  return visible(/^.*?(?:\.\*|\[\*\])/s.exec(text)?.[0] ?? text);
}

function delimitedWarnings(pattern: DelimitedPattern): readonly string[] {
  const { fields } = pattern;
  const warnings = operandsOf(pattern).flatMap(starWarnings);
  if (fieldConditionsOf(pattern).length === 0) {
    const [name] = fields.flatMap((field) => (field.kind === 'field' ? [field.name] : []));
    warnings.push(
      name === undefined
        ? `without a condition this matches every message${fields.length === 0 ? ' of one word or more' : ''}`
        : `names without conditions match every message of as many words; a text in brackets is found by "[${name}]", in quotes`,
    );
  }
  const last = fields.at(-1);
  const isOpen = fields.some(({ kind }) => kind === 'ellipsis');
  if (!isOpen && last?.kind === 'field' && last.condition !== undefined) {
    warnings.push(
      `${last.name} takes the rest of the line, so that its condition sees all further words; with , ... behind it, it is one word`,
    );
  }
  return warnings;
}
