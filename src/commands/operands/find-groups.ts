import type { Connection } from '../../logs/client.js';
import type { GroupSource } from '../../logs/read/sources.js';
import type { FindGroups } from '../../logs/tail/newcomers.js';
import { isGroupPattern } from '../options/names.js';
import { type FoundGroup, isReadable, type TellUnreadable } from './unreadable.js';

/**
 * Makes what finds the groups that match the patterns among operands; undefined where there is none. Those that cannot
 * be read are left out, and that is said of each once.
 */
export function createGroupFinder(
  operands: readonly string[],
  connections: readonly Connection[],
  tellUnreadable: TellUnreadable,
): FindGroups | undefined {
  const patterns = operands.filter(isGroupPattern);
  if (patterns.length === 0) return undefined;
  const arns = new Set(operands.map((operand) => operand.replace(/:\*$/, '')));
  return async (options) => {
    const { parseNamePattern } = await import('../../logs/name-pattern.js');
    const { listGroupNames } = await import('../../logs/group-names.js');
    const found: GroupSource[] = [];
    const unreadable: FoundGroup[] = [];
    for (const { prefix, matches } of patterns.map(parseNamePattern)) {
      for (const { client, region } of connections) {
        const selector = prefix === '' ? ({ kind: 'all' } as const) : ({ kind: 'prefix', prefix } as const);
        for await (const group of listGroupNames(client, selector, options)) {
          // One that is awaited by its ARN is followed by that.
          if (!matches(group.name) || arns.has(group.arn ?? '')) continue;
          if (isReadable(group)) found.push({ client, logGroup: group.name });
          else unreadable.push({ ...group, region });
        }
      }
    }
    await tellUnreadable(unreadable);
    return found;
  };
}
