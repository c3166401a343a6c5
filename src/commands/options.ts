import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { nameOf, textOf, UsageError } from '../errors.js';
import { createReporter, type Io, type Reporter } from '../io.js';
import type { Attempt, ClientOptions } from '../logs/client.js';
import { createMfaPrompt } from './mfa-prompt.js';

/** Options that every command takes. */
export interface GlobalFlags {
  /** Only of the reading commands. */
  readonly rate?: string;
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly endpointUrl?: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Adds the options that every command takes. */
export function addGlobalOptions(command: Command): Command {
  return command
    .optionsGroup('Global options:')
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .option('--region <name>', 'AWS region; repeat it to read several', collect)
    .option('--endpoint-url <url>', 'another address than the region’s own')
    .addOption(new Option('--color <when>', 'colour: auto, always or never').default('auto'))
    .option('-q, --quiet', 'say nothing on stderr but errors')
    .option('--print-policy', 'print the IAM policy that this command line needs, and stop')
    .option('--debug', 'show every request, and a stack trace with an error');
}

/** The zone in which times are read and shown. */
export interface ZoneFlags {
  readonly tz?: string;
  readonly utc?: boolean;
}

/** Adds `--tz` and `--utc`. */
export function addZoneOptions(command: Command): Command {
  return command
    .option(
      '--tz <zone>',
      'time zone in which times are read and shown, such as Europe/Berlin; default: this machine’s',
    )
    .option('--utc', 'the same as --tz UTC');
}

/** A time range as it was typed. */
export interface RangeOptionFlags {
  readonly start?: string;
  readonly end?: string;
  readonly since?: string;
  readonly until?: string;
  readonly on?: string;
  readonly around?: string;
  readonly window?: string;
}

/** Adds the options that choose a time range. */
export function addRangeOptions(command: Command): Command {
  return command
    .option('-s, --start <time>', 'from this time on (inclusive): 2h, "yesterday 3pm", 2026-11-20T15:00')
    .option('-e, --end <time>', 'up to this time (exclusive); default: now')
    .addOption(new Option('--since <time>').hideHelp())
    .addOption(new Option('--until <time>').hideHelp())
    .option('--on <day>', 'a whole day or month: yesterday, 2026-11-20, 2026-11')
    .option('--around <time>', 'a moment, with --window on both sides')
    .option('--window <duration>', 'how far --around reaches; default: 1m');
}

/** `--since` and `--until` are other names of `--start` and `--end`. */
export function rangeFlags(flags: RangeOptionFlags): Omit<RangeOptionFlags, 'since' | 'until'> {
  refuseTogether('--start', flags.start, '--since', flags.since);
  refuseTogether('--end', flags.end, '--until', flags.until);
  const { since, until, ...range } = flags;
  return {
    ...range,
    ...(since === undefined ? {} : { start: since }),
    ...(until === undefined ? {} : { end: until }),
  };
}

/** Reads a whole number of at least 1. */
export function parseCount(text: string, flag: string, example = 100): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= 1) return count;
  const fix = `try ${flag} ${example}`;
  throw new UsageError({ flag, value: text, problem: 'is not a whole number of at least 1', fix });
}

/** The SDK opens no more connections to one region than these. */
const maxConnections = 50;

/** Reads how many requests may be in flight. */
export function parseConcurrency(text: string): number {
  const concurrency = parseCount(text, '--concurrency', 8);
  if (concurrency <= maxConnections) return concurrency;
  throw new UsageError({
    flag: '--concurrency',
    value: text,
    problem: `is above ${maxConnections}, the connections there are: further requests would only wait in line`,
    fix: `try --concurrency ${maxConnections}`,
  });
}

/** Reads a positive number, such as 25 or 0.5. */
export function parseRate(text: string, flag: string): number {
  const rate = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && rate > 0) return rate;
  throw new UsageError({ flag, value: text, problem: 'is not a number of requests a second', fix: `try ${flag} 10` });
}

/** Reads a share from 0 to 1, such as 10% or 0.1. */
export function parseShare(text: string, flag: string): number {
  const share = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (/^\d+(\.\d+)?%?$/.test(text) && share <= 1) return share;
  throw new UsageError({ flag, value: text, problem: 'is not a share from 0 to 1', fix: `try ${flag} 10% or 0.1` });
}

/** Reads one of a few words. */
export function parseChoice<Choice extends string>(text: string, flag: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new UsageError({ flag, value: text, problem: 'is not known', fix: `use ${choices.join(', ')}` });
}

/** Refuses two options that say different things about the same. */
export function refuseTogether(flag: string, value: unknown, otherFlag: string, otherValue: unknown): void {
  if (value === undefined || otherValue === undefined || value === false || otherValue === false) return;
  throw new UsageError({ problem: `${flag} and ${otherFlag} cannot be used together`, fix: 'leave one out' });
}

/** Collects a repeatable option. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** The clients that the flags and the environment ask for: one for each region. */
export function toClientOptions(flags: GlobalFlags, io: Io): readonly [ClientOptions, ...ClientOptions[]] {
  const { env } = io;
  const wanted = variable(env, 'CWLOGS_RATE');
  const rate = wanted === undefined ? undefined : parseRate(wanted, 'CWLOGS_RATE');
  const common: ClientOptions = {
    profile: flags.profile ?? variable(env, 'AWS_PROFILE'),
    endpoint: endpointOf(flags, env),
    credentials: keysOf(flags, env),
    certificateAuthorities: authoritiesOf(env),
    mfaCode: createMfaPrompt(io),
    ratePerSecond: flags.rate === undefined ? rate : parseRate(flags.rate, '--rate'),
    onAttempt: flags.debug === true ? attemptLog(createReporter(io, flags)) : undefined,
  };
  const [first, ...others] = new Set(flags.region?.map(parseRegion));
  // The SDK itself does not know AWS_DEFAULT_REGION, which the AWS CLI and its users do.
  if (first === undefined) {
    return [{ ...common, region: variable(env, 'AWS_REGION') ?? variable(env, 'AWS_DEFAULT_REGION') }];
  }
  return [{ ...common, region: first }, ...others.map((region) => ({ ...common, region }))];
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

function parseRegion(text: string): string {
  if (/^[a-z]+(-[a-z]+)+-\d+$/.test(text)) return text;
  const several = text.split(/[\s,]+/).filter((name) => name !== '');
  const fix =
    several.length > 1 ? `repeat it: ${several.map((name) => `--region ${name}`).join(' ')}` : 'try --region eu-west-1';
  throw new UsageError({ flag: '--region', value: text, problem: 'is not an AWS region', fix });
}

function endpointOf(flags: GlobalFlags, env: Io['env']): string | undefined {
  if (flags.endpointUrl !== undefined) return parseEndpoint(flags.endpointUrl, '--endpoint-url');
  for (const name of ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL']) {
    const value = variable(env, name);
    if (value !== undefined) return parseEndpoint(value, name);
  }
  return undefined;
}

function parseEndpoint(text: string, flag: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What stands before the @ may be a password.
  const value = text.includes('@') ? `…${text.slice(text.lastIndexOf('@'))}` : text;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError({ flag, value, problem: 'is not a URL', fix: 'try http://127.0.0.1:4588' });
  }
  if (url.username === '' && url.password === '') return text;
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
