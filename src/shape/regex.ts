import { RE2JS, RE2JSException } from 're2js';
import { UsageError } from '../errors.js';

/** A regular expression from the command line. */
export interface Expression {
  test(text: string): boolean;
  /** Where it matches, from left to right; matches of nothing are left out. */
  spans(text: string): readonly Span[];
}

/** A part of a text: from `start` to before `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** How an expression is meant. */
export interface ExpressionOptions {
  readonly ignoreCase?: boolean;
  /** Whether `^` and `$` are the beginning and end of every line rather than of the whole text. */
  readonly byLine?: boolean;
}

/**
 * Compiles a regular expression from the command line. The engine's time is linear in the text, whatever the
 * expression; look-around and back references, which cannot be had so, are refused.
 */
export function parseExpression(text: string, flag: string, options: ExpressionOptions = {}): Expression {
  if (text === '')
    throw new UsageError({ flag, value: text, problem: 'is empty: it would match everything', fix: 'leave it out' });
  const { ignoreCase = false, byLine = false } = options;
  try {
    const compiled = RE2JS.compile(text, (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (byLine ? RE2JS.MULTILINE : 0));
    return { test: (tested) => compiled.test(tested), spans: (searched) => spansOf(compiled, searched) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const [, detail = error.message] = /^error parsing regexp: (.+)$/s.exec(error.message) ?? [];
    const problem = `is not a regular expression: ${detail}`;
    throw new UsageError({ flag, value: text, problem, fix: fixOf(text, flag) });
  }
}

/** Compiles a regular expression from the command line into a test of messages; see {@link parseExpression}. */
export function parseRegex(text: string, flag: string): (message: string) => boolean {
  return parseExpression(text, flag).test;
}

function spansOf(compiled: RE2JS, text: string): readonly Span[] {
  const matcher = compiled.matcher(text);
  const spans: Span[] = [];
  while (matcher.find()) {
    const span = { start: matcher.start(), end: matcher.end() };
    if (span.end > span.start) spans.push(span);
  }
  return spans;
}

function fixOf(text: string, flag: string): string {
  if (/\(\?<?[=!]/.test(text)) {
    return 'look-ahead and look-behind are not to be had in linear time; what must not match goes into --exclude <regex>';
  }
  if (/\\[1-9k]/.test(text)) return 'back references are not to be had in linear time; write out what may stand there';
  return `literal signs are escaped: ${flag} 'a\\.b\\(1\\)'`;
}
