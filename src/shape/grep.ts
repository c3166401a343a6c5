import type { LogEvent } from '../logs/event.js';
import type { Expression } from './regex.js';

/** What messages are selected by, here rather than in the service. */
export interface GrepRules {
  /** One of these must match, where there are any. */
  readonly grep: readonly Expression[];
  /** None of these may match. */
  readonly exclude: readonly Expression[];
  /** The filter pattern as a test, where it is not the service that filters. */
  readonly filter?: ((message: string) => boolean) | undefined;
}

/** Makes the test of events; the newline that ends a message is not seen by the expressions. */
export function createGrep({ grep, exclude, filter }: GrepRules): (event: LogEvent) => boolean {
  return ({ message }) => {
    if (filter?.(message) === false) return false;
    const text = message.endsWith('\n') ? message.slice(0, message.endsWith('\r\n') ? -2 : -1) : message;
    if (grep.length > 0 && !grep.some((expression) => expression.test(text))) return false;
    return !exclude.some((expression) => expression.test(text));
  };
}

/** The longest filter pattern that the service takes. */
const maxPatternLength = 1_024;

/**
 * The filter pattern that finds every message in which a regular expression matches, where there surely is one: the
 * expression is a literal text of plain characters, and a quoted term is a case-sensitive part of the message, as it
 * is. Undefined otherwise.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function toQuotedTerm(regex: string): string | undefined {
  const literal = toLiteral(regex);
  // Quotes and backslashes need escapes, masked data shows as asterisks, and a term of white space may match anything.
  if (literal === undefined || !/^[ -~]+$/.test(literal) || /["\\*%]/.test(literal) || literal.trim() === '') {
    return undefined;
  }
  const term = `"${literal}"`;
  return term.length <= maxPatternLength ? term : undefined;
}

/** The text that an expression stands for, where it stands for just one. */
function toLiteral(regex: string): string | undefined {
  if (!/^(?:[^\\.*+?()[\]{}^$|]|\\[^A-Za-z0-9])*$/.test(regex)) return undefined;
  return regex.replace(/\\(.)/gs, '$1');
}
