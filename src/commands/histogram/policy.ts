import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { GlobalFlags } from '../options/global.js';
import { printPolicy } from '../policy/print-policy.js';
import { toQueryNeeds, toReadingNeeds } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';

interface CountedPlan {
  readonly flags: GlobalFlags;
  /** Undefined in it where events are read and counted here. */
  readonly request: { readonly reading: FetchRequest; readonly queries: object | undefined };
  readonly clientOptions: readonly ClientOptions[];
}

/** Prints what `histogram` needs: to find groups, and to read their events or let queries count them. */
export async function printHistogramPolicy(
  { flags, request: { reading, queries }, clientOptions }: CountedPlan,
  io: Io,
): Promise<void> {
  const regions = await regionsAsked(clientOptions, reading.logGroups);
  await printPolicy(
    await (queries === undefined ? toReadingNeeds(reading, regions) : toQueryNeeds(reading, regions)),
    flags,
    io,
  );
}
