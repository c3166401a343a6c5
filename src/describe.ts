import {
  ClosedPipeError,
  ConditionError,
  DamageError,
  GroupChoiceError,
  GroupNotFoundError,
  IncompleteError,
  InterruptedError,
  type InterruptSignal,
  nameOf,
  quote,
  RepeatedTokenError,
  SaveError,
  ServiceError,
  StreamNotFoundError,
  textOf,
  UsageError,
} from './errors.js';
import { visible } from './escape.js';
import { isExpired, isSsoProblem, isThrottle, networkCodeOf } from './failures.js';
import { ExportError, type ExportFailure, QueryFailedError } from './job-errors.js';

/** How a run ends: what to say, and with which exit code. */
export interface Ending {
  /** One line, lower case, without the `cwlogs: ` prefix; absent where nothing needs saying. */
  readonly message?: string;
  /** Lines to show below it. */
  readonly picture?: string | undefined;
  readonly exitCode: number;
}

const signalExitCodes: Readonly<Record<InterruptSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Turns whatever ended a run into words and an exit code: the only place where errors become text. */
export function describe(error: unknown): Ending {
  if (error instanceof ClosedPipeError) return { exitCode: 0 };
  if (error instanceof InterruptedError) {
    return { message: error.message, exitCode: signalExitCodes[error.signalName] };
  }
  if (error instanceof UsageError) {
    return { message: oneLine(error.message), picture: error.picture, exitCode: 2 };
  }
  if (error instanceof ConditionError) return { message: oneLine(error.message), exitCode: error.exitCode };
  if (error instanceof GroupNotFoundError) {
    return { message: `${error.message} in ${placeOf(error.failed)}${nearWords(error)}`, exitCode: 1 };
  }
  if (error instanceof StreamNotFoundError) return { message: oneLine(describeStream(error)), exitCode: 1 };
  if (error instanceof IncompleteError) return { message: `INCOMPLETE: ${oneLine(error.message)}`, exitCode: 1 };
  if (error instanceof GroupChoiceError) return { message: oneLine(hinted(error.message, error.hint)), exitCode: 1 };
  if (error instanceof RepeatedTokenError || error instanceof DamageError) {
    return { message: oneLine(error.message), exitCode: 1 };
  }
  if (error instanceof QueryFailedError) return { message: oneLine(describeQuery(error)), exitCode: 1 };
  if (error instanceof ExportError) return { message: oneLine(describeExport(error.failure)), exitCode: 1 };
  if (error instanceof SaveError) return { message: `cannot ${error.verb} ${oneLine(error.message)}`, exitCode: 1 };
  if (error instanceof ServiceError) return { message: oneLine(describeService(error)), exitCode: 1 };
  return { message: oneLine(`${textOf(error)} (unexpected; --debug shows where)`), exitCode: 1 };
}

