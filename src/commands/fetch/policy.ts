import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { GlobalFlags } from '../options/global.js';
import { printPolicy } from '../policy/print-policy.js';
import { toQueryNeeds, toReadingNeeds } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';
import type { Way } from '../reading/via.js';

interface MeantPlan {
  readonly flags: GlobalFlags;
  readonly way: Way | undefined;
  readonly clientOptions: readonly ClientOptions[];
}

/** Prints what `fetch` needs: to find groups, and to read or query their events. Following asks for no more. */
export async function printFetchPolicy(
  left: FetchRequest,
  { flags, way, clientOptions }: MeantPlan,
  io: Io,
): Promise<void> {
  const regions = await regionsAsked(clientOptions, left.logGroups);
  await printPolicy(await (way === undefined ? toReadingNeeds(left, regions) : toQueryNeeds(left, regions)), flags, io);
}
