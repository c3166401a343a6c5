import type { LogGroup } from './log-group.js';
import { describeLimit, logGroupIdentifier, logGroupName, logGroupNamePattern, nextToken } from './log-members.js';
import { flag, integer, list, oneOf, readMembers, required, type Values } from './members.js';
import { arnOf, requireDeletable, type Service, toGroupName } from './service.js';
import { invalidParameter } from './wire-error.js';

/** The member that names the class of a group. */
export const logGroupClass = oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Creates a log group. */
export function createLogGroup({ store }: Service, request: unknown): string {
  const members = { logGroupName: required(logGroupName), logGroupClass, deletionProtectionEnabled: flag() };
  const { logGroupName: name, ...options } = readMembers(request, members);
  if (name.toLowerCase().startsWith('aws/')) {
    throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
  }
  store.createGroup(name, options);
  return '';
}

/** Deletes a log group with all it holds. */
export function deleteLogGroup({ store }: Service, request: unknown): string {
  const { logGroupName: name } = readMembers(request, { logGroupName: required(logGroupName) });
  requireDeletable(store.group(name));
  store.deleteGroup(name);
  return '';
}

/** Sets how long the events of a group are kept. */
export function putRetentionPolicy({ store }: Service, request: unknown): string {
  const members = { logGroupName: required(logGroupName), retentionInDays: required(integer(Number.MIN_SAFE_INTEGER)) };
  const { logGroupName: name, retentionInDays } = readMembers(request, members);
  if (!retentionDays.includes(retentionInDays)) {
    throw invalidParameter(`Invalid retention value. Valid values are: [${retentionDays.join(', ')}]`);
  }
  store.group(name).retentionInDays = retentionInDays;
  return '';
}

/** Keeps the events of a group for good. */
export function deleteRetentionPolicy({ store }: Service, request: unknown): string {
  const { logGroupName: name } = readMembers(request, { logGroupName: required(logGroupName) });
  store.group(name).retentionInDays = undefined;
  return '';
}

const describeMembers = {
  logGroupNamePrefix: logGroupName,
  logGroupNamePattern,
  logGroupIdentifiers: list(required(logGroupIdentifier), 1, 50),
  logGroupClass,
  limit: describeLimit,
  nextToken,
};

type DescribeInput = Values<typeof describeMembers>;

/** Lists groups by name. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export function describeLogGroups(service: Service, request: unknown): string {
  const { limit = 50, nextToken: token, ...selection } = readMembers(request, describeMembers);
  checkExclusive(selection);
  const after = token === undefined ? '' : service.tokens.redeem(selection, token);
  const found = selectGroups(service, selection).filter(({ name }) => name > after);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return JSON.stringify({
    logGroups: page.map((group) => describeGroup(service, group, selection.logGroupNamePattern !== undefined)),
    ...(last === undefined || found.length <= limit ? {} : { nextToken: service.tokens.issue(selection, last.name) }),
  });
}

type GroupSelection = Omit<DescribeInput, 'limit' | 'nextToken'>;

function checkExclusive({ logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers }: GroupSelection): void {
  const given = { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) throw invalidParameter(`${names.join(' and ')} cannot both be specified.`);
}

function selectGroups(service: Service, selection: GroupSelection): LogGroup[] {
  const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupIdentifiers, logGroupClass } = selection;
  const wanted = logGroupIdentifiers && new Set(logGroupIdentifiers.map((each) => toGroupName(service, each)));
  return [...service.store.groups.values()]
    .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern))
    .filter((group) => wanted?.has(group.name) !== false)
    .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A search by pattern answers with less than the other forms. */
function describeGroup(service: Service, group: LogGroup, isBrief: boolean): object {
  const logGroupArn = arnOf(service, group);
  const { name: logGroupName, creationTime, retentionInDays, storedBytes, deletionProtectionEnabled } = group;
  if (isBrief) return { logGroupName, creationTime, arn: `${logGroupArn}:*` };
  return {
    logGroupName,
    creationTime,
    retentionInDays,
    metricFilterCount: 0,
    arn: `${logGroupArn}:*`,
    storedBytes,
    logGroupClass: group.logGroupClass,
    logGroupArn,
    deletionProtectionEnabled,
    bearerTokenAuthenticationEnabled: false,
  };
}
