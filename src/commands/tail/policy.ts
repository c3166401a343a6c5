import type { Io } from '../../io.js';
import type { FollowingRequest } from '../following/following.js';
import type { GlobalFlags } from '../options/global.js';
import type { Need } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { lookUps, toEventNeeds, toFoundGroups } from '../policy/reading-needs.js';
import { regionsAsked } from '../policy/regions.js';

/** Prints what `tail` needs: to find groups and to read their events; Live Tail names its groups by ARN. */
export async function printTailPolicy(
  { flags, request, following, clientOptions }: FollowingRequest & { readonly flags: GlobalFlags },
  io: Io,
): Promise<void> {
  const regions = await regionsAsked(clientOptions, request.logGroups);
  const { needs, places } = await toFoundGroups(request, regions);
  const { from, ...subject } = request;
  const startMs = from.kind === 'start' ? from.startMs : 0;
  const live: Need[] = following.live ? [{ on: 'groups', actions: ['StartLiveTail'], places }, ...lookUps(places)] : [];
  await printPolicy([...needs, ...toEventNeeds({ ...subject, startMs }, places), ...live], flags, io);
}
