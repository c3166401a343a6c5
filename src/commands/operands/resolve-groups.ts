import { GroupChoiceError, quote } from '../../errors.js';
import { isAccessDenied, isNotFound } from '../../failures.js';
import type { Reporter } from '../../io.js';
import type { Connection } from '../../logs/client.js';
import type { GroupName } from '../../logs/group-names.js';
import type { GroupSelector } from '../../logs/groups.js';
import type { GroupSelection } from '../../logs/read/sources.js';
import { isGroupPattern, refuseForeignArns } from '../options/names.js';
import { createUnreadableNotice, type FoundGroup, isReadable, type TellUnreadable } from './unreadable.js';

/** How operands become groups. */
export interface ResolveOptions {
  readonly profile: string | undefined;
  readonly signal: AbortSignal;
  /** The present, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether groups of the class INFREQUENT_ACCESS can be read; default: patterns leave them out, and that is said. */
  readonly readsInfrequent?: boolean;
  /** Whether it is waited for groups that are not there; default: a pattern that matches none is a mistake. */
  readonly awaitsGroups?: boolean;
  /** Default: each pattern says for itself what it leaves out. */
  readonly tellUnreadable?: TellUnreadable;
  /** What the operands are given by; default: `<group>`. */
  readonly flag?: string;
}

/** Where groups are looked for, a connection for each region, and who is told what is found. */
export interface Reach {
  readonly connections: readonly Connection[];
  readonly regions: readonly string[];
  readonly reporter: Reporter;
}

/**
 * Finds the groups that operands mean: those that match a pattern, in each region, and the only one that ends in a
 * name which is not there as it is. Exact names that begin with `/` and ARNs need no request.
 */
export async function resolveGroups(
  operands: readonly string[],
  run: Reach,
  options: ResolveOptions,
): Promise<GroupSelection> {
  refuseForeignArns(operands, run.regions, options.flag);
  const places = new Map<string, readonly string[]>();
  for (const operand of operands) {
    for (const [name, regions] of await resolveOperand(operand, run, options)) {
      places.set(name, [...new Set([...(places.get(name) ?? []), ...regions])]);
    }
  }
  const once = await withoutDoubles(places, run, options.signal);
  const logGroups = [...once.keys()];
  const partial = [...once].filter(([, regions]) => regions.length < run.regions.length);
  return partial.length === 0 ? { logGroups } : { logGroups, regionsOf: Object.fromEntries(partial) };
}

/**
 * Leaves out ARNs of groups that are given by name too. The same name in another account is another group, and which
 * account is read without an ARN is not known here: the service is asked.
 */
async function withoutDoubles(places: Places, { connections, reporter }: Reach, signal: AbortSignal): Promise<Places> {
  const once = new Map(places);
  for (const arn of [...places.keys()].filter((logGroup) => logGroup.startsWith('arn:'))) {
    const [, , , region = '', account = '', , name = ''] = arn.split(':');
    const connection = connections.find((each) => each.region === region);
    if (connection === undefined || places.get(name)?.includes(region) !== true) continue;
    const own = await ownAccount(connection, name, signal);
    if (own === 'denied') {
      await reporter.warn(`${name} and ${arn} are one group unless their accounts differ: its events would come twice`);
    } else if (own === undefined || own === account) {
      once.delete(arn);
      const said = `${name} and ${arn} are ${own === undefined ? 'taken for ' : ''}one group, which is read once`;
      await (own === undefined ? reporter.warn(`${said}: the account is not known yet`) : reporter.notice(said));
    }
  }
  return once;
}

/** The account that is read without an ARN: that of the group, or where it is not there yet, of any other. */
async function ownAccount(
  { client }: Connection,
  name: string,
  signal: AbortSignal,
): Promise<string | 'denied' | undefined> {
  const { groupArn, listGroups } = await import('../../logs/groups.js');
  try {
    const own = await groupArn(client, name, { signal });
    if (own !== undefined) return own.split(':')[4];
    for await (const { arn } of listGroups(client, { kind: 'all' }, { signal })) return arn?.split(':')[4];
    return undefined;
  } catch (error) {
    if (isAccessDenied(error)) return 'denied';
    throw error;
  }
}

/** The names that were found, and the regions of each. */
type Places = ReadonlyMap<string, readonly string[]>;

async function resolveOperand(operand: string, run: Reach, options: ResolveOptions): Promise<Places> {
  if (isGroupPattern(operand)) return resolvePattern(operand, run, options);
  const asItIs: Places = new Map([[operand, run.regions]]);
  if (operand.startsWith('/') || operand.startsWith('arn:')) return asItIs;
  return (await resolveLastPart(operand, run, options)) ?? asItIs;
}

