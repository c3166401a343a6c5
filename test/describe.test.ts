import { expect, test } from 'vitest';
import { describe } from '../src/describe.js';
import {
  ClosedPipeError,
  ConditionError,
  GroupChoiceError,
  GroupNotFoundError,
  InterruptedError,
  RepeatedTokenError,
  SaveError,
  ServiceError,
  UsageError,
} from '../src/errors.js';
import { QueryFailedError } from '../src/job-errors.js';

interface Asked {
  readonly operation?: string;
  readonly region?: string | undefined;
  readonly profile?: string;
  readonly logGroup?: string;
}

const expiredSso =
  'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.';

test.each<[string, Error, Asked, string]>([
  [
    'no region',
    new Error('Region is missing'),
    { operation: 'connecting', region: undefined },
    'no region is set; give --region, or set AWS_REGION',
  ],
  [
    'no credentials',
    named('CredentialsProviderError', 'Could not load credentials from any providers'),
    {},
    'no AWS credentials found; give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure',
  ],
  [
    'a profile without credentials',
    named('CredentialsProviderError', 'Could not resolve credentials using profile: [prod]'),
    { profile: 'prod' },
    'no credentials in profile "prod" (Could not resolve credentials using profile: [prod]); run: aws configure --profile prod',
  ],
  [
    'an expired SSO session',
    named('CredentialsProviderError', expiredSso),
    { profile: 'prod' },
    'the SSO session is missing or has expired; run: aws sso login --profile prod',
  ],
  [
    'an SSO token that cannot be refreshed',
    named('SSOTokenProviderFailure', 'Token is expired'),
    {},
    'the SSO session is missing or has expired; run: aws sso login',
  ],
  [
    'expired credentials',
    named('ExpiredTokenException', 'The security token included in the request is expired'),
    {},
    'the credentials have expired; renew them: with SSO, run: aws sso login',
  ],
  [
    'expired credentials of a profile',
    named('ExpiredTokenException', 'The security token included in the request is expired'),
    { profile: 'prod' },
    'the credentials have expired (profile prod); renew them: with SSO, run: aws sso login --profile prod',
  ],
  [
    'keys of another partition or none at all',
    named('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    {},
    'the credentials are not accepted in eu-west-1 (The security token included in the request is invalid.); check the keys, the region and the clock',
  ],
  [
    'a clock that is wrong',
    named('InvalidSignatureException', 'Signature expired: 20261120T1000Z is now earlier than 20261120T1200Z'),
    {},
    'the credentials are not accepted in eu-west-1 (Signature expired: 20261120T1000Z is now earlier than 20261120T1200Z); check the keys, the region and the clock',
  ],
  [
    'a denied action',
    named('AccessDeniedException', 'User: arn:aws:iam::123456789012:user/dev is not authorized'),
    { profile: 'prod', logGroup: '/app' },
    'access denied in eu-west-1 (profile prod): needs the IAM action logs:FilterLogEvents on log group "/app" (User: arn:aws:iam::123456789012:user/dev is not authorized); --print-policy prints all that the command needs',
  ],
  [
    'a denied listing',
    named('AccessDeniedException', 'not authorized'),
    { operation: 'DescribeLogGroups' },
    'access denied in eu-west-1: needs the IAM action logs:DescribeLogGroups on the log group (not authorized); --print-policy prints all that the command needs',
  ],
  [
    'throttling to the end',
    named('ThrottlingException', 'Rate exceeded', { $metadata: { attempts: 10 } }),
    { logGroup: '/app' },
    "throttled: FilterLogEvents was refused 10 times in eu-west-1 (Rate exceeded); others may be using the account's quota, try again or over a shorter time",
  ],
  [
    'throttling without a count',
    named('ThrottlingException', 'Rate exceeded', { $metadata: {} }),
    {},
    "throttled: FilterLogEvents was refused several times in eu-west-1 (Rate exceeded); others may be using the account's quota, try again or over a shorter time",
  ],
  [
    'a group of the class for rare reading',
    named(
      'InvalidOperationException',
      'The log group /ia is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.',
    ),
    { logGroup: '/ia' },
    'log group "/ia" is of class INFREQUENT_ACCESS, which FilterLogEvents cannot read; such a group is read with Logs Insights: cwlogs query, or fetch --via insights',
  ],
  [
    'a filter pattern that the service refuses',
    named('InvalidParameterException', "Invalid character(s) in term 'a.b'"),
    { logGroup: '/app' },
    "--filter was refused by the service: Invalid character(s) in term 'a.b'",
  ],
  [
    'another parameter that the service refuses',
    named('InvalidParameterException', '1 validation error detected'),
    { logGroup: '/app' },
    'FilterLogEvents failed in eu-west-1: InvalidParameterException: 1 validation error detected',
  ],
  [
    'a missing stream',
    named('ResourceNotFoundException', 'The specified log stream does not exist.'),
    { logGroup: '/app' },
    'a stream given by --stream does not exist in log group "/app" (eu-west-1); cwlogs streams /app lists them',
  ],
  [
    'a name that does not resolve',
    named('Error', 'getaddrinfo ENOTFOUND logs.eu-wset-1.amazonaws.com', { code: 'ENOTFOUND' }),
    { region: 'eu-wset-1' },
    'cannot reach CloudWatch Logs in eu-wset-1 (ENOTFOUND: getaddrinfo ENOTFOUND logs.eu-wset-1.amazonaws.com); check the network, the region and --endpoint-url',
  ],
  [
    'a refused connection on both addresses of localhost',
    Object.assign(
      new AggregateError([
        new Error('connect ECONNREFUSED ::1:4588'),
        new Error('connect ECONNREFUSED 127.0.0.1:4588'),
      ]),
      { code: 'ECONNREFUSED' },
    ),
    {},
    'cannot reach CloudWatch Logs in eu-west-1 (ECONNREFUSED: connect ECONNREFUSED ::1:4588, connect ECONNREFUSED 127.0.0.1:4588); check the network, the region and --endpoint-url',
  ],
  [
    'a dead connection',
    named('TimeoutError', 'the request socket timed out after 60000 ms of inactivity'),
    {},
    'cannot reach CloudWatch Logs in eu-west-1 (no answer); check the network, the region and --endpoint-url',
  ],
  [
    'anything else, on one line',
    named('ServiceUnavailableException', 'try\n  again\r\nlater'),
    {},
    'FilterLogEvents failed in eu-west-1: ServiceUnavailableException: try again later',
  ],
  [
    'a failure before the region is known',
    named('TypeError', 'Invalid URL'),
    { region: undefined },
    'FilterLogEvents failed in the default region: TypeError: Invalid URL',
  ],
])('a request fails for %s', (_, cause, asked, message) => {
  const failure = new ServiceError({ operation: 'FilterLogEvents', region: 'eu-west-1', ...asked, cause });
  expect(describe(failure)).toEqual({ message, exitCode: 1 });
});

const notFound = new ServiceError({
  operation: 'FilterLogEvents',
  cause: named('ResourceNotFoundException', 'The specified log group does not exist.'),
  region: 'eu-west-1',
  profile: 'prod',
});

test.each<[string, unknown, string | undefined, number]>([
  ['a reader that has gone', new ClosedPipeError('stdout was closed'), undefined, 0],
  ['a mistake on the command line', new UsageError({ flag: '--limit', problem: 'is empty' }), '--limit is empty', 2],
  ['a condition that is not met', new ConditionError('no events in /app'), 'no events in /app', 3],
  ['Ctrl-C', new InterruptedError('SIGINT'), 'interrupted by SIGINT', 130],
  ['a request to end', new InterruptedError('SIGTERM'), 'interrupted by SIGTERM', 143],
  ['a closed terminal', new InterruptedError('SIGHUP'), 'interrupted by SIGHUP', 129],
  [
    'a missing group with names that are near',
    new GroupNotFoundError('/ap', ['/app', '/api'], notFound),
    'log group "/ap" does not exist in eu-west-1 (profile prod); did you mean "/app" or "/api"?',
    1,
  ],
  [
    'a missing group with none',
    new GroupNotFoundError('/ap', [], notFound),
    'log group "/ap" does not exist in eu-west-1 (profile prod)',
    1,
  ],
  [
    'a pattern that no group matches, with a hint',
    new GroupChoiceError('no log group matches "/a*" in eu-west-1; cwlogs groups lists them', { hint: 'wait for it' }),
    'no log group matches "/a*" in eu-west-1; cwlogs groups lists them; wait for it',
    1,
  ],
  [
    'a missing group with a hint',
    new GroupNotFoundError('/ap', ['/app'], notFound, 'if it is a part of a pattern, quote it'),
    'log group "/ap" does not exist in eu-west-1 (profile prod); did you mean "/app"? if it is a part of a pattern, quote it',
    1,
  ],
  [
    'a missing group that is the rest of a time',
    new GroupNotFoundError('3pm', ['/app'], notFound),
    'log group "3pm" does not exist in eu-west-1 (profile prod); if it is part of a time, put the time in quotes: --start "yesterday 3pm"',
    1,
  ],
  [
    'a page token that repeats',
    new RepeatedTokenError('/app'),
    'the service repeated a page token of "/app"; what was read so far is not complete, try again',
    1,
  ],
  [
    'a mistake of ours',
    new TypeError('x is not a function'),
    'x is not a function (unexpected; --debug shows where)',
    1,
  ],
  ['something thrown that is no error', 'boom', 'boom (unexpected; --debug shows where)', 1],
])('a run ends by %s', (_, error, message, exitCode) => {
  expect(describe(error)).toEqual(message === undefined ? { exitCode } : { message, exitCode });
});

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  [{ status: 'Timeout' }, 'the query ran longer than the service’s 60 minutes; query a shorter time'],
  [{ status: 'Cancelled', queryId: 'q-1' }, 'the query was cancelled by somebody else (q-1)'],
  [
    { status: 'Failed', queryId: 'q-1' },
    'the query failed (Failed, q-1); the service does not say why, a shorter time may work',
  ],
  [{ status: 'Malformed', problem: 'Unexpected symbol.' }, 'the query was refused: unexpected symbol'],
])('a query that ended as %j', (failed, message) => {
  expect(describe(new QueryFailedError({ queryString: 'fields a', ...failed }))).toEqual({ message, exitCode: 1 });
});

test('a file that cannot be read is named once', () => {
  const cause = Object.assign(new Error("ENOENT: no such file or directory, open '/var/log/a.log'"), {
    code: 'ENOENT',
  });
  const said = (error: Error) => describe(error).message;
  expect(said(new SaveError('/var/log/a.log', cause, 'read'))).toBe(
    'cannot read "/var/log/a.log": ENOENT: no such file or directory',
  );
  expect(said(new SaveError('stdout', new Error('ENOSPC: no space left on device, write'), 'write'))).toBe(
    'cannot write "stdout": ENOSPC: no space left on device',
  );
  expect(said(new SaveError('a, b', 'line 1 is too long, is it text?'))).toBe(
    'cannot read or write "a, b": line 1 is too long, is it text?',
  );
});
