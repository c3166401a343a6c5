import { quote } from '../errors.js';
import { renderRange } from '../time/range-words.js';
import { renderAge } from './quantity.js';

/** What is read, for a person. */
export interface Selection {
  readonly profile: string | undefined;
  readonly regions: readonly string[];
  readonly logGroups: readonly string[];
  readonly startMs: number | undefined;
  readonly endMs: number;
  readonly filterPattern: string | undefined;
  readonly streams: { readonly kind: string };
}

/** The present, and the zone in which times are shown. */
export interface Present {
  readonly nowMs: number;
  readonly zone: string;
}

/** Says what will be read: `prod/eu-west-1 · 2 groups · Tue 14:00 → now (CEST, UTC+2)`. */
export function renderSelection(selection: Selection, present: Present): string {
  const { profile, regions } = selection;
  const place = profile === undefined ? regions.join(', ') : `${profile}/${regions.join(', ')}`;
  return [place, groupsOf(selection), renderRange(selection, present)].join(' · ');
}

/** Says that nothing was found, where and when it was sought, and how old the newest event is. */
export function renderNothing(selection: Selection, newestMs: number | undefined, present: Present): string {
  const { regions, filterPattern, streams } = selection;
  const what = filterPattern === undefined ? 'no events' : `no event matches --filter ${quote(filterPattern)}`;
  const where = `${streams.kind === 'all' ? '' : 'the chosen streams of '}${groupsOf(selection)} (${regions.join(', ')})`;
  const sought = `${what} in ${where} from ${renderRange(selection, present)}`;
  if (newestMs === undefined) return sought;
  const newest = filterPattern === undefined ? 'the newest event there' : 'the newest event of any kind there';
  return `${sought}; ${newest} is of ${new Date(newestMs).toISOString()} (${renderAge(present.nowMs - newestMs)})`;
}

function groupsOf({ logGroups }: Selection): string {
  return logGroups.length <= 3 ? logGroups.join(', ') : `${logGroups.length} groups`;
}
