import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { GlobalFlags } from '../options/global.js';
import { printPolicy } from '../policy/print-policy.js';
import { toReadingNeeds } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';

interface TracedPlan {
  readonly flags: GlobalFlags;
  readonly asked: FetchRequest;
  readonly clientOptions: readonly ClientOptions[];
}

/** Prints what `trace` needs: to find groups, and to read their events; the lines of an invocation are read alike. */
export async function printTracePolicy({ flags, asked, clientOptions }: TracedPlan, io: Io): Promise<void> {
  const regions = await regionsAsked(clientOptions, asked.logGroups);
  await printPolicy(await toReadingNeeds(asked, regions), flags, io);
}
