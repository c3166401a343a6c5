import { compileDelimited, compileDelimitedExtraction, type ExtractedValues } from './match-delimited.js';
import { compileJson } from './match-json.js';
import { compileTerms } from './match-terms.js';
import { parseFilterPattern } from './parse-pattern.js';
import type { FilterPattern } from './syntax.js';

/**
 * Compiles a CloudWatch Logs filter pattern into a test of messages that answers as FilterLogEvents would: terms,
 * `{ … }` for JSON and `[ … ]` for words by position; the empty pattern matches everything. The time of a test is
 * linear in the message.
 *
 * @throws {PatternError} where the service would refuse the pattern; its `column` tells where.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  return compile(parseFilterPattern(pattern));
}

/** Compiles a pattern into what TestMetricFilter extracts from a message; undefined where it does not match. */
export function compileExtraction(pattern: string): (message: string) => ExtractedValues | undefined {
  const parsed = parseFilterPattern(pattern);
  if (parsed.kind === 'delimited') return compileDelimitedExtraction(parsed);
  const matches = compile(parsed);
  return (message) => (matches(message) ? {} : undefined);
}

function compile(pattern: FilterPattern): (message: string) => boolean {
  switch (pattern.kind) {
    case 'everything':
      return () => true;
    case 'terms':
      return compileTerms(pattern);
    case 'json':
      return compileJson(pattern);
    case 'delimited':
      return compileDelimited(pattern);
  }
}
