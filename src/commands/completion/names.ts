import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import { toClientOptions, variable } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';

/** A Tab that takes longer is worse than none: what has come by then is offered. */
const patienceMs = 1_000;
/** As many fill a screen, and are four requests. */
const maxNames = 200;

/** The flags that say which account and region is asked. */
export type AccountFlags = Pick<GlobalFlags, 'profile' | 'region' | 'endpointUrl'>;

/** The groups whose names begin with a text. */
export async function groupNames(start: string, flags: AccountFlags, io: Io): Promise<readonly string[]> {
  const { listGroups } = await import('../../logs/groups.js');
  const selector = start === '' ? ({ kind: 'all' } as const) : ({ kind: 'prefix', prefix: start } as const);
  return namesOf(['groups', start], flags, io, async function* (client, signal) {
    for await (const { logGroupName = '' } of listGroups(client, selector, { signal })) yield logGroupName;
  });
}

/** The streams of a group whose names begin with a text. */
export async function streamNames(
  group: string,
  start: string,
  flags: AccountFlags,
  io: Io,
): Promise<readonly string[]> {
  const { listStreams } = await import('../../logs/streams.js');
  const selector = start === '' ? {} : { prefix: start };
  return namesOf(['streams', group, start], flags, io, async function* (client, signal) {
    for await (const { logStreamName = '' } of listStreams(client, group, selector, { signal })) yield logStreamName;
  });
}

type Client = Awaited<ReturnType<typeof import('../../logs/client.js')['connect']>>['client'];
type Listing = (client: Client, signal: AbortSignal) => AsyncGenerator<string>;

/** Lists names, unless it was done a moment ago for the same account and region. */
async function namesOf(
  about: readonly [kind: string, ...parts: string[]],
  flags: AccountFlags,
  io: Io,
  list: Listing,
): Promise<readonly string[]> {
  const { openNameCache } = await import('../../save/name-cache.js');
  // Nobody is asked for a code in the middle of a line.
  const [options] = toClientOptions({ ...flags, color: 'never' }, { ...io, ask: undefined });
  const account = [options.profile, options.region, options.endpoint, variable(io.env, 'AWS_ACCESS_KEY_ID')];
  const cached = openNameCache(io.env, io.now, [...about, ...account]);
  const known = await cached.read();
  if (known !== undefined) return known;
  const { names, isInTime } = await listInTime(options, io.signal, list);
  if (names.length === 0) return names;
  // A shell inserts what all names have in common, and some may be missing here.
  const offered = isInTime && names.length < maxNames ? names : [...names, about.at(-1) || '/'];
  if (isInTime) await cached.write(offered);
  return offered;
}

interface Listed {
  readonly names: readonly string[];
  readonly isInTime: boolean;
}

async function listInTime(options: ClientOptions, stop: AbortSignal, list: Listing): Promise<Listed> {
  const { connect } = await import('../../logs/client.js');
  const signal = AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]);
  const names: string[] = [];
  const collect = async (): Promise<boolean> => {
    const { client } = await connect(options);
    signal.addEventListener('abort', () => client.destroy());
    try {
      for await (const name of list(client, signal)) if (names.push(name) === maxNames) break;
    } finally {
      client.destroy();
    }
    return true;
  };
  // Credentials are looked for without regard to the signal.
  const late = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  const isInTime = await Promise.race([collect().catch(() => false), late]);
  return { names, isInTime };
}
