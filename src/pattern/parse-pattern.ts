import { operandsOf } from './conditions.js';
import { parseDelimitedPattern } from './parse-delimited.js';
import { parseJsonPattern } from './parse-json.js';
import { parseTerms } from './parse-terms.js';
import { invalidPattern, PatternError } from './pattern-error.js';
import type { FilterPattern, Regex } from './syntax.js';
import { createTokenCursor } from './token-cursor.js';
import { skipSpace } from './tokens.js';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const maxPatternLength = 1024;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const maxRegexes = 2;

/** Understands a filter pattern; throws {@link PatternError}. */
export function parseFilterPattern(pattern: string): FilterPattern {
  if (pattern.length > maxPatternLength) {
    throw new PatternError({
      index: maxPatternLength,
      expected: `at most ${maxPatternLength} characters`,
      serviceMessage: invalidPattern,
    });
  }
  const parsed = parseKind(pattern);
  const tooMany = regexesOf(parsed)[maxRegexes];
  if (tooMany !== undefined) {
    throw new PatternError({
      index: tooMany.index,
      expected: `at most ${maxRegexes} regular expressions`,
      fix: 'join them with |',
      serviceMessage: `Your input has exceeded the maximum of ${maxRegexes} regular expressions per filter pattern.`,
    });
  }
  return parsed;
}

/** The first character that is not white space tells one kind of pattern from the others. */
function parseKind(pattern: string): FilterPattern {
  switch (pattern.charAt(skipSpace(pattern, 0))) {
    case '':
      return { kind: 'everything' };
    case '{':
      return parseJsonPattern(pattern, createTokenCursor(pattern));
    case '[':
      return parseDelimitedPattern(createTokenCursor(pattern));
    default:
      return parseTerms(pattern);
  }
}

function regexesOf(pattern: FilterPattern): readonly Regex[] {
  const parts = pattern.kind === 'terms' ? pattern.terms.map(({ content }) => content) : operandsOf(pattern);
  return parts.filter((part) => part.kind === 'regex');
}
