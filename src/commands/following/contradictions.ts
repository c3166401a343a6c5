import { UsageError } from '../../errors.js';
import type { TailRequest } from '../../logs/tail/open.js';
import { refuseTogether } from '../options/values.js';
import type { Following } from './following.js';

/** The options of `tail` that may contradict one another, as they were typed. */
export interface ContradictoryFlags {
  readonly live?: boolean;
  readonly wait?: boolean;
  readonly grace?: string;
  readonly for?: string;
  readonly idle?: string;
  readonly untilMatch?: string;
}

/** Refuses options of which one leaves the other without effect. */
export function refuseContradictions(
  flags: ContradictoryFlags,
  following: Following,
  { from }: Pick<TailRequest, 'from'>,
): void {
  const { follows, forMs, idleMs, failIfEmpty } = following;
  for (const flag of ['live', 'wait', 'grace', 'idle'] as const) {
    refuseTogether(`--${flag}`, flags[flag], '--no-follow', !follows);
  }
  if (!follows && from.kind === 'newest' && from.count === 0) throw nothingToRead(following);
  if (forMs !== undefined && idleMs !== undefined && idleMs >= forMs) {
    const problem = `--idle ${flags.idle} is not shorter than --for ${flags.for}: it would never come to it`;
    throw new UsageError({ problem, fix: 'leave one out' });
  }
  if (failIfEmpty && follows && forMs === undefined && idleMs === undefined) {
    const problem = '--fail-if-empty waits for an end without events, and nothing ends it then';
    throw new UsageError({ problem, fix: 'add --for, --idle or --no-follow' });
  }
}

function nothingToRead({ untilMatch, failOn }: Following): UsageError {
  const flag = untilMatch !== undefined ? '--until-match' : failOn === undefined ? '--last 0' : '--fail-on';
  const why = flag === '--last 0' ? 'nothing is left to show' : 'only what comes is looked at';
  return new UsageError({
    problem: `${flag} and --no-follow cannot be used together: ${why}`,
    fix: 'give --start or a --last, or leave --no-follow out',
  });
}
