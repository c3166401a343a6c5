import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { FetchRequest } from '../../logs/read/fetch-events.js';
import type { Checkpoint } from '../../save/checkpoint.js';
import type { OutputPath } from '../../save/output-path.js';
import { belowFile, refuseTogether } from '../options/values.js';
import { refuseName } from './output-name.js';

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
      'a file (.gz, .zst compress), or many: out/{group}/{stream}.log.gz, {time:yyyy-MM-dd}.log; one that holds something already is refused',
    )
    .option('--resume', 'go on with an interrupted -o')
    .option('--force', 'replace what the files of -o hold')
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
  refuseName(flags.output);
  const { createWallClock } = await import('../../time/wall-clock.js');
  const { compileTimePattern } = await import('../../time/time-text.js');
  const { parseOutputPath } = await import('../../save/output-path.js');
  const { sidePath } = await import('../../save/manifest.js');
  const { compressionOf } = await import('../../save/compression.js');
  const { fileAbove, isNoFile } = await import('../../save/disk.js');
  const { zone } = present;
  const clock = createWallClock(zone);
  const output = parseOutputPath(flags.output, (pattern) => compileTimePattern(pattern, clock));
  // A compression that this Node lacks is found here rather than at the first event.
  compressionOf(flags.output);
  const kind = flags.output.endsWith('/') ? 'a folder' : await isNoFile(output.hasPlaceholders ? '' : output.root);
  if (kind !== undefined) throw noFile(flags.output, kind);
  // What follows the root is a part of a name: the first folder is that of any such name.
  const above = await fileAbove(`${output.root}x`);
  if (above !== undefined) throw belowFile('--output', flags.output, above);
  const fingerprint = JSON.stringify([...asked, zone, flags.output]);
  const checkpointPath = sidePath(output, 'resume', fingerprint);
  return {
    output,
    checkpointPath,
    manifest: flags.manifest === true,
    fingerprint,
    force: flags.force === true,
    resumed: flags.resume === true,
    from: await readLeft(output, { checkpointPath, fingerprint }, flags),
  };
}

/** What an interrupted download has left, where it is to go on; refuses what is left of another, or in the way. */
async function readLeft(
  output: OutputPath,
  { checkpointPath, fingerprint }: Pick<SaveRequest, 'checkpointPath' | 'fingerprint'>,
  { output: path = '', resume, force }: SaveFlags,
): Promise<Checkpoint | undefined> {
  const { folderOf } = await import('../../save/manifest.js');
  const { namesIn, sizeOf } = await import('../../save/disk.js');
  const { readCheckpoint } = await import('../../save/checkpoint.js');
  const left = await readCheckpoint(checkpointPath);
  if (resume !== true) {
    if (left !== undefined && force !== true) throw inTheWay(path);
    return undefined;
  }
  if (left !== undefined) {
    if (left.fingerprint !== fingerprint) throw anotherRequest(path);
    return left;
  }
  const others = output.hasPlaceholders ? await namesIn(folderOf(output.root)) : [];
  if (others.some((name) => /^cwlogs\.[0-9a-f]+\.resume\.json$/.test(name))) throw anotherRequest(path);
  if (!output.hasPlaceholders && ((await sizeOf(output.root)) ?? 0) > 0) throw nothingToResume(path);
  return undefined;
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