function describeStream({ message, missing }: StreamNotFoundError): string {
  const { stream, logGroups, near, failed, hint } = missing;
  const [first = ''] = logGroups;
  const where = logGroups.length === 1 ? `log group ${quote(first)}` : `any of the ${logGroups.length} log groups`;
  const place = failed === undefined ? '' : ` (${placeOf(failed)})`;
  const wildcard = /[?{]/.test(stream) ? '; only * is a wildcard' : '';
  const next =
    near.length === 0 ? `cwlogs streams ${first} lists them` : `did you mean ${near.map(quote).join(' or ')}?`;
  return hinted(`${message} in ${where}${place}${wildcard}; ${next}`, hint);
}

function describeQuery({ status, queryId, problem }: QueryFailedError): string {
  if (status === 'Timeout') return 'the query ran longer than the service’s 60 minutes; query a shorter time';
  if (status === 'Cancelled') return `the query was cancelled by somebody else (${queryId})`;
  if (problem !== undefined) return `the query was refused: ${lowerFirst(problem)}`;
  return `the query failed (${status}, ${queryId}); the service does not say why, a shorter time may work`;
}

function describeExport(failure: ExportFailure): string {
  switch (failure.kind) {
    case 'bucket': {
      const { logGroup, bucket, prefix, region, said } = failure;
      const policy = `cwlogs export ${logGroup} s3://${bucket}/${prefix} --print-bucket-policy --region ${region} --account <id>`;
      return `bucket ${quote(bucket)} is not open to CloudWatch Logs (${said}) in ${region}: it has to be of this region, its policy must allow logs.${region}.amazonaws.com to write, and you need s3:PutObject on it; a policy for it: ${policy}`;
    }
    case 'busy': {
      const { other } = failure;
      const which =
        other === undefined ? '' : ` (${other.taskId} of ${quote(other.logGroup)}, ${other.status.toLowerCase()})`;
      return `another export task of the account is under way${which}, and there can be one at a time; wait for it with --wait-for-others, or see cwlogs export --list`;
    }
    case 'ended': {
      const { taskId, status, said } = failure;
      const why = said === '' ? 'the service does not say why' : said.replace(/\.$/, '');
      return `the export ended as ${status}: ${why} (task ${taskId}); what it has written before is still in the bucket`;
    }
    case 'unknown':
      return `there is no export task ${quote(failure.taskId)}; cwlogs export --list shows those of the account`;
    case 'over':
      return `export task ${quote(failure.taskId)} is over: there is nothing to cancel; cwlogs export --list shows how it ended`;
  }
}

function nearWords({ logGroup, near, hint }: GroupNotFoundError): string {
  if (partOfTime.test(logGroup)) return '; if it is part of a time, put the time in quotes: --start "yesterday 3pm"';
  const meant = near.length === 0 ? '' : `; did you mean ${near.map(quote).join(' or ')}?`;
  return hinted(meant, hint);
}

/** Adds a hint to a sentence; a question ends it as well as a semicolon. */
function hinted(said: string, hint: string | undefined): string {
  return hint === undefined ? said : `${said}${said.endsWith('?') ? '' : ';'} ${hint}`;
}

/** What the shell makes an operand of where the quotes were left out. */
const partOfTime = /^(?:ago|am|pm|\d+[ap]m|(?:second|minute|hour|day|week|month)s?)$/i;

function describeService(error: ServiceError): string {
  const { cause, operation } = error;
  const name = nameOf(cause);
  const said = textOf(cause);
  const group = error.logGroup === undefined ? 'the log group' : `log group ${quote(error.logGroup)}`;
  const forProfile = error.profile === undefined ? '' : ` --profile ${error.profile}`;

  if (/Region is missing|Region not accepted/.test(said)) return 'no region is set; give --region, or set AWS_REGION';
  if (isSsoProblem(cause)) return `the SSO session is missing or has expired; run: aws sso login${forProfile}`;
  if (isExpired(cause)) {
    return `the credentials have expired${forProfile === '' ? '' : ` (profile ${error.profile})`}; renew them: with SSO, run: aws sso login${forProfile}`;
  }
  if (name === 'CredentialsProviderError') {
    return error.profile === undefined
      ? 'no AWS credentials found; give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure'
      : `no credentials in profile ${quote(error.profile)} (${said}); run: aws configure${forProfile}`;
  }
  if (rejectedKeyNames.has(name)) {
    return `the credentials are not accepted in ${placeOf(error)} (${said}); check the keys, the region and the clock`;
  }
  if (name === 'AccessDeniedException') {
    return `access denied in ${placeOf(error)}: needs the IAM action logs:${operation} on ${group} (${said}); --print-policy prints all that the command needs`;
  }
  if (isThrottle(cause)) {
    return `throttled: ${operation} was refused ${attemptsOf(cause)} times in ${placeOf(error)} (${said}); others may be using the account's quota, try again or over a shorter time`;
  }
  if (name === 'InvalidOperationException' && said.includes('INFREQUENT_ACCESS')) {
    return `${group} is of class INFREQUENT_ACCESS, which ${operation} cannot read; such a group is read with Logs Insights: cwlogs query, or fetch --via insights`;
  }
  if (
    /filter pattern|Invalid character|JSON path|wildcard|regular expression/i.test(said) &&
    name === 'InvalidParameterException' &&
    filteringOperations.has(operation)
  ) {
    return `${operation === 'TestMetricFilter' ? '<pattern>' : '--filter'} was refused by the service: ${said}`;
  }
  if (name === 'ResourceNotFoundException' && /log stream/i.test(said)) {
    const listing = error.logGroup === undefined ? '' : `; cwlogs streams ${error.logGroup} lists them`;
    return `a stream given by --stream does not exist in ${group} (${placeOf(error)})${listing}`;
  }
  if (name === 'ResourceNotFoundException') return `${lowerFirst(said)} (${group}, ${placeOf(error)})`;
  if (name === 'ForeignAnswerError') {
    return `what answers is not CloudWatch Logs (${said}); a proxy or a login page? check the network and --endpoint-url`;
  }
  if (name === 'SyntaxError')
    return `${operation} failed in ${placeOf(error)}: the answer was cut short or is not JSON`;
  if (/certificate/i.test(said) && cause instanceof Error && 'code' in cause) {
    return `the certificate shown for CloudWatch Logs in ${placeOf(error)} is not trusted (${said}); where a proxy puts its own in between, name the file of its authority in AWS_CA_BUNDLE`;
  }
  const networkCode = networkCodeOf(cause);
  if (networkCode !== undefined) {
    const why = networkCode === 'timeout' ? 'no answer' : `${networkCode}: ${said}`;
    return `cannot reach CloudWatch Logs in ${placeOf(error)} (${why}); check the network, the region and --endpoint-url`;
  }
  return `${operation} failed in ${placeOf(error)}: ${name}: ${said}`;
}

const filteringOperations: ReadonlySet<string> = new Set(['FilterLogEvents', 'StartLiveTail', 'TestMetricFilter']);

const rejectedKeyNames: ReadonlySet<string> = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
]);
function attemptsOf(error: unknown): number | string {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  const attempts = typeof metadata === 'object' && metadata !== null && 'attempts' in metadata ? metadata.attempts : 0;
  return typeof attempts === 'number' && attempts > 0 ? attempts : 'several';
}

function placeOf(error: ServiceError): string {
  const region = error.region ?? 'the default region';
  return error.profile === undefined ? region : `${region} (profile ${error.profile})`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

function oneLine(text: string): string {
  return visible(text.replace(/\s*[\r\n]+\s*/g, ' '));
}
