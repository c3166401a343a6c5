import type { Command } from 'commander';
import { DamageError, UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { Manifest } from '../save/manifest.js';
import { toClientOptions, toRegions } from './options/client.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import type { GrepFlags } from './options/grep.js';
import { startRun } from './reading/run.js';
import { readBy } from './reading/via.js';

interface VerifyFlags extends GlobalFlags {
  readonly recount?: boolean;
}

/** Registers `verify`. */
export function registerVerify(command: Command, io: Io): void {
  command
    .description('Check the files of a download against the manifest that --manifest wrote: sizes and sha256, offline.')
    .argument('<path>', 'the file, the folder, or the manifest itself')
    .option('--recount', 'also read the range again, the same way, and compare the number of events');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((path: string, flags: VerifyFlags) => runVerify(path, flags, io));
}

const examples = `
Examples:
  cwlogs verify api.log.gz
  cwlogs verify out/ --recount --profile prod
`;

async function runVerify(path: string, flags: VerifyFlags, io: Io): Promise<void> {
  const { findDamage, findUncovered, readManifests } = await import('../save/manifest.js');
  const { renderExtent } = await import('../render/quantity.js');
  const reporter = createReporter(io, flags);
  const named = toRegions(flags);
  const manifests = await readManifests(path);
  for (const { manifest } of manifests) refuseOtherRegion(named, manifest);
  if (flags.printPolicy === true) {
    const { printVerifyPolicy } = await import('./verify/policy.js');
    return printVerifyPolicy(
      manifests.map(({ manifest }) => manifest),
      flags,
      io,
    );
  }
  const damage: string[] = [];
  let events = 0;
  const files = new Set<string>();
  for (const { manifest, folder } of manifests) {
    damage.push(...(await findDamage(manifest, folder)));
    if (flags.recount === true) damage.push(...(await recount(manifest, flags, io)));
    events += manifest.events;
    for (const file of manifest.files) files.add(`${folder}/${file.path}`);
  }
  if (damage.length > 0) throw new DamageError(path, damage);
  await reporter.warn(`verified: ${renderExtent(events, files.size)}`);
  const uncovered = await findUncovered(path, manifests);
  if (uncovered.length > 0) await reporter.warn(`not verified, since no manifest names them: ${listed(uncovered)}`);
}

/** A range is counted where it was read: a named region can only agree with the manifest. */
function refuseOtherRegion(named: readonly string[], { regions }: Manifest): void {
  const others = named.filter((name) => !regions.includes(name));
  const lacking = named.length === 0 ? [] : regions.filter((name) => !named.includes(name));
  if (others.length === 0 && lacking.length === 0) return;
  const [value = ''] = [...others, ...named];
  const kind = others.length > 0 ? 'not' : 'only a part of';
  const problem = `is ${kind} where the download came from: ${regions.join(', ')}`;
  throw new UsageError({ flag: '--region', value, problem, fix: 'leave it out' });
}

const maxListed = 5;

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, maxListed).join(', ');
  return paths.length <= maxListed ? shown : `${shown} and ${paths.length - maxListed} more`;
}

/** What a download remembers of its options. */
interface StoredFlags {
  readonly grepFlags?: GrepFlags;
  readonly via?: string;
}

/** Reads the range again, as it was resolved then. */
async function recount({ request, regions, events }: Manifest, flags: VerifyFlags, io: Io): Promise<string[]> {
  const { readSelected } = await import('./reading/selected-pages.js');
  const { toGrepRequest } = await import('./options/grep.js');
  const run = await startRun(toClientOptions({ ...flags, region: regions }, io), flags, io);
  const { monitor, survive } = run;
  const clients = run.connections.map(({ client }) => client);
  let found = 0;
  try {
    // Stored by fetch, from its own request.
    const { grepFlags, via, ...stored } = request as FetchRequest & StoredFlags;
    const filter = stored.filterPattern === undefined ? {} : { filter: stored.filterPattern };
    const grep = await toGrepRequest({ check: true, ...filter, ...grepFlags }, stored.filterPattern);
    const again = { ...stored, startMs: stored.startMs ?? undefined, filterPattern: grep.filterPattern };
    const options = { signal: io.signal, monitor, survive };
    const pages =
      via === undefined
        ? await readSelected(clients, again, grep, options, new WeakSet())
        : readBy({ maxBytes: undefined }, clients, again, options, run);
    for await (const page of pages) found += page.length;
  } finally {
    run.close();
  }
  return found === events
    ? []
    : [
        `the service now has ${found.toLocaleString('en-US')} events of the range instead of ${events.toLocaleString('en-US')}`,
      ];
}
