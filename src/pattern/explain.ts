import { quote } from '../errors.js';
import { visible } from '../escape.js';
import { isCondition, isWildcard } from './conditions.js';
import { valuePredicate, wordPredicate } from './predicates.js';
import type {
  DelimitedField,
  DelimitedPattern,
  Expression,
  FilterPattern,
  JsonCondition,
  Term,
  TermsPattern,
} from './syntax.js';

/** Says in plain words, on one line or a few, which messages a pattern matches. */
export function explainPattern(pattern: FilterPattern): string {
  switch (pattern.kind) {
    case 'everything':
      return 'every message';
    case 'terms':
      return explainTerms(pattern);
    case 'json':
      return joined('messages that are one JSON object in which', toLines(pattern.condition, describeCondition));
    case 'delimited':
      return explainFields(pattern);
  }
}

function explainTerms({ terms }: TermsPattern): string {
  const counted = terms.filter(({ role }) => role !== 'optional');
  const note = 'upper and lower case are told apart; a text may stand inside a longer word';
  if (counted.length === 0) {
    const [only, ...others] = terms.map(({ content }) => contentOf(content));
    const head = others.length === 0 ? `messages that contain ${only}` : 'messages that contain at least one of';
    return [head, ...(others.length === 0 ? [] : [only, ...others].map((each) => `  - ${each}`)), note].join('\n');
  }
  const [first = '', ...others] = counted.map(describeTerm);
  const ignored = terms.length === counted.length ? [] : ['the terms with ? change nothing here'];
  return [`messages that ${first}`, ...others.map((each) => `  and ${each}`), ...ignored, note].join('\n');
}

function describeTerm({ role, content }: Term): string {
  return `${role === 'excluded' ? 'do not contain' : 'contain'} ${contentOf(content)}`;
}

function contentOf(content: Term['content']): string {
  return content.kind === 'regex' ? `a match of the regular expression ${content.source}` : quote(content.text);
}

function describeCondition(condition: JsonCondition): string {
  const { selector } = condition;
  const isAny = selector.steps.some(isWildcard);
  const field = visible(selector.text);
  if (condition.kind === 'missing') return isAny ? `no ${field} exists` : `${field} does not exist`;
  const subject = isAny ? `at least one ${field}` : field;
  if (condition.kind !== 'is') return `${subject} ${valuePredicate(condition)}`;
  if (condition.literal !== 'NULL') return `${subject} is ${condition.literal.toLowerCase()}, not in quotes`;
  return `${subject} is null, or an array that holds a null`;
}

function explainFields({ fields }: DelimitedPattern): string {
  const ellipsisAt = fields.findIndex(({ kind }) => kind === 'ellipsis');
  const isOpen = ellipsisAt !== -1;
  const count = isOpen ? fields.length - 1 : Math.max(fields.length, 1);
  const rest = isOpen || fields.length === 0 ? '' : `; field ${count} takes the rest of the line`;
  const conditions = fields.flatMap((field, index) => {
    if (field.kind === 'ellipsis' || field.condition === undefined) return [];
    const fromEnd = fields.length - index;
    const place =
      !isOpen || index < ellipsisAt
        ? `field ${index + 1}`
        : fromEnd === 1
          ? 'the last field'
          : `field ${fromEnd} from the end`;
    return describeField(field, `${place} (${field.name})`);
  });
  if (count === 0) return 'every message';
  const head = `messages of ${count} or more fields between white space ("…" and […] are one field each${rest})`;
  if (conditions.length === 0) return head;
  return [`${head} in which`, ...conditions.map((line) => `  ${line}`)].join('\n');
}

function describeField({ condition }: DelimitedField, place: string): readonly string[] {
  if (condition === undefined) return [];
  return toLines(condition, (comparison) => `${place} ${wordPredicate(comparison)}`).map((line) =>
    line.startsWith(' ') ? line : `- ${line}`,
  );
}

/** A condition on its own line; several as a list below what joins them. */
function toLines<Condition extends { readonly kind: string }>(
  expression: Expression<Condition>,
  describe: (condition: Condition) => string,
): readonly string[] {
  if (isCondition(expression)) return [describe(expression)];
  const parts = expression.parts.flatMap((part) => {
    const [first = '', ...others] = toLines(part, describe);
    return [`  - ${first}`, ...others.map((line) => `  ${line}`)];
  });
  return [expression.kind === 'all' ? 'all of these are true:' : 'at least one of these is true:', ...parts];
}

function joined(head: string, [first = '', ...others]: readonly string[]): string {
  return [`${head} ${first}`, ...others].join('\n');
}
