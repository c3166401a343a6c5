import { quote, UsageError } from '../errors.js';
import { parseFilterPattern } from './parse-pattern.js';
import { PatternError } from './pattern-error.js';
import { parseWhere, type WhereClause } from './where-condition.js';

/** What a reading command selects messages by: `--filter` and each `--where`. */
export interface Selectors {
  readonly filter?: string | undefined;
  readonly where: readonly string[];
}

/**
 * The one pattern that says what `--filter` and all of `--where` say; a filter alone is given as it is. Throws
 * {@link UsageError} where one pattern cannot say both, and {@link PatternError} for a filter that is none.
 */
export function toFilterPattern({ filter, where }: Selectors): string | undefined {
  if (where.length === 0) return filter;
  const clauses = where.flatMap((condition) => {
    const own = parseWhere(condition);
    checked(joinAll(own), { value: condition, problem: 'asks for more than a filter pattern can say' });
    return own;
  });
  const parsed = parseFilterPattern(filter ?? '');
  if (filter === undefined || parsed.kind === 'everything') {
    return checked(joinAll(clauses), { problem: 'conditions ask together for more than one filter pattern can say' });
  }
  if (parsed.kind === 'json') {
    return checked(joinAll([{ text: parsed.body, isJoined: true }, ...clauses]), {
      problem: `conditions and --filter ${quote(filter)} ask together for more than one filter pattern can say`,
    });
  }
  throw new UsageError({
    flag: '--where',
    value: where[0] ?? '',
    problem: `asks for a field of JSON messages, and --filter ${quote(filter)} is not of the form { … }: one request cannot say both`,
    fix: 'give one of the two',
  });
}

function joinAll(clauses: readonly WhereClause[]): string {
  const [first, ...others] = clauses;
  if (first === undefined || others.length === 0) return `{ ${first?.text ?? ''} }`;
  return `{ ${clauses.map(({ text, isJoined }) => (isJoined ? `(${text})` : text)).join(' && ')} }`;
}

/** What we compose is legal, unless it says too much. */
function checked(pattern: string, { value, problem }: { value?: string; problem: string }): string {
  try {
    parseFilterPattern(pattern);
    return pattern;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new UsageError({
      flag: '--where',
      ...(value === undefined ? {} : { value }),
      problem,
      fix: `the service takes ${error.expected}`,
    });
  }
}
