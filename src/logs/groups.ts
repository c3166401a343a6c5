import { type CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { distance } from 'fastest-levenshtein';
import { GroupNotFoundError } from '../errors.js';
import { isAccessDenied, isNotFound } from '../failures.js';
import { parseNamePattern } from './name-pattern.js';
import { abortBy, type ReadOptions } from './read/filter-events.js';

/** Which log groups to list. */
export type GroupSelector =
  | { readonly kind: 'all' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** Case-sensitive. The service then returns only name, ARN and creation time. */
  | { readonly kind: 'substring'; readonly substring: string };

/** The most groups that one page of DescribeLogGroups holds. */
const maxPageSize = 50;

/**
 * Lists log groups in the order of their names, page by page to the end.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export async function* listGroups(
  client: CloudWatchLogsClient,
  selector: GroupSelector = { kind: 'all' },
  { signal }: ReadOptions = {},
): AsyncGenerator<LogGroup> {
  const selection =
    selector.kind === 'prefix'
      ? { logGroupNamePrefix: selector.prefix }
      : selector.kind === 'substring'
        ? { logGroupNamePattern: selector.substring }
        : {};
  let nextToken: string | undefined;
  do {
    signal?.throwIfAborted();
    const command = new DescribeLogGroupsCommand({ ...selection, limit: maxPageSize, nextToken });
    const page = await client.send(command, abortBy(signal));
    nextToken = page.nextToken;
    yield* page.logGroups ?? [];
  } while (nextToken !== undefined);
}

const dayMs = 86_400_000;
/** Events may be this old when they are written, so a group can hold some from before its creation. */
const maxEventAgeMs = 14 * dayMs;
/** The service takes up to this long to remove events past the group's retention. */
const expiryLagMs = 72 * 3_600_000;

/**
 * The earliest time at which a group can hold events: where no start is given, reading begins here. 0 where the
 * group cannot be looked up.
 */
export async function earliestEventMs(
  client: CloudWatchLogsClient,
  logGroup: string,
  nowMs: number,
  options: ReadOptions = {},
): Promise<number> {
  // A group of a linked account cannot be described by name from here.
  if (logGroup.startsWith('arn:')) return 0;
  try {
    for await (const group of listGroups(client, { kind: 'prefix', prefix: logGroup }, options)) {
      if (group.logGroupName === logGroup) return Math.max(0, earliestOf(group, nowMs));
    }
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
  }
  return 0;
}

function earliestOf({ creationTime, retentionInDays }: LogGroup, nowMs: number): number {
  const written = (creationTime ?? 0) - maxEventAgeMs;
  const kept = retentionInDays === undefined ? 0 : nowMs - retentionInDays * dayMs - expiryLagMs;
  return Math.max(written, kept);
}

/**
 * The ARN of a group that was given by name, without the `:*` that stands for its streams; undefined where there is no
 * such group.
 */
export async function groupArn(
  client: CloudWatchLogsClient,
  logGroup: string,
  options: ReadOptions = {},
): Promise<string | undefined> {
  if (logGroup.startsWith('arn:')) return logGroup.replace(/:\*$/, '');
  for await (const group of listGroups(client, { kind: 'prefix', prefix: logGroup }, options)) {
    if (group.logGroupName === logGroup) return (group.logGroupArn ?? group.arn)?.replace(/:\*$/, '');
  }
  return undefined;
}

/** How many of the nearest names are worth showing, and how many pages are worth asking for them. */
const maxNear = 3;
const maxNearPages = 4;

/**
 * Turns a failure for a missing group into one that knows the nearest existing names; any other failure is returned
 * as it is.
 */
export async function explainMissingGroup(client: CloudWatchLogsClient, failure: unknown): Promise<unknown> {
  if (!isNotFound(failure) || failure.logGroup === undefined || /stream/.test(failure.message)) return failure;
  const missing = failure.logGroup;
  try {
    const near = nearest(missing, await namesNear(client, missing));
    return new GroupNotFoundError(missing, near.length > 0 ? near : await namesBelow(client, missing), failure);
  } catch {
    // Listing may be denied or fail: the first failure is the one that matters.
    return new GroupNotFoundError(missing, [], failure);
  }
}

async function namesNear(client: CloudWatchLogsClient, missing: string): Promise<string[]> {
  const parent = missing.slice(0, missing.lastIndexOf('/') + 1);
  const names = parent === '' ? [] : await firstNames(client, { kind: 'prefix', prefix: parent });
  return names.length > 0 ? names : firstNames(client, { kind: 'all' });
}

/** The first names of which the missing one is a folder: `/demo/api` for `/demo`. */
async function namesBelow(client: CloudWatchLogsClient, missing: string): Promise<string[]> {
  return firstNames(client, { kind: 'prefix', prefix: `${missing.replace(/\/+$/, '')}/` }, maxNear);
}

async function firstNames(
  client: CloudWatchLogsClient,
  selector: GroupSelector,
  most = maxNearPages * maxPageSize,
): Promise<string[]> {
  const names: string[] = [];
  for await (const { logGroupName } of listGroups(client, selector)) {
    if (logGroupName !== undefined) names.push(logGroupName);
    if (names.length >= most) break;
  }
  return names;
}

/** The names that a pattern nearly matches: but for upper and lower case, or for a slip before its first `*`. */
export function nearestToPattern(pattern: string, names: readonly string[]): string[] {
  const { matches } = parseNamePattern(pattern.toLowerCase());
  const alike = names.filter((name) => matches(name.toLowerCase()));
  if (alike.length > 0) return alike;
  const { prefix } = parseNamePattern(pattern);
  return names
    .map((name) => ({ name, edits: distance(prefix, name.slice(0, prefix.length)) }))
    .filter(({ edits }) => edits <= Math.max(2, prefix.length / 5) && edits < prefix.length / 2)
    .sort((a, b) => a.edits - b.edits)
    .map(({ name }) => name);
}

/** Names as near as a slip of the keys: in the last part too, since groups of one parent share all the rest. */
export function nearest(missing: string, names: readonly string[]): string[] {
  const typed = missing.toLowerCase();
  const wanted = lastPart(typed);
  return names
    .map((name) => ({ name, last: lastPart(name.toLowerCase()), edits: distance(typed, name.toLowerCase()) }))
    .filter(({ name, last }) => isPart(wanted, last) || (isSlip(wanted, last) && isBeside(typed, name.toLowerCase())))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, maxNear)
    .map(({ name }) => name);
}

/** A last part alone may be of any parent. */
function isBeside(typed: string, name: string): boolean {
  return !typed.includes('/') || isSlip(typed, name);
}

/** A slip changes a third of a name at the most: more of it is another name. */
const maxSlipShare = 3;

function isSlip(typed: string, name: string): boolean {
  const edits = distance(typed, name);
  // Letters that have changed places are one slip.
  const slips = edits === 2 && lettersOf(typed) === lettersOf(name) ? 1 : edits;
  return slips <= Math.max(1, typed.length / maxSlipShare);
}

function lettersOf(name: string): string {
  return [...name].sort().join('');
}

/** What is shorter is in any name. */
const minPartLength = 3;

function isPart(wanted: string, last: string): boolean {
  return wanted.length >= minPartLength && last.includes(wanted);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
