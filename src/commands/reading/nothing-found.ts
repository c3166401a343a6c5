import { toShellLine } from '../../escape.js';
import type { Io } from '../../io.js';
import type { Connection } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { Selection } from '../../render/selection.js';
import type { Present } from '../../time/zone.js';
import type { Run } from './run.js';

/** A hint is not worth a request for each of many groups. */
const maxAsked = 5;

/** The words for having found nothing: where it was sought, in how much, what there is, and a command that shows it. */
export async function explainNothing(
  selection: Selection & FetchRequest,
  { connections, monitor }: Pick<Run, 'connections' | 'monitor'>,
  present: Present,
  io: Pick<Io, 'called' | 'env'>,
): Promise<string> {
  const { renderNothing } = await import('../../render/selection.js');
  const newest = await findNewest(selection, connections, present);
  const said = renderNothing(selection, newest?.timestampMs, present);
  const looked = monitor.events === 0 ? [] : [`${monitor.events.toLocaleString('en-US')} events were looked through`];
  return [said, ...looked, ...(await hintsOf(selection, newest, io))].join('; ');
}

interface Newest {
  readonly logGroup: string;
  readonly region: string;
  readonly timestampMs: number;
}

async function findNewest(
  selection: Selection & FetchRequest,
  connections: readonly Connection[],
  present: Present,
): Promise<Newest | undefined> {
  const { newestEventMs } = await import('../../logs/read/newest.js');
  const { sourcesOf } = await import('../../logs/read/sources.js');
  const clients = connections.map(({ client }) => client);
  const sources = await sourcesOf(clients, selection);
  if (sources.length > maxAsked) return undefined;
  const asked = sources.map(async ({ client, logGroup }): Promise<Newest[]> => {
    const request = { logGroup, streams: selection.streams, endMs: present.nowMs };
    const timestampMs = await newestEventMs(client, request);
    return timestampMs === undefined ? [] : [{ logGroup, region: await client.config.region(), timestampMs }];
  });
  return (await Promise.all(asked)).flat().sort((a, b) => b.timestampMs - a.timestampMs)[0];
}

/** What to run next, ready to be pasted. */
async function hintsOf(
  selection: Selection & FetchRequest,
  newest: Newest | undefined,
  { called, env }: Pick<Io, 'called' | 'env'>,
): Promise<string[]> {
  const { profile, regions, logGroups, streams } = selection;
  const region = newest?.region ?? (regions.length === 1 ? regions[0] : undefined);
  const usualRegions = [env.AWS_REGION, env.AWS_DEFAULT_REGION];
  const account = [
    ...(profile === undefined || profile === env.AWS_PROFILE ? [] : ['--profile', profile]),
    ...(region === undefined || usualRegions.includes(region) ? [] : ['--region', region]),
  ];
  const toLine = (...words: readonly string[]): string => toShellLine([...called, ...words, ...account]);
  if (newest !== undefined) {
    const time = new Date(newest.timestampMs).toISOString();
    return [`to see it: ${toLine('fetch', newest.logGroup, '--around', time)}`];
  }
  const [only] = logGroups;
  if (only !== undefined && logGroups.length === 1) {
    return streams.kind === 'all' ? [] : [`to see which there are: ${toLine('streams', only, '--sort', 'last-event')}`];
  }
  const { commonPrefix } = await import('../../logs/name-pattern.js');
  const pattern = `${commonPrefix(logGroups)}*`;
  return [`to see when their last events were: ${toLine('groups', pattern, '--sort', 'last-event')}`];
}
