import { quote, StreamNotFoundError } from '../../errors.js';
import type { StreamSelector } from '../../logs/read/filter-events.js';
import type { GroupSelection, GroupSource } from '../../logs/read/sources.js';
import { type Reach, type ResolveOptions, resolveGroups } from './resolve-groups.js';

/** The groups that are read, and the streams that are read of them. */
export interface ReadSelection extends GroupSelection {
  readonly streams: StreamSelector;
}

/** What a selection is made with. */
export interface SelectionOptions extends ResolveOptions {
  /** Whether streams that a group lacks are read where they come later; default: a group that has none is left out. */
  readonly follows?: boolean;
}

/**
 * Finds the groups that operands mean, as {@link resolveGroups}. Where there are several, those that have none of the
 * streams given by name are left out unless they are followed, and that is said; a name that none of them has is a
 * mistake.
 */
export async function resolveSelection(
  asked: ReadSelection,
  run: Reach,
  options: SelectionOptions,
): Promise<ReadSelection> {
  const { streams } = asked;
  const found = await resolveGroups(asked.logGroups, run, options);
  // What is gone on with names the regions in which its groups were found at first.
  const groups = { regionsOf: asked.regionsOf, ...found };
  const { sourcesOf } = await import('../../logs/read/sources.js');
  const clients = run.connections.map(({ client }) => client);
  const sources = await sourcesOf(clients, groups);
  // Whether the only group has them is told by reading it, and a query is not told at all.
  const isUnasked = sources.length < 2 || options.readsInfrequent === true || options.awaitsGroups === true;
  if (streams.kind !== 'names' || isUnasked) return { ...groups, streams };
  const having = await havingStreams(sources, streams.names, run, options);
  return options.follows === true ? { ...groups, streams: having.streams } : having;
}

interface FoundSource extends GroupSource {
  readonly region: string;
  readonly present: ReadonlySet<string>;
}

async function havingStreams(
  sources: readonly GroupSource[],
  names: readonly string[],
  run: Reach,
  { signal, follows = false }: SelectionOptions,
): Promise<ReadSelection> {
  const { presentStreams } = await import('../../logs/streams.js');
  const found = await Promise.all(
    sources.map(async ({ client, logGroup }): Promise<FoundSource> => {
      const present = new Set(await presentStreams(client, logGroup, names, { signal }));
      return { client, logGroup, region: await client.config.region(), present };
    }),
  );
  let lacksAny = false;
  for (const name of names) {
    const lacking = found.filter(({ present }) => !present.has(name));
    if (lacking.length === found.length) throw await missingEverywhere(name, found);
    if (lacking.length === 0) continue;
    lacksAny = true;
    const later = follows ? '; it is followed there once it is made' : '';
    await run.reporter.warn(`stream ${quote(name)} does not exist in ${listPlaces(lacking, run.regions)}${later}`);
  }
  const streams: StreamSelector = { kind: 'names', names, ...(lacksAny ? { mayLack: true } : {}) };
  return { ...toGroups(found, run.regions), streams };
}

function toGroups(found: readonly FoundSource[], regions: readonly string[]): GroupSelection {
  const regionsOf = new Map<string, string[]>();
  for (const { logGroup, region, present } of found) {
    if (present.size > 0) regionsOf.set(logGroup, [...(regionsOf.get(logGroup) ?? []), region]);
  }
  const logGroups = [...regionsOf.keys()];
  const partial = [...regionsOf].filter(([, places]) => places.length < regions.length);
  return partial.length === 0 ? { logGroups } : { logGroups, regionsOf: Object.fromEntries(partial) };
}

/** For a hint so many groups are looked into. */
const maxAsked = 5;
const maxNear = 3;

async function missingEverywhere(stream: string, found: readonly FoundSource[]): Promise<StreamNotFoundError> {
  const { streamsNear } = await import('../../logs/missing-streams.js');
  const asked = found.slice(0, maxAsked).map(({ client, logGroup }) => streamsNear(client, logGroup, stream));
  const near = [...new Set((await Promise.all(asked)).flat())].slice(0, maxNear);
  return new StreamNotFoundError({ stream, logGroups: [...new Set(found.map(({ logGroup }) => logGroup))], near });
}

const maxListed = 8;

function listPlaces(places: readonly FoundSource[], regions: readonly string[]): string {
  const names = places.map(({ logGroup, region }) => quote(logGroup) + (regions.length > 1 ? ` in ${region}` : ''));
  const others = names.length - maxListed;
  return `${names.length === 1 ? 'log group' : 'log groups'} ${names.slice(0, maxListed).join(', ')}${others > 0 ? ` and ${others} others` : ''}`;
}
