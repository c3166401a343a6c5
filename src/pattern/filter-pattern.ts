import { compileJsonPattern } from './json-pattern.js';
import { PatternError } from './pattern-error.js';
import { compileTerms } from './terms.js';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const maxPatternLength = 1024;

/** Compiles a filter pattern into a test of messages; throws {@link PatternError}. */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  if (pattern.length > maxPatternLength) {
    throw new PatternError(`The pattern is longer than ${maxPatternLength} characters`, maxPatternLength + 1);
  }
  switch (pattern.trimStart().charAt(0)) {
    case '':
      return () => true;
    case '{':
      return compileJsonPattern(pattern);
    case '[':
      throw new PatternError('Space-delimited filter patterns are not evaluated here', pattern.indexOf('[') + 1);
    default:
      return compileTerms(pattern);
  }
}
