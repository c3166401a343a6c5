import { type CloudWatchLogsClient, ListLogGroupsCommand, type LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError } from '../errors.js';
import { isLoginProblem, isOutage } from '../failures.js';
import { type GroupSelector, listGroups } from './groups.js';
import { abortBy, type ReadOptions } from './read/filter-events.js';

/** A group as it is listed where little more than its name is needed. */
export interface GroupName {
  readonly name: string;
  /** Without the `:*` that stands for its streams. */
  readonly arn: string | undefined;
  /** Undefined where the service did not say. */
  readonly logGroupClass: LogGroupClass | undefined;
}

/** The most groups that one page of ListLogGroups holds: twenty times those of DescribeLogGroups. */
const maxPageSize = 1_000;

/**
 * Lists the names of log groups, a thousand a page where the service and the caller's rights allow that, else by
 * {@link listGroups}. In no particular order.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html
 */
export async function* listGroupNames(
  client: CloudWatchLogsClient,
  selector: GroupSelector,
  options: ReadOptions = {},
): AsyncGenerator<GroupName> {
  let hasBegun = false;
  try {
    for await (const group of listBriefly(client, selector, options)) {
      hasBegun = true;
      if (isSelected(group.name, selector)) yield group;
    }
  } catch (error) {
    if (hasBegun || !isRefusal(error)) throw error;
    for await (const { logGroupName: name, logGroupArn, arn = logGroupArn, logGroupClass } of listGroups(
      client,
      selector,
      options,
    )) {
      if (name !== undefined) yield { name, arn: arn?.replace(/:\*$/, ''), logGroupClass };
    }
  }
}

async function* listBriefly(
  client: CloudWatchLogsClient,
  selector: GroupSelector,
  { signal }: ReadOptions,
): AsyncGenerator<GroupName> {
  const selection = { logGroupNamePattern: toNamePattern(selector), limit: maxPageSize };
  let nextToken: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await client.send(new ListLogGroupsCommand({ ...selection, nextToken }), abortBy(signal));
    nextToken = page.nextToken;
    for (const { logGroupName: name, logGroupArn: arn, logGroupClass } of page.logGroups ?? []) {
      if (name !== undefined) yield { name, arn: arn?.replace(/:\*$/, ''), logGroupClass };
    }
  } while (nextToken !== undefined);
}

/** How long a text in the pattern of ListLogGroups is. */
const minPatternLength = 3;
const maxPatternLength = 24;

/** The narrowest pattern that the operation takes and that leaves nothing out; what else it brings is dropped here. */
function toNamePattern(selector: GroupSelector): string | undefined {
  if (selector.kind === 'all') return undefined;
  const text = selector.kind === 'prefix' ? selector.prefix : selector.substring;
  if (text.length < minPatternLength) return undefined;
  return `${selector.kind === 'prefix' ? '^' : ''}${text.slice(0, maxPatternLength)}`;
}

function isSelected(name: string, selector: GroupSelector): boolean {
  switch (selector.kind) {
    case 'all':
      return true;
    case 'prefix':
      return name.startsWith(selector.prefix);
    case 'substring':
      return name.includes(selector.substring);
  }
}

/** Whether the operation is denied or not known, as to other servers than the service itself. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError && !isOutage(error.cause) && !isLoginProblem(error.cause);
}
