import { partitionOf } from '../../src/partition.js';
import type { AskedRequest } from './recorder.js';

/** An IAM policy, as far as ours go. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

/** An action on a resource, which IAM allows or denies. */
export interface Deed {
  readonly action: string;
  readonly resource: string;
}

/** What IAM is asked about before a request is answered. */
export function deedsOf({ operation, region, input }: AskedRequest): Deed[] {
  const place = `arn:${partitionOf(region)}:logs:${region}:123456789012:log-group`;
  const stream = operation === 'PutLogEvents' ? String(input.logStreamName) : '';
  const resources = groupsOf(operation, input).map((group) => {
    return `${group.startsWith('arn:') ? group : `${place}:${group}`}:log-stream:${stream}`;
  });
  const deeds = (resources.length === 0 ? ['*'] : resources).map((resource) => ({
    action: `logs:${operation}`,
    resource,
  }));
  return [
    ...deeds,
    ...(input.unmask === true ? deeds.map(({ resource }) => ({ action: 'logs:Unmask', resource })) : []),
  ];
}

/** The service takes the listing of groups for one of a group without a name; others for none of any. */
function groupsOf(operation: string, input: AskedRequest['input']): string[] {
  if (operation === 'DescribeLogGroups') return [''];
  if (operation === 'ListLogGroups' || operation === 'DescribeExportTasks') return [];
  const { logGroupName, logGroupIdentifier, logGroupNames, logGroupIdentifiers } = input;
  return [logGroupName, logGroupIdentifier, logGroupNames, logGroupIdentifiers].flat().flatMap((group) => {
    return typeof group === 'string' ? [group] : [];
  });
}

/** Whether a policy allows it; what can be tied to no resource is allowed by `*` alone. */
export function isAllowed({ Statement }: Policy, { action, resource }: Deed): boolean {
  return Statement.some(
    ({ Action, Resource }) =>
      Action.includes(action) && Resource.some((pattern) => pattern === '*' || toRegex(pattern).test(resource)),
  );
}

function toRegex(pattern: string): RegExp {
  const text = pattern.replaceAll(/\$\{(.)\}|[\s\S]/g, (piece, escaped: string | undefined) => {
    if (escaped === undefined && piece === '*') return '.*';
    if (escaped === undefined && piece === '?') return '.';
    return (escaped ?? piece).replace(/[^\w]/g, '\\$&');
  });
  return new RegExp(`^${text}$`);
}
