import { quote } from '../../errors.js';
import type { Reporter } from '../../io.js';
import type { GroupName } from '../../logs/group-names.js';

/** A group, and where it was found. */
export interface FoundGroup extends GroupName {
  readonly region: string;
}

/** Says of groups that they are left out, of each once. */
export type TellUnreadable = (groups: readonly FoundGroup[]) => Promise<void>;

/**
 * Whether the events of a group can be read; `readsInfrequent`: by queries. Groups of class DELIVERY only pass them on.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
export function isReadable({ logGroupClass }: GroupName, readsInfrequent = false): boolean {
  if (logGroupClass === 'INFREQUENT_ACCESS') return readsInfrequent;
  return logGroupClass !== 'DELIVERY';
}

/** Makes what says which groups are left out of patterns, a line for each class. */
export function createUnreadableNotice(reporter: Pick<Reporter, 'warn'>): TellUnreadable {
  const told = new Set<string>();
  return async (groups) => {
    const fresh = groups.filter(({ name, region }) => !told.has(`${region} ${name}`));
    for (const { name, region } of fresh) told.add(`${region} ${name}`);
    for (const logGroupClass of new Set(fresh.map((group) => group.logGroupClass))) {
      const ofClass = fresh.filter((group) => group.logGroupClass === logGroupClass).map(({ name }) => quote(name));
      const why = logGroupClass === 'DELIVERY' ? 'only pass their events on' : 'are read with Logs Insights';
      await reporter.warn(`${[...new Set(ofClass)].join(', ')} left out: groups of class ${logGroupClass} ${why}`);
    }
  };
}
