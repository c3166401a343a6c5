import { ServiceError } from '../../errors.js';
import type { ReadOptions } from '../read/filter-events.js';
import type { GroupSource } from '../read/sources.js';
import type { Clock } from './clock.js';
import { createLateStreams, type LackingStream, type Newcomer } from './late-streams.js';

/** Finds the groups that are meant at the moment. */
export type FindGroups = (options: ReadOptions) => Promise<readonly GroupSource[]>;

/** Listing is no matter of seconds: its quota is everybody's. */
const lookAgainMs = 60_000;
/** Where nothing else is done than to wait. */
const lookSoonMs = 5_000;

/** Finds groups and streams that were not there before, each once. */
export interface Newcomers {
  /** Looks once a minute, more often where nothing is followed yet, until the signal ends it. */
  coming(signal: AbortSignal): AsyncGenerator<Newcomer>;
  /** Looks now. */
  look(signal: AbortSignal): AsyncGenerator<Newcomer>;
}

/** What is looked for, and how. */
export interface NewcomersOptions {
  readonly findGroups: FindGroups | undefined;
  /** Groups that are no news. */
  readonly known: readonly GroupSource[];
  readonly lacking: readonly LackingStream[];
  readonly clock: Clock;
  /** Whether anything is followed: that tells of an outage as well. */
  readonly isFollowing: () => boolean;
  /** Told where nothing is followed that looking has failed, or has not; throws what cannot be outlived. */
  readonly onLook: (error?: unknown) => void;
}

/** Makes what finds newcomers; undefined where there is nothing to look for. */
export async function createNewcomers(options: NewcomersOptions): Promise<Newcomers | undefined> {
  const { findGroups, known, lacking, clock, isFollowing, onLook } = options;
  if (findGroups === undefined && lacking.length === 0) return undefined;
  const seen = new Set(await Promise.all(known.map(keyOf)));
  const lateStreams = createLateStreams(lacking);
  async function* lookAll(signal: AbortSignal): AsyncGenerator<Newcomer> {
    for (const source of (await findGroups?.({ signal })) ?? []) {
      const key = await keyOf(source);
      if (seen.has(key)) continue;
      // Not before it is taken: one that nobody takes is found again.
      seen.add(key);
      yield source;
    }
    yield* lateStreams({ signal });
  }
  async function* look(signal: AbortSignal): AsyncGenerator<Newcomer> {
    try {
      yield* lookAll(signal);
      onLook();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ServiceError)) throw error;
      // An outage is told by what is followed; a minute later it may be over.
      if (!isFollowing()) onLook(error);
    }
  }
  return {
    async *coming(signal) {
      let lookedMs = clock.elapsed();
      for (;;) {
        await clock.wait(lookSoonMs, signal);
        if (isFollowing() && clock.elapsed() - lookedMs < lookAgainMs) continue;
        lookedMs = clock.elapsed();
        yield* look(signal);
      }
    },
    look,
  };
}

async function keyOf({ client, logGroup }: GroupSource): Promise<string> {
  return `${await client.config.region()} ${logGroup}`;
}
