/** A filter pattern that the service would refuse. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  /** Where reading stopped, counted from 1. */
  readonly column: number;
  /** What FilterLogEvents answers to this pattern. */
  readonly serviceMessage: string;

  constructor(serviceMessage: string, column: number) {
    super(`${serviceMessage} at column ${column}`);
    this.column = column;
    this.serviceMessage = serviceMessage;
  }
}

/** The refusal of characters that mean nothing where they stand; `index` counts from 0. */
export function invalidCharacters(characters: string, index: number): PatternError {
  return new PatternError(`Invalid character(s) in term '${characters}'`, index + 1);
}

/** The refusal of a pattern whose parts are legal but not their order; `index` counts from 0. */
export function invalidPattern(index: number): PatternError {
  return new PatternError('Invalid filter pattern', index + 1);
}

/** The refusal of a regular expression; `index` counts from 0. */
export function regexRefusal(index: number): PatternError {
  return new PatternError('Regular expressions in filter patterns are not evaluated here', index + 1);
}
