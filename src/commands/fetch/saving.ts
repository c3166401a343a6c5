import type { Reporter } from '../../io.js';
import type { LogEvent } from '../../logs/event.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { Monitor } from '../../logs/read/monitor.js';
import type { FileState } from '../../save/checkpoint.js';
import type { Manifest } from '../../save/manifest.js';
import type { Destination } from '../reading/rendering.js';
import type { SaveRequest } from './save-request.js';

/** Makes the destination that is files; it says at the end what there is, or how to go on. */
export async function toFiles(
  save: SaveRequest,
  run: {
    readonly request: FetchRequest;
    readonly regions: readonly string[];
    readonly monitor: Monitor;
    /** What to run when this run ends before its end: with --resume, or with --force where nothing is there yet. */
    readonly goOn: (resume: boolean) => string;
  },
  render: (events: readonly LogEvent[]) => string,
  reporter: Reporter,
): Promise<Destination> {
  const { startDownload } = await import('../../save/download.js');
  const { createLock } = await import('../../save/lock.js');
  const { removeCheckpoint } = await import('../../save/checkpoint.js');
  const { removeManifest, sidePath, writeManifest } = await import('../../save/manifest.js');
  const request = save.from === undefined ? run.request : save.from.request;
  // Stored by this program, from its own request.
  const { startMs, endMs } = request as FetchRequest;
  const manifestPath = sidePath(save.output, 'manifest', JSON.stringify([save.fingerprint, startMs ?? null, endMs]));
  const lock = createLock(`${save.checkpointPath}.lock`, save.output.template);
  await lock.take();
  const download = await startDownload({ ...save, manifestPath, request, render }).catch(async (error) => {
    await lock.release();
    throw error;
  });

  async function seal(): Promise<string> {
    const files = await download.complete();
    const events = files.reduce((sum, file) => sum + file.events, 0);
    if (save.manifest) await writeManifest(manifestPath, toManifest(request, run, files, events));
    // One of what was there before would say that these files are damaged.
    else await removeManifest(manifestPath);
    // Last: until then the download can be resumed.
    await removeCheckpoint(save.checkpointPath);
    const { renderExtent } = await import('../../render/quantity.js');
    return renderExtent(events, files.length);
  }

  async function interrupt(): Promise<void> {
    // Whatever the disk still says is less than what it said first.
    await download.interrupt().catch(() => {});
    await lock.release();
    // Where nothing was written there is nothing to go on with: the error itself says what to do.
    if (!download.hasBegun) return;
    const upTo = download.upToMs === undefined ? 'at the start' : `up to ${new Date(download.upToMs).toISOString()}`;
    const resume = !save.force || download.upToMs !== undefined;
    await reporter.error(`INCOMPLETE ${upTo}; continue with: ${run.goOn(resume)}`);
  }

  return {
    write: (events) => download.write(events),
    async complete() {
      let extent: string | undefined;
      try {
        extent = await seal();
      } finally {
        if (extent === undefined) await interrupt();
      }
      await lock.release();
      await reporter.warn(`complete: ${extent}`);
    },
    interrupt,
  };
}

function toManifest(
  request: unknown,
  { regions, monitor }: { readonly regions: readonly string[]; readonly monitor: Monitor },
  files: readonly FileState[],
  events: number,
): Manifest {
  // Stored by this program, from its own request.
  const { startMs, endMs } = request as FetchRequest;
  return {
    version: 1,
    request,
    regions,
    start: startMs === undefined || startMs === null ? 'the beginning' : new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    events,
    emptyPages: monitor.emptyPages,
    throttles: monitor.throttles,
    files,
  };
}
