import type { Connection } from '../../logs/client.js';
import type { GroupSource } from '../../logs/read/sources.js';
import type { FindGroups } from '../../logs/tail/newcomers.js';
import { isGroupPattern } from '../options/names.js';

/** Makes what finds the groups that match the patterns among operands, but for some; undefined where there is none. */
export function createGroupFinder(
  operands: readonly string[],
  connections: readonly Connection[],
  leftOut: readonly GroupSource[],
): FindGroups | undefined {
  const patterns = operands.filter(isGroupPattern);
  if (patterns.length === 0) return undefined;
  const arns = new Set(operands.map((operand) => operand.replace(/:\*$/, '')));
  const isLeftOut = (source: GroupSource): boolean =>
    leftOut.some(({ client, logGroup }) => client === source.client && logGroup === source.logGroup);
  return async (options) => {
    const { parseNamePattern } = await import('../../logs/name-pattern.js');
    const { listGroupNames } = await import('../../logs/group-names.js');
    const found: GroupSource[] = [];
    for (const { prefix, matches } of patterns.map(parseNamePattern)) {
      for (const { client } of connections) {
        const selector = prefix === '' ? ({ kind: 'all' } as const) : ({ kind: 'prefix', prefix } as const);
        for await (const { name, arn = '', logGroupClass } of listGroupNames(client, selector, options)) {
          // One that is awaited by its ARN is followed by that.
          const isMeant = matches(name) && !arns.has(arn);
          if (isMeant && logGroupClass !== 'INFREQUENT_ACCESS') found.push({ client, logGroup: name });
        }
      }
    }
    return found.filter((source) => !isLeftOut(source));
  };
}
