import { UsageError } from '../../errors.js';
import type { StreamSelector } from '../../logs/read/filter-events.js';
import type { Following } from '../following/following.js';
import type { FilterFlags } from '../options/filter.js';
import type { GrepFlags } from '../options/grep.js';
import type { OutputFlags } from '../options/output.js';
import type { ZoneFlags } from '../options/range.js';
import type { StreamFlags } from '../options/streams.js';
import { parseTimer } from '../options/timer.js';
import { parseCount } from '../options/values.js';

/** What is to be followed, as it was typed. */
export interface TailFlags extends OutputFlags, ZoneFlags, StreamFlags, FilterFlags, GrepFlags {
  readonly start?: string;
  readonly since?: string;
  readonly last?: string;
  readonly follow?: boolean;
  readonly unmask?: boolean;
  readonly live?: boolean;
  readonly wait?: boolean;
  readonly grace?: string;
  readonly limit?: string;
  readonly idle?: string;
  readonly for?: string;
  readonly untilMatch?: string;
  readonly failOn?: string;
  readonly failIfEmpty?: boolean;
  readonly rate?: string;
  readonly dryRun?: boolean;
}

/** Reads how it is followed, and what ends it. */
export async function toFollowing(flags: TailFlags, streams: StreamSelector): Promise<Following> {
  const { parseDuration } = await import('../../time/duration.js');
  const { parseRegex } = await import('../../shape/regex.js');
  if (flags.live === true) await refuseLive(flags, streams);
  return {
    follows: flags.follow !== false,
    live: flags.live === true,
    awaitGroups: flags.wait === true,
    graceMs: flags.grace === undefined ? undefined : parseDuration(flags.grace, '--grace'),
    forMs: flags.for === undefined ? undefined : await parseTimer(flags.for, '--for'),
    idleMs: flags.idle === undefined ? undefined : await parseTimer(flags.idle, '--idle'),
    limit: flags.limit === undefined ? undefined : parseCount(flags.limit, '--limit'),
    untilMatch: flags.untilMatch === undefined ? undefined : parseRegex(flags.untilMatch, '--until-match'),
    failOn: flags.failOn === undefined ? undefined : parseRegex(flags.failOn, '--fail-on'),
    failIfEmpty: flags.failIfEmpty === true,
  };
}

/** Refuses what Live Tail cannot do. */
async function refuseLive({ unmask }: TailFlags, streams: StreamSelector): Promise<void> {
  const { maxLiveStreams } = await import('../../logs/tail/live-session.js');
  if (streams.kind === 'names' && streams.names.length > maxLiveStreams) {
    const problem = `--live takes at most ${maxLiveStreams} streams`;
    throw new UsageError({ problem, fix: 'choose them by --stream-prefix, or leave --live out' });
  }
  if (unmask === true) {
    throw new UsageError({ problem: '--live always shows masked data masked', fix: 'leave out --live or --unmask' });
  }
}
