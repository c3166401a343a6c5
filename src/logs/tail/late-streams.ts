import { isAccessDenied, isNotFound } from '../../failures.js';
import { filterEventPages, type ReadOptions } from '../read/filter-events.js';
import type { GroupSource } from '../read/sources.js';

/** A stream given by name that a group has not. */
export interface LackingStream extends GroupSource {
  readonly stream: string;
}

/** A group that was not there before, or streams of one that were not. */
export interface Newcomer extends GroupSource {
  readonly streams?: readonly string[];
}

/** So many streams that are given by name are each asked for by themselves; more would take all requests. */
export const maxSingleStreams = 5;
/** Each takes a request, which the groups that are followed have to do without: more have to take turns. */
const maxLooks = 60;

/** Makes what finds the streams that have been made since, each once. */
export function createLateStreams(
  lacking: readonly LackingStream[],
): (options: ReadOptions) => AsyncGenerator<Newcomer> {
  let queue = [...lacking];
  return async function* look(options) {
    const asked = queue.slice(0, maxLooks);
    const found: LackingStream[] = [];
    for (const each of asked) {
      if (await isThere(each, options)) found.push(each);
    }
    queue = [...queue.slice(asked.length), ...asked];
    for (const { client, logGroup } of found) {
      const isOfGroup = (each: LackingStream): boolean => each.client === client && each.logGroup === logGroup;
      const together = found.filter((each) => isOfGroup(each) && queue.includes(each));
      if (together.length === 0) continue;
      // Not before they are taken: what nobody takes is found again.
      queue = queue.filter((each) => !together.includes(each));
      yield { client, logGroup, streams: together.map(({ stream }) => stream) };
    }
  };
}

/** Asks for next to nothing: no right is needed but that to read. */
async function isThere({ client, logGroup, stream }: LackingStream, options: ReadOptions): Promise<boolean> {
  const streams = { kind: 'names', names: [stream] } as const;
  try {
    await filterEventPages(client, { logGroup, streams, startMs: 0, endMs: 1, pageSize: 1 }, options).next();
    return true;
  } catch (error) {
    if (isNotFound(error) || isAccessDenied(error)) return false;
    throw error;
  }
}
