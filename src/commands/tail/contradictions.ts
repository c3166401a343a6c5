import { UsageError } from '../../errors.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Following } from '../following/following.js';
import { refuseTogether } from '../options/values.js';
import type { TailFlags } from './options.js';

/** Refuses options of which one leaves the other without effect. */
export function refuseContradictions(
  flags: TailFlags,
  following: Following,
  { from }: Pick<TailRequest, 'from'>,
): void {
  const { follows, forMs, idleMs, failIfEmpty } = following;
  for (const flag of ['live', 'wait', 'grace', 'idle'] as const) {
    refuseTogether(`--${flag}`, flags[flag], '--no-follow', !follows);
  }
  if (!follows && from.kind === 'newest' && from.count === 0) throw nothingToRead(flags.last, following);
  if (forMs !== undefined && idleMs !== undefined && idleMs >= forMs) {
    const problem = `--idle ${flags.idle} is not shorter than --for ${flags.for}: it would never come to it`;
    throw new UsageError({ problem, fix: 'leave one out' });
  }
  if (failIfEmpty && follows && forMs === undefined && idleMs === undefined) {
    const problem = '--fail-if-empty waits for an end without events, and nothing ends it then';
    throw new UsageError({ problem, fix: 'add --for, --idle or --no-follow' });
  }
}

function nothingToRead(last: string | undefined, { untilMatch, failOn }: Following): UsageError {
  if (last !== undefined) {
    const problem = '--last 0 and --no-follow cannot be used together: nothing is left to show';
    return new UsageError({ problem, fix: 'leave one out' });
  }
  const waiting = untilMatch !== undefined ? '--until-match' : failOn === undefined ? undefined : '--fail-on';
  return new UsageError({
    problem: `${waiting ?? '--multiline with context'} and --no-follow cannot be used together: only what comes is looked at`,
    fix: waiting === undefined ? 'give --start, or leave one out' : 'give --start or --last, or leave one out',
  });
}
