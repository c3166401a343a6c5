import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { WriterOptions } from '../../logs/write/writer.js';
import type { GlobalFlags } from '../options/global.js';
import { placesOf } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { regionsAsked } from '../policy/regions.js';
import type { LineFlags } from './options.js';

interface WrittenPlan {
  readonly flags: LineFlags & GlobalFlags;
  readonly request: Pick<WriterOptions, 'logGroup' | 'createGroup' | 'retentionDays'>;
  /** As it was given: the names of new streams, and of those that events bring, are not known before. */
  readonly logStream: string | undefined;
  readonly clientOptions: ClientOptions;
}

/** Prints what `put` needs: to write, and to make what is not there. */
export async function printPutPolicy({ flags, request, logStream, clientOptions }: WrittenPlan, io: Io): Promise<void> {
  const { logGroup, createGroup, retentionDays } = request;
  const regions = await regionsAsked([clientOptions]);
  const places = placesOf({ logGroups: [logGroup] }, regions);
  const actions = [
    'CreateLogStream',
    ...(createGroup === true ? (['CreateLogGroup'] as const) : []),
    ...(retentionDays === undefined ? [] : (['PutRetentionPolicy'] as const)),
  ] as const;
  const { jsonTime, timeFormat, fromJson } = flags;
  // Whether the group still keeps what is old is looked up: lines that come now are not.
  const mayBeOld = jsonTime !== undefined || timeFormat !== undefined || fromJson === true;
  await printPolicy(
    [
      ...places.map((place) => ({ on: 'stream', actions: ['PutLogEvents'], place, logStream }) as const),
      { on: 'groups', actions, places },
      ...(mayBeOld ? [{ on: 'listing', actions: ['DescribeLogGroups'], regions } as const] : []),
    ],
    flags,
    io,
  );
}
