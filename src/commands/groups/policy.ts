import type { Io } from '../../io.js';
import { placesOf } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { regionsAsked } from '../policy/regions.js';
import { type ListingFlags, toListingClients, toListingPattern } from '../reading/listing.js';

interface ListedColumns {
  readonly needsNames: boolean;
  readonly hasLastEvent: boolean;
  readonly pattern: string | undefined;
}

/** Prints what `groups` needs: names alone are listed otherwise, and the last event is a time of the streams. */
export async function printGroupsPolicy(
  { needsNames, hasLastEvent, pattern }: ListedColumns,
  flags: ListingFlags,
  io: Io,
): Promise<void> {
  const regions = await regionsAsked(toListingClients(flags, io));
  if (needsNames) return printPolicy([{ on: 'nothing', actions: ['ListLogGroups'] }], flags, io);
  const places = hasLastEvent
    ? placesOf({ logGroups: [toListingPattern(pattern).replaceAll(/\*+/g, '*')] }, regions)
    : [];
  await printPolicy(
    [
      { on: 'listing', actions: ['DescribeLogGroups'], regions },
      ...(hasLastEvent ? [{ on: 'groups', actions: ['DescribeLogStreams'], places } as const] : []),
    ],
    flags,
    io,
  );
}
