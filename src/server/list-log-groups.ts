import { logGroupClass } from './log-groups.js';
import { listLimit, logGroupNameRegexPattern, nextToken } from './log-members.js';
import { readMembers } from './members.js';
import { arnOf, type Service } from './service.js';

const members = { logGroupNamePattern: logGroupNameRegexPattern, logGroupClass, limit: listLimit, nextToken };

/**
 * Lists groups with little more than their names.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html
 */
export function listLogGroups(service: Service, request: unknown): string {
  const { limit = 50, nextToken: token, ...selection } = readMembers(request, members);
  const after = token === undefined ? '' : service.tokens.redeem(selection, token);
  const isWanted = toNameTest(selection.logGroupNamePattern);
  const found = [...service.store.groups.values()]
    .filter((group) => group.name > after && isWanted(group.name))
    .filter((group) => selection.logGroupClass === undefined || group.logGroupClass === selection.logGroupClass)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return JSON.stringify({
    logGroups: page.map((group) => ({
      logGroupName: group.name,
      logGroupArn: arnOf(service, group),
      logGroupClass: group.logGroupClass,
    })),
    ...(last === undefined || found.length <= limit ? {} : { nextToken: service.tokens.issue(selection, last.name) }),
  });
}

/** Up to five texts with | between them: parts of a name or, after ^, what it begins with. */
function toNameTest(pattern: string | undefined): (name: string) => boolean {
  const texts = pattern?.split('|');
  return (name) =>
    texts === undefined ||
    texts.some((text) => (text.startsWith('^') ? name.startsWith(text.slice(1)) : name.includes(text)));
}
