import { renderCount } from './quantity.js';

/** What became of the lines that were put. */
export interface PutOutcome {
  readonly delivered: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly undelivered: number;
  /** What became of the lines behind those, where the input was left before its end. */
  readonly rest?: 'unread' | 'copied' | undefined;
  /** How many of those may be stored all the same. */
  readonly possiblyStored: number;
  readonly possiblyTwice: number;
  readonly cut: number;
  /** Lines without a time of their own where one was looked for. */
  readonly untimed: number;
  /** Lines with the sign that stands for what is not UTF-8. */
  readonly replaced: number;
}

const reasons: Readonly<Record<string, string>> = {
  tooOld: 'older than 14 days',
  expired: 'older than the retention of the group',
  tooNew: 'more than 2 hours ahead of now',
  oversize: 'above 1 MiB',
};

/** Renders what became of them in one line: `100,000 delivered, 0 rejected`. */
export function renderPutSummary(outcome: PutOutcome): string {
  const { rejected, undelivered, rest, possiblyStored, possiblyTwice, cut, untimed, replaced } = outcome;
  const { empty = 0, ...others } = rejected;
  const total = Object.values(others).reduce((sum, count) => sum + count, 0);
  const parts = [
    `${renderCount(outcome.delivered)} delivered`,
    `${renderCount(total)} rejected${inBrackets(rejections(others))}`,
    ...optional(undelivered, `not delivered${inBrackets(optional(possiblyStored, 'perhaps stored'))}`),
    ...(rest === undefined ? [] : [`the rest of stdin ${rest === 'unread' ? 'not read' : 'only copied'}`]),
    ...optional(empty, 'empty left out'),
    ...optional(possiblyTwice, 'may be there twice'),
    ...optional(cut, 'cut at 1 MiB'),
    ...optional(untimed, 'without a time of their own'),
    ...optional(replaced, 'with bytes that are not UTF-8, kept as \ufffd'),
  ];
  return parts.join(', ');
}

/** Renders how many events were rejected for which reason; empty for none. */
export function renderRejected(rejected: Readonly<Record<string, number>>): string {
  return rejections(rejected).join(', ');
}

function rejections(rejected: Readonly<Record<string, number>>): string[] {
  return Object.entries(reasons).flatMap(([reason, words]) => optional(rejected[reason] ?? 0, words));
}

function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function optional(count: number, words: string): string[] {
  return count === 0 ? [] : [`${renderCount(count)} ${words}`];
}
