import type { ClientOptions } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Following } from '../following/following.js';
import type { FilterFlags } from '../options/filter.js';
import { type GrepFlags, grepFingerprint } from '../options/grep.js';
import type { OutputFlags } from '../options/output.js';
import type { RangeOptionFlags, ZoneFlags } from '../options/range.js';
import type { StreamFlags } from '../options/streams.js';
import { parseCount, refuseTogether, toFlag } from '../options/values.js';
import type { ViaFlags } from '../reading/via.js';
import type { SaveFlags } from './save-request.js';

/** What is to be fetched, as it was typed. */
export interface FetchFlags
  extends OutputFlags,
    ZoneFlags,
    RangeOptionFlags,
    StreamFlags,
    FilterFlags,
    GrepFlags,
    SaveFlags,
    ViaFlags {
  readonly follow?: boolean;
  readonly last?: string;
  readonly limit?: string;
  readonly concurrency?: string;
  readonly unmask?: boolean;
  readonly failIfEmpty?: boolean;
  readonly dryRun?: boolean;
  readonly progress?: boolean;
  readonly stats?: boolean;
}

/** What says where it ends, and what is done when it has ended: following goes on for good. */
const unfollowed = [
  'end',
  'until',
  'on',
  'around',
  'last',
  'output',
  'resume',
  'force',
  'manifest',
  'concurrency',
  'progress',
  'stats',
  'failIfEmpty',
] as const satisfies readonly (keyof FetchFlags)[];

/** What is fetched up to now and followed from there. */
export function toFollowed(
  request: FetchRequest,
  flags: FetchFlags,
): { readonly request: TailRequest; readonly following: Following } {
  for (const name of unfollowed) refuseTogether('--follow', true, toFlag(name), flags[name]);
  const { logGroups, streams, filterPattern, unmask, startMs } = request;
  const followed: TailRequest = { logGroups, streams, filterPattern, unmask, from: { kind: 'start', startMs } };
  return { request: followed, following: toFollowing(flags) };
}

function toFollowing({ limit }: FetchFlags): Following {
  return {
    follows: true,
    live: false,
    awaitGroups: false,
    graceMs: undefined,
    forMs: undefined,
    idleMs: undefined,
    limit: limit === undefined ? undefined : parseCount(limit, '--limit'),
    failIfEmpty: false,
  };
}

/** The flags that make a request what it is; the others may differ when it is resumed. */
export function fingerprintOf(
  operands: readonly string[],
  flags: FetchFlags,
  clientOptions: readonly ClientOptions[],
): readonly unknown[] {
  const { start, end, since, until, on, around, window, stream, streamPrefix, unmask, via } = flags;
  const { filter, where, format, withName, query, expand, singleLine, limit, last } = flags;
  const accounts = clientOptions.map(({ profile, region }) => [profile, region]);
  const selection = [operands, start, end, since, until, on, around, window, stream, streamPrefix, unmask, via];
  const shown = [format, withName, query, expand, singleLine, flags.null];
  return [...selection, filter, where, ...shown, accounts, limit, last, ...grepFingerprint(flags)];
}
