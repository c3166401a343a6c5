import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { QueryRequest } from '../../logs/query/run-query.js';
import type { GlobalFlags } from '../options/global.js';
import type { Need } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { queryNeeds, toFoundGroups } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';

interface AskedPlan {
  readonly asked: QueryRequest;
  readonly flags: GlobalFlags & { readonly estimate?: boolean };
  readonly clientOptions: ClientOptions;
}

/** Prints what `query` needs: to find groups, to look up what they store, and to query them. */
export async function printQueryPolicy({ asked, flags, clientOptions }: AskedPlan, io: Io): Promise<void> {
  const regions = await regionsAsked([clientOptions], asked.logGroups);
  // A text that names its groups itself is understood by the service alone: they may be any.
  const isNamed = asked.logGroups.length === 0;
  const { needs, places } = await toFoundGroups(isNamed ? { logGroups: ['*'] } : asked, regions);
  const estimating: Need[] = isNamed ? [] : [...needs, { on: 'listing', actions: ['DescribeLogGroups'], regions }];
  await printPolicy([...estimating, ...(flags.estimate === true ? [] : queryNeeds(places))], flags, io);
}
