import type { StreamSelector } from '../../logs/read/filter-events.js';
import type { GroupSelection } from '../../logs/read/sources.js';
import { isGroupPattern } from '../options/names.js';
import { type Need, type Place, placesOf } from './need.js';

/** What finding groups asks for, and where those are that may be found. */
interface FoundGroups {
  readonly needs: readonly Need[];
  readonly places: readonly Place[];
}

/** What it takes to find the groups that operands mean, as `resolveGroups` does. */
export async function toFoundGroups(selection: GroupSelection, regions: readonly string[]): Promise<FoundGroups> {
  const { logGroups: operands } = selection;
  const parts = operands.filter(isLastPart);
  const needs: Need[] = [];
  if (parts.length > 0) {
    needs.push({ on: 'groups', actions: ['FilterLogEvents'], places: placesOf({ logGroups: parts }, regions) });
  }
  if (parts.length > 0 || operands.some(isGroupPattern)) needs.push({ on: 'nothing', actions: ['ListLogGroups'] });
  const doubled = await regionsOfDoubles(operands, regions);
  if (doubled.length > 0) needs.push({ on: 'listing', actions: ['DescribeLogGroups'], regions: doubled });
  const places = placesOf(selection, regions);
  const below = places.filter(({ logGroup }) => isLastPart(logGroup));
  return { needs, places: [...places, ...below.map((place) => ({ ...place, logGroup: `*/${place.logGroup}` }))] };
}

/** What reading events is decided by, as far as it is asked for. */
interface ReadingSubject extends GroupSelection {
  readonly streams: StreamSelector;
  /** Undefined: from the earliest event a group can hold, which is looked up. */
  readonly startMs: number | undefined;
  readonly unmask: boolean;
}

/** What it takes to find groups and to read their events. */
export async function toReadingNeeds(subject: ReadingSubject, regions: readonly string[]): Promise<Need[]> {
  const { needs, places } = await toFoundGroups(subject, regions);
  return [...needs, ...toEventNeeds(subject, places)];
}

/** What it takes to read the events of groups that were found before. */
export function toEventNeeds({ streams, startMs, unmask }: ReadingSubject, places: readonly Place[]): Need[] {
  const actions = [
    'FilterLogEvents',
    ...(streams.kind === 'patterns' ? (['DescribeLogStreams'] as const) : []),
    ...(unmask ? (['Unmask'] as const) : []),
  ] as const;
  return [{ on: 'groups', actions, places }, ...(startMs === undefined ? lookUps(places) : [])];
}

/** What it takes to find groups and to query them. */
export async function toQueryNeeds(
  subject: GroupSelection & Pick<ReadingSubject, 'startMs'>,
  regions: readonly string[],
): Promise<Need[]> {
  const { needs, places } = await toFoundGroups(subject, regions);
  return [...needs, ...toQueriedNeeds(subject, places)];
}

/** What it takes to query groups that were found before. */
export function toQueriedNeeds({ startMs }: Pick<ReadingSubject, 'startMs'>, places: readonly Place[]): Need[] {
  return [...queryNeeds(places), ...(startMs === undefined ? lookUps(places) : [])];
}

/** What a query asks for; one that is interrupted, or has enough, is stopped. */
export function queryNeeds(places: readonly Place[]): Need[] {
  return [
    { on: 'groups', actions: ['StartQuery'], places },
    { on: 'nothing', actions: ['GetQueryResults', 'StopQuery'] },
  ];
}

/** What it takes to look up when groups were made, how long they keep events, or their ARNs; one by ARN is not looked up. */
export function lookUps(places: readonly Place[]): Need[] {
  const regions = places.filter(({ logGroup }) => !logGroup.startsWith('arn:')).map(({ region }) => region);
  return regions.length === 0 ? [] : [{ on: 'listing', actions: ['DescribeLogGroups'], regions }];
}

/** Whether a name that is not there is taken for the last part of one. */
function isLastPart(operand: string): boolean {
  return !(operand.startsWith('/') || operand.startsWith('arn:') || isGroupPattern(operand));
}

/** The regions in which a group by ARN may be one that is named as well: whether they are one is looked up. */
async function regionsOfDoubles(operands: readonly string[], regions: readonly string[]): Promise<string[]> {
  const named = operands.filter((operand) => !operand.startsWith('arn:'));
  if (named.length === 0) return [];
  const { matchesAny } = await import('../../logs/name-pattern.js');
  const matches = matchesAny(named.flatMap((name) => (isLastPart(name) ? [name, `*/${name}`] : [name])));
  const arns = operands.filter((operand) => operand.startsWith('arn:')).map((arn) => arn.split(':'));
  return arns.flatMap(([, , , region = '', , , name = '']) =>
    matches(name) && regions.includes(region) ? [region] : [],
  );
}
