/** What a refused pattern is refused for. */
export interface PatternRefusal {
  /** Where reading stopped, counted from 0. */
  readonly index: number;
  readonly expected: string;
  readonly fix?: string | undefined;
  readonly serviceMessage: string;
}

/** A filter pattern that the service would refuse, found before it is sent. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  /** Where reading stopped, in UTF-16 code units counted from 1; one past the end where something is missing. */
  readonly column: number;
  /** What could have stood there: `a value`. */
  readonly expected: string;
  /** What would work, where the mistake is a usual one. */
  readonly fix: string | undefined;
  /** What FilterLogEvents and StartLiveTail answer to this pattern. */
  readonly serviceMessage: string;

  constructor({ index, expected, fix, serviceMessage }: PatternRefusal) {
    super(`expected ${expected} at column ${index + 1}${fix === undefined ? '' : `; ${fix}`}`);
    this.column = index + 1;
    this.expected = expected;
    this.fix = fix;
    this.serviceMessage = serviceMessage;
  }

  /** What TestMetricFilter answers to this pattern. */
  get metricFilterMessage(): string {
    return this.serviceMessage === invalidPattern ? 'Invalid metric filter pattern' : this.serviceMessage;
  }
}

/** The service's words for a pattern whose parts are legal but not their order. */
export const invalidPattern = 'Invalid filter pattern';

/** The service's words for characters that mean nothing where they stand. */
export function invalidCharacters(characters: string): string {
  return `Invalid character(s) in term '${characters}'`;
}

/** The service's words for a character that cannot go on what began at `start`: it names all up to that character. */
export function illegalCharacter(pattern: string, start: number, index: number): string {
  const [character = ''] = pattern.slice(index, index + 2);
  return invalidCharacters(pattern.slice(start, index) + character);
}
