import type { Io } from '../../io.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { Manifest } from '../../save/manifest.js';
import { toClientOptions } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';
import { type Need, placesOf } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { toEventNeeds, toQueriedNeeds } from '../policy/reading-needs.js';

/** Prints what `verify` needs: with `--recount`, to read what the manifests tell of again. */
export async function printVerifyPolicy(
  manifests: readonly Manifest[],
  flags: GlobalFlags & { readonly recount?: boolean },
  io: Io,
): Promise<void> {
  const recounted = flags.recount === true ? manifests : [];
  await printPolicy(
    recounted.flatMap((manifest) => needsOf(manifest, flags, io)),
    flags,
    io,
  );
}

function needsOf({ request, regions }: Manifest, flags: GlobalFlags, io: Io): Need[] {
  toClientOptions({ ...flags, region: regions }, io);
  // Stored by fetch, from its own request.
  const stored = request as FetchRequest & { readonly via?: string };
  const subject = { ...stored, startMs: stored.startMs ?? undefined };
  const toNeeds = stored.via === undefined ? toEventNeeds : toQueriedNeeds;
  return toNeeds(subject, placesOf(stored, regions));
}
