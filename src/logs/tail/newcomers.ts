import { ServiceError } from '../../errors.js';
import type { ReadOptions } from '../read/filter-events.js';
import type { GroupSource } from '../read/sources.js';
import type { Clock } from './clock.js';

/** Finds the groups that are meant at the moment. */
export type FindGroups = (options: ReadOptions) => Promise<readonly GroupSource[]>;

/** Listing is no matter of seconds: its quota is everybody's. */
const lookAgainMs = 60_000;

/** Looks once a minute which groups there are; yields those that were not there before, until the signal ends it. */
export async function* newcomers(
  find: FindGroups,
  known: readonly GroupSource[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AsyncGenerator<GroupSource> {
  const seen = new Set(await Promise.all(known.map(keyOf)));
  for (;;) {
    for (const source of await findLater(find, { clock, signal })) {
      const key = await keyOf(source);
      if (seen.has(key)) continue;
      seen.add(key);
      yield source;
    }
  }
}

async function findLater(
  find: FindGroups,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly GroupSource[]> {
  try {
    await clock.wait(lookAgainMs, signal);
    return await find({ signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ServiceError)) throw error;
    // An outage is told by the groups that are followed; a minute later it may be over.
    return [];
  }
}

async function keyOf({ client, logGroup }: GroupSource): Promise<string> {
  return `${await client.config.region()} ${logGroup}`;
}