async function resolvePattern(
  text: string,
  { connections, regions, reporter }: Reach,
  options: ResolveOptions,
): Promise<Places> {
  const { profile, signal, readsInfrequent, awaitsGroups = false } = options;
  const { tellUnreadable = createUnreadableNotice(reporter) } = options;
  const { parseNamePattern } = await import('../../logs/name-pattern.js');
  const { prefix, matches } = parseNamePattern(text);
  const selector: GroupSelector = prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix };
  const listed = await listEverywhere(connections, selector, ({ name }) => matches(name), signal);
  const unreadable = listed.filter((group) => !isReadable(group, readsInfrequent));
  await tellUnreadable(unreadable);
  const found = placesOf(listed.filter((group) => !unreadable.includes(group)));
  if (found.size > 0) return found;
  const missing = `no log group${unreadable.length > 0 ? ' that can be read' : ''} matches ${quote(text)} in ${placeWords(regions, profile)}`;
  if (awaitsGroups) {
    await reporter.warn(`${missing}; waiting for one`);
    return found;
  }
  const near = unreadable.length > 0 ? [] : await namesNear(text, connections, signal);
  throw new GroupChoiceError(`${missing}${nearWords(near)}`, { mayCome: true });
}

/** The one group that ends in `/` and the operand, where none is called like the operand itself. */
async function resolveLastPart(
  operand: string,
  { connections, regions, reporter }: Reach,
  { profile, signal, nowMs }: ResolveOptions,
): Promise<Places | undefined> {
  const missing = await Promise.all(connections.map(({ client }) => isMissing(client, operand, nowMs, signal)));
  if (missing.includes(false)) return undefined;
  const isMeant = ({ name }: GroupName): boolean => name === operand || name.endsWith(`/${operand}`);
  const selector: GroupSelector = { kind: 'substring', substring: operand };
  let found: Places;
  try {
    found = placesOf(await listEverywhere(connections, selector, isMeant, signal));
  } catch (error) {
    // Whoever may only read says the whole name.
    if (isAccessDenied(error)) return undefined;
    throw error;
  }
  const names = [...found.keys()];
  const [only] = names;
  if (only === undefined || found.has(operand)) return undefined;
  if (names.length === 1) {
    await reporter.notice(`${quote(operand)} is taken for ${only}`);
    return found;
  }
  throw new GroupChoiceError(
    `several log groups end in ${quote(`/${operand}`)} in ${placeWords(regions, profile)}: ${listWords(names.sort())}; give the whole name, or ${quote(`*/${operand}`)} for all`,
  );
}

/** Whether the service, asked for next to nothing, says that there is no such group, or says nothing about it. */
async function isMissing(
  client: Connection['client'],
  logGroup: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { filterEventPages } = await import('../../logs/read/filter-events.js');
  try {
    await filterEventPages(client, { logGroup, startMs: nowMs - 1, endMs: nowMs, pageSize: 1 }, { signal }).next();
  } catch (error) {
    // With rights to some groups only, a name that is none of them is refused.
    return isNotFound(error) || isAccessDenied(error);
  }
  return false;
}

async function listEverywhere(
  connections: readonly Connection[],
  selector: GroupSelector,
  isMeant: (group: GroupName) => boolean,
  signal: AbortSignal,
): Promise<FoundGroup[]> {
  const { listGroupNames } = await import('../../logs/group-names.js');
  const listings = connections.map(async ({ client, region }) => {
    const found: FoundGroup[] = [];
    for await (const group of listGroupNames(client, selector, { signal })) {
      if (isMeant(group)) found.push({ ...group, region });
    }
    return found;
  });
  const groups = (await Promise.all(listings)).flat();
  return groups.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function placesOf(listed: readonly FoundGroup[]): Map<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  for (const { name, region } of listed) places.set(name, [...(places.get(name) ?? []), region]);
  return places;
}

const maxNear = 3;
/** Enough to find a slip of the keys in. */
const maxLooked = 5_000;

/** Names that a pattern nearly matches: but for upper and lower case, or for a slip before its first `*`. */
async function namesNear(text: string, connections: readonly Connection[], signal: AbortSignal): Promise<string[]> {
  const { listGroupNames } = await import('../../logs/group-names.js');
  const { nearestToPattern } = await import('../../logs/groups.js');
  const names = new Set<string>();
  for (const { client } of connections) {
    for await (const { name } of listGroupNames(client, { kind: 'all' }, { signal })) {
      names.add(name);
      if (names.size >= maxLooked) break;
    }
  }
  return nearestToPattern(text, [...names]).slice(0, maxNear);
}

function nearWords(near: readonly string[]): string {
  return near.length === 0 ? '; cwlogs groups lists them' : `; did you mean ${near.map(quote).join(' or ')}?`;
}

function placeWords(regions: readonly string[], profile: string | undefined): string {
  return profile === undefined ? regions.join(', ') : `${regions.join(', ')} (profile ${profile})`;
}

const maxListed = 8;

function listWords(names: readonly string[]): string {
  const shown = names.slice(0, maxListed).join(', ');
  return names.length <= maxListed ? shown : `${shown} and ${names.length - maxListed} others`;
}
