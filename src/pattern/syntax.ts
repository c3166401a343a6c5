/** A filter pattern as it was understood. */
export type FilterPattern = { readonly kind: 'everything' } | TermsPattern | JsonPattern | DelimitedPattern;

/** `ERROR -"BAD REQUEST"`: texts that a message contains or lacks. */
export interface TermsPattern {
  readonly kind: 'terms';
  readonly terms: readonly Term[];
}

/** One text of a pattern: a message contains it, lacks it, or contains one of those that are optional. */
export interface Term {
  readonly role: 'required' | 'excluded' | 'optional';
  readonly content: Phrase | Regex;
}

interface Phrase {
  readonly kind: 'phrase';
  readonly text: string;
  readonly isQuoted: boolean;
}

/** `%[Ee]rror%`, without the signs around it. */
export interface Regex {
  readonly kind: 'regex';
  /** Where it stands in the pattern. */
  readonly index: number;
  readonly source: string;
}

/** `{ $.level = error }`: conditions on the fields of a message that is a JSON object. */
export interface JsonPattern {
  readonly kind: 'json';
  readonly condition: Expression<JsonCondition>;
  /** What stands between the braces. */
  readonly body: string;
}

/** `[ip, ..., status = 4*]`: conditions on the words of a message, by their position. */
export interface DelimitedPattern {
  readonly kind: 'delimited';
  readonly fields: readonly (DelimitedField | Ellipsis)[];
}

/** A field between the brackets: `status = 4*`, or a name alone, which any word is. */
export interface DelimitedField {
  readonly kind: 'field';
  readonly name: string;
  readonly condition: Expression<Comparison> | undefined;
}

/** `...`: any number of fields. */
export interface Ellipsis {
  readonly kind: 'ellipsis';
}

/** Conditions joined by `&&` and `||`. */
export type Expression<Condition> =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Expression<Condition>[] }
  | Condition;

/** `$.status >= 500`, `$.user IS NULL`, `$.id NOT EXISTS`: what one field is to be. */
export type JsonCondition = { readonly selector: Selector } & (
  | Comparison
  | { readonly kind: 'is'; readonly literal: Literal }
  | { readonly kind: 'missing' }
);

/** What a field can be by `IS`. */
export type Literal = 'TRUE' | 'FALSE' | 'NULL';

/** What a value is held against. */
export type Comparison = Equality | Ordering;

/** `= 4*` or `!= 4*`. */
export interface Equality {
  readonly kind: 'equality';
  readonly isNegated: boolean;
  readonly operand: Operand;
}

/** `>= 500`: of numbers alone. */
export interface Ordering {
  readonly kind: 'order';
  readonly operator: OrderOperator;
  /** A number as it was written. */
  readonly limit: string;
}

/** How a number can be ordered to another. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** What a value is to equal. */
export type Operand = NumberOperand | TextOperand | Regex;

/** A number; values that are numbers are equal to it by what they mean. */
export interface NumberOperand {
  readonly kind: 'number';
  /** As it was written. */
  readonly text: string;
}

/** A text, with a `*` at either end as a flag: `4*`, `"*.html"`. */
export interface TextOperand {
  readonly kind: 'text';
  readonly text: string;
  readonly isOpenStart: boolean;
  readonly isOpenEnd: boolean;
  readonly isQuoted: boolean;
}

/** A path into a JSON object: `$.user.roles[0]`. */
export interface Selector {
  readonly steps: readonly Step[];
  /** Where it stands in the pattern. */
  readonly index: number;
  /** As it was written. */
  readonly text: string;
}

/** One step of a path: to a member of a name, to an element, or to any of them. */
export type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | Wildcard;

/** `.*` is any value of an object, `[*]` any element of an array or value of an object. */
export interface Wildcard {
  readonly kind: 'members' | 'elements';
}
