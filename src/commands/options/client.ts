import { readFileSync } from 'node:fs';
import { nameOf, textOf, UsageError } from '../../errors.js';
import { createReporter, type Io, type Reporter } from '../../io.js';
import type { Attempt, ClientOptions } from '../../logs/client.js';
import { isRegion } from '../../partition.js';
import type { GlobalFlags } from './global.js';
import { createMfaPrompt } from './mfa-prompt.js';
import { parseRate } from './values.js';

/** The clients that the flags and the environment ask for: one for each region. */
export function toClientOptions(flags: GlobalFlags, io: Io): readonly [ClientOptions, ...ClientOptions[]] {
  const { env } = io;
  const wanted = variable(env, 'CWLOGS_RATE');
  const rate = wanted === undefined ? undefined : parseRate(wanted, 'CWLOGS_RATE');
  const common: ClientOptions = {
    profile: flags.profile ?? variable(env, 'AWS_PROFILE'),
    ...endpointOf(flags, env),
    credentials: keysOf(flags, env),
    certificateAuthorities: authoritiesOf(env),
    mfaCode: createMfaPrompt(io),
    ratePerSecond: flags.rate === undefined ? rate : parseRate(flags.rate, '--rate'),
    onAttempt: flags.debug === true ? attemptLog(createReporter(io, flags)) : undefined,
  };
  const [first, ...others] = toRegions(flags);
  if (first === undefined) return [{ ...common, region: regionOf(env) }];
  return [{ ...common, region: first }, ...others.map((region) => ({ ...common, region }))];
}

/** The regions that were typed, each once; refuses what is none. */
export function toRegions({ region = [] }: GlobalFlags): readonly string[] {
  return [...new Set(region.map((name) => parseRegion(name, '--region')))];
}

/** The client of a command that has one region, `why` it has; refuses several. */
export function toOneRegion(
  [first, ...others]: readonly [ClientOptions, ...ClientOptions[]],
  why: string,
): ClientOptions {
  if (others.length === 0) return first;
  throw new UsageError({ flag: '--region', problem: `is given several times: ${why}`, fix: 'leave one out' });
}

/** The bundle that the AWS CLI too reads from this variable. */
function authoritiesOf(env: Io['env']): string | undefined {
  const path = variable(env, 'AWS_CA_BUNDLE');
  if (path === undefined) return undefined;
  const flag = 'AWS_CA_BUNDLE';
  const fix = 'name a file of certificates in PEM, or unset it';
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError({ flag, value: path, problem: `cannot be read: ${textOf(error)}`, fix });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new UsageError({ flag, value: path, problem: 'holds no certificate', fix });
}

/** A variable of the environment; an empty one counts as unset, as it does for the AWS CLI. */
export function variable(env: Io['env'], name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

function attemptLog(reporter: Reporter): (attempt: Attempt) => void {
  return ({ operation, durationMs, error }) => {
    void reporter.debug(
      `${operation} ${error === undefined ? 'answered' : nameOf(error)} in ${durationMs.toFixed(0)} ms`,
    );
  };
}

function regionOf(env: Io['env']): string | undefined {
  // The SDK itself does not know AWS_DEFAULT_REGION, which the AWS CLI and its users do.
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = variable(env, name);
    if (value !== undefined) return parseRegion(value, name);
  }
  return undefined;
}

function parseRegion(text: string, flag: string): string {
  if (isRegion(text)) return text;
  const several = text.split(/[\s,]+/).filter((name) => name !== '');
  const each = several.map((name) => `--region ${name}`).join(' ');
  const write = flag === '--region' ? `${flag} ` : `${flag}=`;
  const fix =
    several.length > 1
      ? `${flag === '--region' ? 'repeat it' : 'it holds one; give several by'}: ${each}`
      : `try ${write}${isRegion(text.trim()) ? text.trim() : 'eu-west-1'}`;
  throw new UsageError({ flag, value: text, problem: 'is not an AWS region', fix });
}

function endpointOf(flags: GlobalFlags, env: Io['env']): Pick<ClientOptions, 'endpoint' | 'endpointFlag'> {
  if (flags.endpointUrl !== undefined) return parseEndpoint(flags.endpointUrl, '--endpoint-url');
  for (const name of ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL']) {
    const value = variable(env, name);
    if (value !== undefined) return parseEndpoint(value, name);
  }
  return {};
}

function parseEndpoint(text: string, flag: string): Pick<ClientOptions, 'endpoint' | 'endpointFlag'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What stands before the @ may be a password.
  const value = text.includes('@') ? `…${text.slice(text.lastIndexOf('@'))}` : text;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError({ flag, value, problem: 'is not a URL', fix: 'try http://127.0.0.1:4588' });
  }
  if (url.username === '' && url.password === '') return { endpoint: text, endpointFlag: flag };
  const problem = 'holds a user or a password; requests are signed with AWS credentials instead';
  throw new UsageError({ flag, value, problem, fix: 'leave them out' });
}

/** Keys in the environment of the run; where a profile is named it decides, as in the SDK. */
function keysOf(flags: GlobalFlags, env: Io['env']): ClientOptions['credentials'] {
  const accessKeyId = variable(env, 'AWS_ACCESS_KEY_ID');
  const secretAccessKey = variable(env, 'AWS_SECRET_ACCESS_KEY');
  const sessionToken = variable(env, 'AWS_SESSION_TOKEN');
  if (flags.profile !== undefined || variable(env, 'AWS_PROFILE') !== undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
