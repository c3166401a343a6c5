import type { Command } from 'commander';
import { partitionOf } from '../../partition.js';
import { isGroupPattern } from './names.js';

/** What a command line needs in AWS, as an IAM policy. */
interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** What a command line needs, as JSON. */
export function renderPolicy(command: Command): string {
  return `${JSON.stringify(policyOf(command), null, 2)}\n`;
}

/** A command line as far as it decides what is needed. */
interface Line {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[];
}

/** IAM actions of CloudWatch Logs; those that act on log groups, and those that have no resource of their own. */
interface Needs {
  readonly onGroups?: readonly string[];
  readonly onAll?: readonly string[];
  /** Actions of other services, with their resources. */
  readonly others?: readonly Statement[];
}

/**
 * The least that a command line needs.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
function policyOf(command: Command): Policy {
  const line = { flags: command.opts(), groups: groupsOf(command) };
  const { onGroups = [], onAll = [], others = [] } = needsOf[command.name()]?.(line) ?? {};
  const statements: Statement[] = [];
  if (onGroups.length > 0) {
    statements.push({ Effect: 'Allow', Action: prefixed(onGroups), Resource: resourcesOf(line) });
  }
  if (onAll.length > 0) statements.push({ Effect: 'Allow', Action: prefixed(onAll), Resource: ['*'] });
  return { Version: '2012-10-17', Statement: [...statements, ...others] };
}

/** What `--via insights` needs. */
const querying: Needs = {
  onGroups: ['StartQuery'],
  onAll: ['GetQueryResults', 'StopQuery', 'DescribeLogGroups'],
};

const needsOf: Readonly<Record<string, (line: Line) => Needs>> = {
  fetch: (line) =>
    line.flags.via === undefined
      ? reading(line, !['start', 'since', 'on', 'around'].some((name) => line.flags[name] !== undefined))
      : querying,
  tail: (line) =>
    line.flags.live === true ? merged(reading(line, true), { onGroups: ['StartLiveTail'] }) : reading(line, false),
  trace: (line) => reading(line, false),
  histogram: (line) => (line.flags.via === undefined ? reading(line, false) : querying),
  groups: ({ flags }) => {
    const asksStreams = flags.lastEvent === true || flags.sort === 'last-event';
    return { onAll: ['DescribeLogGroups', 'ListLogGroups', ...(asksStreams ? ['DescribeLogStreams'] : [])] };
  },
  streams: ({ groups }) => ({
    onGroups: ['DescribeLogStreams'],
    ...(groups.some(isIndirect) ? { onAll: ['DescribeLogGroups', 'ListLogGroups'] } : {}),
  }),
  query: ({ groups }) => ({
    onGroups: ['StartQuery'],
    onAll: ['GetQueryResults', 'StopQuery', 'DescribeLogGroups', ...(groups.some(isIndirect) ? ['ListLogGroups'] : [])],
  }),
  put: ({ flags }) => ({
    onGroups: [
      'PutLogEvents',
      'CreateLogStream',
      ...(flags.create === true ? ['CreateLogGroup'] : []),
      ...(flags.retention === undefined ? [] : ['PutRetentionPolicy']),
    ],
    onAll: ['DescribeLogGroups'],
  }),
  export: () => ({
    onGroups: ['CreateExportTask'],
    onAll: ['DescribeExportTasks', 'CancelExportTask'],
  }),
  pattern: ({ flags }) => (flags.aws === true ? { onAll: ['TestMetricFilter'] } : {}),
  verify: ({ flags }) => (flags.recount === true ? { onGroups: ['FilterLogEvents'] } : {}),
};

function reading({ flags, groups }: Line, looksUpStart: boolean): Needs {
  const streams = Array.isArray(flags.stream) ? flags.stream : [];
  const listsStreams = streams.some((name) => typeof name === 'string' && /[*@]/.test(name));
  const listsGroups = groups.some(isIndirect);
  return {
    onGroups: [
      'FilterLogEvents',
      ...(listsStreams ? ['DescribeLogStreams'] : []),
      ...(flags.unmask === true ? ['Unmask'] : []),
    ],
    onAll: [...(looksUpStart || listsGroups ? ['DescribeLogGroups'] : []), ...(listsGroups ? ['ListLogGroups'] : [])],
  };
}

function merged(one: Needs, other: Needs): Needs {
  return {
    onGroups: [...(one.onGroups ?? []), ...(other.onGroups ?? [])],
    onAll: [...(one.onAll ?? []), ...(other.onAll ?? [])],
  };
}

/** Whether a group has to be looked for: by a pattern, or by the last part of its name. */
function isIndirect(group: string): boolean {
  return isGroupPattern(group) || !(group.startsWith('/') || group.startsWith('arn:'));
}

function groupsOf(command: Command): string[] {
  const operands = command.registeredArguments.flatMap((argument, at) => {
    if (argument.name() !== 'group') return [];
    return argument.variadic ? command.args.slice(at) : command.args.slice(at, at + 1);
  });
  const { group } = command.opts();
  return [...operands, ...(Array.isArray(group) ? group.map(String) : [])].filter(
    (name) => !/^(?:-|https?:.*)$/.test(name),
  );
}

/** The groups, and the streams in them, in the regions that were named; the account is whichever it turns out to be. */
function resourcesOf({ flags, groups }: Line): string[] {
  const regions = Array.isArray(flags.region) ? flags.region.map(String) : ['*'];
  const names = groups.length === 0 ? ['*'] : groups;
  return names.flatMap((name) => {
    if (name.startsWith('arn:')) return [`${name.replace(/:\*$/, '')}:*`];
    const path = isIndirect(name) && !isGroupPattern(name) ? `*${name}` : name;
    return regions.map((region) => `arn:${partitionOf(region)}:logs:${region}:*:log-group:${path}:*`);
  });
}

function prefixed(actions: readonly string[]): string[] {
  return [...new Set(actions)].map((action) => `logs:${action}`);
}
