import type { Io } from '../../io.js';
import { printPolicy } from '../policy/print-policy.js';
import { toFoundGroups } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';
import { type ListingFlags, toListingClients } from '../reading/listing.js';

/** Prints what `streams` needs: to find the group, and to list its streams. */
export async function printStreamsPolicy(logGroup: string, flags: ListingFlags, io: Io): Promise<void> {
  const logGroups = [logGroup];
  const regions = await regionsAsked(toListingClients(flags, io), logGroups);
  const { needs, places } = await toFoundGroups({ logGroups }, regions);
  await printPolicy([...needs, { on: 'groups', actions: ['DescribeLogStreams'], places }], flags, io);
}
