/** An answer that refuses a request, in the service's own words. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** The exception's name as clients see it: `ResourceNotFoundException`. */
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** The refusal of a member's value. */
export function invalidParameter(message: string): WireError {
  return new WireError('InvalidParameterException', message);
}

/** The refusal of a page token that was not made for this request. */
export function invalidToken(): WireError {
  return invalidParameter('The specified nextToken is invalid.');
}

/** The refusal of a page token that is too old. */
export function expiredToken(): WireError {
  return invalidParameter('The specified nextToken is expired.');
}

/** The refusal of a request that came too soon after others. */
export function rateExceeded(): WireError {
  return new WireError('ThrottlingException', 'Rate exceeded');
}

/** The answer for what does not exist. */
export function notFound(kind: 'log group' | 'log stream'): WireError {
  return new WireError('ResourceNotFoundException', `The specified ${kind} does not exist.`);
}

/** The answer for what is there already. */
export function alreadyExists(kind: 'log group' | 'log stream'): WireError {
  return new WireError('ResourceAlreadyExistsException', `The specified ${kind} already exists`);
}
