/** An answer that refuses a request, in the service's own words. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** The exception's name as clients see it: `ResourceNotFoundException`. */
  readonly code: string;
  readonly statusCode: number;
  /** What the exception holds besides its message. */
  readonly members: object;

  constructor(code: string, message: string, statusCode = 400, members: object = {}) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.members = members;
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

/** The answer of a service that has failed. */
export function internalFailure(): WireError {
  return new WireError('InternalFailure', 'The request failed for an unknown reason.', 500);
}

/** The answer of a service that is down. */
export function serviceUnavailable(): WireError {
  return new WireError('ServiceUnavailableException', 'The service cannot complete the request.', 503);
}

/** The refusal of credentials that were good once. */
export function expiredCredentials(): WireError {
  return new WireError('ExpiredTokenException', 'The security token included in the request is expired');
}

/** The refusal of what the credentials do not allow. */
export function accessDenied(action: string): WireError {
  const user = 'arn:aws:iam::123456789012:user/local';
  return new WireError('AccessDeniedException', `User: ${user} is not authorized to perform: logs:${action}`);
}

/** The answer for what does not exist. */
export function notFound(kind: 'log group' | 'log stream'): WireError {
  return new WireError('ResourceNotFoundException', `The specified ${kind} does not exist.`);
}

/** The answer for what is there already. */
export function alreadyExists(kind: 'log group' | 'log stream'): WireError {
  return new WireError('ResourceAlreadyExistsException', `The specified ${kind} already exists`);
}

/** The answer for an export that was never started. */
export function notFoundTask(): WireError {
  return new WireError('ResourceNotFoundException', 'The specified export task does not exist.');
}

/** The answer for a query that was never started. */
export function notFoundQuery(queryId: string): WireError {
  return new WireError('ResourceNotFoundException', `Query with id ${queryId} does not exist.`);
}
