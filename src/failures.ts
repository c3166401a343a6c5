import { ForeignAnswerError, nameOf, ServiceError, textOf } from './errors.js';

const throttlingNames: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/** Whether the service refused a request for being one too many. */
export function isThrottle(error: unknown): boolean {
  return throttlingNames.has(nameOf(error));
}

const expiredNames: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'TokenRefreshRequired',
]);

/** Whether credentials were good once and are no longer. */
export function isExpired(error: unknown): boolean {
  return expiredNames.has(nameOf(error));
}

/** Whether there is no valid SSO session, which a person can start anew. */
export function isSsoProblem(error: unknown): boolean {
  if (nameOf(error) === 'SSOTokenProviderFailure') return true;
  const said = textOf(error);
  return /\bSSO\b/.test(said) && /expired|invalid|not found|refresh|login/i.test(said);
}

/** Whether credentials are missing or not accepted, which a person or a tool can mend while a program runs. */
export function isLoginProblem(error: unknown): boolean {
  return isExpired(error) || isSsoProblem(error) || loginNames.has(nameOf(error));
}

const loginNames: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
]);

/** What the SDK threw, also where a client of ours has wrapped it. */
export function causeOf(error: unknown): unknown {
  return error instanceof ServiceError ? error.cause : error;
}

/** Whether the service says that a group or stream does not exist. */
export function isNotFound(error: unknown): error is ServiceError {
  return error instanceof ServiceError && nameOf(error.cause) === 'ResourceNotFoundException';
}

/** Whether the service refuses the caller an action. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof ServiceError && nameOf(error.cause) === 'AccessDeniedException';
}

/** Whether the service cannot do this with the group: its class does not allow it. */
export function isUnsupported(error: unknown): boolean {
  return error instanceof ServiceError && nameOf(error.cause) === 'InvalidOperationException';
}

const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);

/** The network-level code of an error (`ECONNREFUSED`), where it has one. */
export function networkCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && networkCodes.has(error.code)) return error.code;
  if (error.name === 'TimeoutError') return 'timeout';
  return error.cause === undefined ? undefined : networkCodeOf(error.cause);
}

/** Whether a TLS connection was tried to a port that speaks something else. */
export function isWithoutTls(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return /^(?:EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(String(error.code));
}

/** Whether the service is out of reach or in trouble, rather than refusing what was asked: trying on may help. */
export function isOutage(error: unknown): boolean {
  if (networkCodeOf(error) !== undefined || isThrottle(error) || isServerFault(error)) return true;
  // A cut answer, or one of a login page in between.
  return nameOf(error) === 'SyntaxError' || error instanceof ForeignAnswerError;
}

function isServerFault(error: unknown): boolean {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return false;
  return typeof metadata.httpStatusCode === 'number' && metadata.httpStatusCode >= 500;
}
