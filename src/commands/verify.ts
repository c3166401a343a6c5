import type { Command } from 'commander';
import { DamageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { Manifest } from '../save/manifest.js';
import { addGlobalOptions, type GlobalFlags, toClientOptions } from './options.js';
import { startRun } from './reading.js';
import { renderExtent } from './saving.js';

interface VerifyFlags extends GlobalFlags {
  readonly recount?: boolean;
}

/** Registers `verify`. */
export function registerVerify(program: Command, io: Io): void {
  const command = program
    .command('verify')
    .summary('check a download against its manifest')
    .description('Check the files of a download against the manifest that --manifest wrote: sizes and sha256, offline.')
    .argument('<path>', 'the file, the folder, or the manifest itself')
    .option('--recount', 'also read the range again and compare the number of events');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((path: string, flags: VerifyFlags) => runVerify(path, flags, io));
}

const examples = `
Examples:
  cwlogs verify api.log.gz
  cwlogs verify out/ --recount --profile prod
`;

async function runVerify(path: string, flags: VerifyFlags, io: Io): Promise<void> {
  const { findDamage, readManifest } = await import('../save/manifest.js');
  const { manifest, folder } = await readManifest(path);
  const damage = await findDamage(manifest, folder);
  if (flags.recount === true) damage.push(...(await recount(manifest, flags, io)));
  if (damage.length > 0) throw new DamageError(path, damage);
  const extent = await renderExtent(manifest.events, manifest.files.length);
  await createReporter(io, flags).warn(`verified: ${extent}`);
}

/** Reads the range again, as it was resolved then. */
async function recount({ request, regions, events }: Manifest, flags: VerifyFlags, io: Io): Promise<string[]> {
  const { fetchEventPages } = await import('../logs/read/fetch-events.js');
  const { connections, monitor, survive } = await startRun(
    toClientOptions({ ...flags, region: regions }, io),
    flags,
    io,
  );
  const clients = connections.map(({ client }) => client);
  let found = 0;
  try {
    // Stored by fetch, from its own request.
    const stored = request as FetchRequest;
    const pages = fetchEventPages(
      clients,
      { ...stored, startMs: stored.startMs ?? undefined },
      { signal: io.signal, monitor, survive },
    );
    for await (const page of pages) found += page.length;
  } finally {
    for (const client of clients) client.destroy();
  }
  return found === events ? [] : [`the service now has ${found} events of the range instead of ${events}`];
}
