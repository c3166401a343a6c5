import { isCondition } from './conditions.js';
import { compileWordTest } from './match-value.js';
import { type MessageField, toFields } from './message-fields.js';
import type { Comparison, DelimitedField, DelimitedPattern, Expression } from './syntax.js';

/** What a pattern with fields takes out of a message: `$ip`, and `$1` for a field without a name. */
export type ExtractedValues = Readonly<Record<string, string>>;

/** Compiles `[ … ]` into a test of messages. */
export function compileDelimited(pattern: DelimitedPattern): (message: string) => boolean {
  const match = compileMatch(pattern);
  return (message) => match(message) !== undefined;
}

/** Compiles `[ … ]` into what TestMetricFilter extracts; undefined where a message does not match. */
export function compileDelimitedExtraction(
  pattern: DelimitedPattern,
): (message: string) => ExtractedValues | undefined {
  const match = compileMatch(pattern);
  const { lead, trail } = sidesOf(pattern);
  return (message) => {
    const fields = match(message);
    if (fields === undefined) return undefined;
    const trailAt = fields.length - trail.length;
    const nameAt = (index: number) => (index < trailAt ? lead[index] : trail[index - trailAt])?.name ?? index + 1;
    return Object.fromEntries(fields.map(({ text }, index) => [`$${nameAt(index)}`, text]));
  };
}

type Test = (word: string) => boolean;

/** Gives the fields of a message that matches. */
function compileMatch(pattern: DelimitedPattern): (message: string) => readonly MessageField[] | undefined {
  const { lead, trail, isOpen } = sidesOf(pattern);
  const leadTests = lead.map(({ condition }) => compileTest(condition));
  const trailTests = trail.map(({ condition }) => compileTest(condition));
  return (message) => {
    const split = toFields(message);
    const fields = isOpen || lead.length === 0 ? split : toRow(message, split, lead.length);
    if (fields.length < lead.length + trail.length) return undefined;
    if (!isOpen && fields.length === 0) return undefined;
    const passes = (tests: readonly Test[], first: number) =>
      tests.every((test, index) => test(fields[first + index]?.text ?? ''));
    return passes(leadTests, 0) && passes(trailTests, fields.length - trail.length) ? fields : undefined;
  };
}

interface Sides {
  /** The fields counted from the first word of a message. */
  readonly lead: readonly DelimitedField[];
  /** The fields counted from its last. */
  readonly trail: readonly DelimitedField[];
  /** Whether there is a `...` between them. */
  readonly isOpen: boolean;
}

function sidesOf({ fields }: DelimitedPattern): Sides {
  const ellipsisAt = fields.findIndex(({ kind }) => kind === 'ellipsis');
  const isOpen = ellipsisAt !== -1;
  const named = (part: typeof fields) => part.filter((field) => field.kind === 'field');
  if (!isOpen) return { lead: named(fields), trail: [], isOpen };
  return { lead: named(fields.slice(0, ellipsisAt)), trail: named(fields.slice(ellipsisAt)), isOpen };
}

/** The last of so many fields takes the rest of the line as it is. */
function toRow(message: string, fields: readonly MessageField[], count: number): readonly MessageField[] {
  const last = fields[count - 1];
  if (last === undefined || fields.length === count) return fields;
  return [...fields.slice(0, count - 1), { ...last, text: message.slice(last.index, fields.at(-1)?.end) }];
}

function compileTest(condition: Expression<Comparison> | undefined): Test {
  if (condition === undefined) return () => true;
  if (isCondition(condition)) return compileWordTest(condition);
  const tests = condition.parts.map(compileTest);
  return condition.kind === 'all'
    ? (word) => tests.every((test) => test(word))
    : (word) => tests.some((test) => test(word));
}
