import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { Reporter } from '../../io.js';
import type { LogEvent } from '../../logs/event.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { Monitor } from '../../logs/read/monitor.js';
import type { Checkpoint, FileState } from '../../save/checkpoint.js';
import type { Manifest } from '../../save/manifest.js';
import type { OutputPath } from '../../save/output-path.js';
import { refuseTogether } from '../options/values.js';
import type { Destination } from './rendering.js';

/** Where a download goes, as it was typed. */
export interface SaveFlags {
  readonly output?: string;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly manifest?: boolean;
}

/** Where a download goes, as it is meant. */
export interface SaveRequest {
  readonly output: OutputPath;
  readonly checkpointPath: string;
  readonly manifest: boolean;
  /** The flags as they were written. */
  readonly fingerprint: string;
  readonly force: boolean;
  readonly resumed: boolean;
  /** Where an interrupted download goes on. */
  readonly from: Checkpoint | undefined;
}

/** Adds the options that send a download to files. */
export function addSaveOptions(command: Command): Command {
  return command
    .option(
      '-o, --output <path>',
      'a file (.gz, .zst compress), or many: out/{group}/{stream}.log.gz, {time:yyyy-MM-dd}.log',
    )
    .option('--resume', 'go on with an interrupted -o')
    .option('--force', 'replace what is there')
    .option('--manifest', 'write a manifest beside it, for cwlogs verify');
}

/** Reads the options that send a download to files; undefined when it goes to stdout. */
export async function toSaveRequest(
  flags: SaveFlags & { readonly limit?: string; readonly last?: string },
  asked: readonly unknown[],
  present: { readonly zone: string },
): Promise<SaveRequest | undefined> {
  if (flags.output === undefined || flags.output === '-') {
    for (const flag of ['resume', 'force', 'manifest'] as const) {
      if (flags[flag] === true)
        throw new UsageError({ flag: `--${flag}`, problem: 'needs a file', fix: 'add -o <path>' });
    }
    return undefined;
  }
  refuseTogether('--resume', flags.resume, '--force', flags.force);
  refuseTogether('--resume', flags.resume, '--limit', flags.limit);
  refuseTogether('--resume', flags.resume, '--last', flags.last);
  const { createWallClock } = await import('../../time/wall-clock.js');
  const { compileTimePattern } = await import('../../time/time-text.js');
  const { parseOutputPath } = await import('../../save/output-path.js');
  const { folderOf, sidePath } = await import('../../save/manifest.js');
  const { compressionOf } = await import('../../save/compression.js');
  const { isNoFile, namesIn, sizeOf } = await import('../../save/disk.js');
  const { readCheckpoint } = await import('../../save/checkpoint.js');
  const { zone } = present;
  const clock = createWallClock(zone);
  const output = parseOutputPath(flags.output, (pattern) => compileTimePattern(pattern, clock));
  // A compression that this Node lacks is found here rather than at the first event.
  compressionOf(flags.output);
  const kind = flags.output.endsWith('/') ? 'a folder' : await isNoFile(output.hasPlaceholders ? '' : output.root);
  if (kind !== undefined) throw noFile(flags.output, kind);
  const fingerprint = JSON.stringify([...asked, zone, flags.output]);
  const checkpointPath = sidePath(output, 'resume', fingerprint);
  const left = await readCheckpoint(checkpointPath);
  if (left !== undefined && flags.resume !== true && flags.force !== true) throw inTheWay(flags.output);
  if (flags.resume === true && left !== undefined && left.fingerprint !== fingerprint)
    throw anotherRequest(flags.output);
  if (flags.resume === true && left === undefined) {
    const others = output.hasPlaceholders ? await namesIn(folderOf(output.root)) : [];
    if (others.some((name) => /^cwlogs\.[0-9a-f]+\.resume\.json$/.test(name))) throw anotherRequest(flags.output);
    if (!output.hasPlaceholders && ((await sizeOf(output.root)) ?? 0) > 0) throw nothingToResume(flags.output);
  }
  return {
    output,
    checkpointPath,
    manifest: flags.manifest === true,
    fingerprint,
    force: flags.force === true,
    resumed: flags.resume === true,
    from: flags.resume === true ? left : undefined,
  };
}

/** The request that is left to do: as it was resolved at first, from where the download has come to. */
export function toRemaining(request: FetchRequest, { from }: SaveRequest): FetchRequest {
  if (from === undefined) return request;
  // Written by an earlier run of this program, from its own request.
  const stored = from.request as FetchRequest;
  const { logGroups, regionsOf } = stored;
  return {
    ...request,
    logGroups,
    regionsOf,
    startMs: from.position?.timestamp ?? stored.startMs ?? undefined,
    endMs: stored.endMs,
  };
}

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

/** Says how much a download holds: `1,204 events, 3 files`. */
export async function renderExtent(events: number, fileCount: number): Promise<string> {
  const { renderCount } = await import('../../render/quantity.js');
  const files = fileCount === 1 ? '1 file' : `${renderCount(fileCount)} files`;
  return `${events === 1 ? '1 event' : `${renderCount(events)} events`}, ${files}`;
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

function noFile(path: string, kind: string): UsageError {
  const fix = `write a file: ${path.replace(/\/*$/, '')}/app.log, or ${path.replace(/\/*$/, '')}/{stream}.log`;
  return new UsageError({
    flag: '--output',
    value: path,
    problem: `is ${kind}`,
    fix: kind === 'a folder' ? fix : 'write to stdout instead, without -o',
  });
}

function inTheWay(path: string): UsageError {
  return new UsageError({
    flag: '--output',
    value: path,
    problem: 'is an interrupted download',
    fix: '--resume goes on with it, --force starts anew',
  });
}

function anotherRequest(path: string): UsageError {
  return new UsageError({
    flag: '--resume',
    value: path,
    problem: 'is the download of another request',
    fix: 'give the same groups and options as at first, or --force to start anew',
  });
}

function nothingToResume(path: string): UsageError {
  return new UsageError({
    flag: '--resume',
    value: path,
    problem: 'is not an interrupted download: it is complete, or not of cwlogs',
    fix: '--force starts anew',
  });
}
