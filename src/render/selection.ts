import { shellQuoted, visible } from '../escape.js';
import { renderRange } from '../time/range-words.js';
import type { Present } from '../time/zone.js';
import { renderAge } from './quantity.js';

/** What is read, for a person. */
export interface Selection {
  readonly profile: string | undefined;
  readonly regions: readonly string[];
  readonly logGroups: readonly string[];
  readonly startMs: number | undefined;
  readonly endMs: number;
  readonly filterPattern: string | undefined;
  /** The options that say what is selected, as they were typed: `-w` with `status>=500`. */
  readonly selectors?: readonly (readonly [flag: string, value: string])[] | undefined;
  readonly streams: { readonly kind: string };
  /** The regular expressions that messages are selected by, besides the pattern. */
  readonly greps?: readonly string[] | undefined;
  readonly excludes?: readonly string[] | undefined;
}

/** Says what will be read: `prod/eu-west-1 · 2 groups · Tue 14:00 → now (CEST, UTC+2)`. */
export function renderSelection(selection: Selection, present: Present): string {
  return [placeOf(selection), groupsOf(selection), renderRange(selection, present)].join(' · ');
}

/** What is followed, for a person. */
export interface FollowedSelection extends Pick<Selection, 'profile' | 'regions' | 'logGroups'> {
  /** The newest event, where there was one in the last day. */
  readonly newestMs: number | undefined;
  /** How long it takes to ask every group once, at the rate that is allowed. */
  readonly turnMs: number;
}

/** A turn that is longer is worth knowing about. */
const usualTurnMs = 2_000;

/** Says what is followed: `following prod/eu-west-1 · /api · newest event 14 s ago`. */
export function renderFollowing(selection: FollowedSelection, nowMs: number): string {
  const { newestMs, turnMs } = selection;
  const newest = newestMs === undefined ? 'no event in the last 24 h' : `newest event ${renderAge(nowMs - newestMs)}`;
  const age = turnMs > usualTurnMs ? [`lines come up to ${Math.ceil(turnMs / 1_000) + 1} s late`] : [];
  return [`following ${placeOf(selection)}`, groupsOf(selection), newest, ...age].join(' · ');
}

/** Says that nothing was found, where and when it was sought, and how old the newest event is. */
export function renderNothing(selection: Selection, newestMs: number | undefined, present: Present): string {
  const { regions, streams } = selection;
  const tests = testsOf(selection);
  const what = tests.length === 0 ? 'no events' : `no event matches ${tests.join(' and ')}`;
  const where = `${streams.kind === 'all' ? '' : 'the chosen streams of '}${groupsOf(selection)} (${regions.join(', ')})`;
  const sought = `${what} in ${where} from ${renderRange(selection, present)}`;
  if (newestMs === undefined) return sought;
  const newest = tests.length === 0 ? 'the newest event there' : 'the newest event of any kind there';
  return `${sought}; ${newest} is of ${new Date(newestMs).toISOString()} (${renderAge(present.nowMs - newestMs)})`;
}

function testsOf({ filterPattern, selectors = [], greps = [], excludes = [] }: Selection): readonly string[] {
  const given =
    filterPattern !== undefined && selectors.length === 0 ? [['--filter', filterPattern] as const] : selectors;
  const options = given.map(([flag, value]) => `${flag} ${quoted(value)}`).join(' ');
  const filters = options === '' ? [] : [options];
  const found = greps.length === 0 ? [] : [`--grep ${greps.map(quoted).join(' or ')}`];
  return [...filters, ...found, ...excludes.map((text) => `--exclude ${quoted(text)}`)];
}

/** As it can be pasted into another command line. */
function quoted(text: string): string {
  return visible(shellQuoted(text));
}

function placeOf({ profile, regions }: Pick<Selection, 'profile' | 'regions'>): string {
  return profile === undefined ? regions.join(', ') : `${profile}/${regions.join(', ')}`;
}

function groupsOf({ logGroups }: Pick<Selection, 'logGroups'>): string {
  return logGroups.length <= 3 ? logGroups.join(', ') : `${logGroups.length} groups`;
}
