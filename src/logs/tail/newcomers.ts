import { ServiceError } from '../../errors.js';
import type { ReadOptions } from '../read/filter-events.js';
import type { GroupSource } from '../read/sources.js';
import type { Clock } from './clock.js';

/** Finds the groups that are meant at the moment. */
export type FindGroups = (options: ReadOptions) => Promise<readonly GroupSource[]>;

/** Listing is no matter of seconds: its quota is everybody's. */
const lookAgainMs = 60_000;

/** Finds groups that were not there before, each once. */
export interface Newcomers {
  /** Looks once a minute, until the signal ends it. */
  coming(signal: AbortSignal): AsyncGenerator<GroupSource>;
  /** Looks now. */
  look(signal: AbortSignal): AsyncGenerator<GroupSource>;
}

/** Makes what finds the groups that are meant now, but for those that are known. */
export async function createNewcomers(
  find: FindGroups,
  known: readonly GroupSource[],
  clock: Clock,
): Promise<Newcomers> {
  const seen = new Set(await Promise.all(known.map(keyOf)));
  async function* look(signal: AbortSignal): AsyncGenerator<GroupSource> {
    for (const source of await findNow(find, signal)) {
      const key = await keyOf(source);
      if (seen.has(key)) continue;
      // Not before it is taken: one that nobody takes is found again.
      seen.add(key);
      yield source;
    }
  }
  return {
    async *coming(signal) {
      for (;;) {
        await clock.wait(lookAgainMs, signal);
        yield* look(signal);
      }
    },
    look,
  };
}

async function findNow(find: FindGroups, signal: AbortSignal): Promise<readonly GroupSource[]> {
  try {
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
