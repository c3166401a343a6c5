import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { createReporter, type Io } from '../../io.js';
import type { GlobalFlags } from './global.js';
import { collect } from './values.js';

/** What messages are selected by, as it was typed. */
export interface FilterFlags {
  readonly filter?: string;
  readonly where?: readonly string[];
  readonly check: boolean;
}

/** The flags that select messages in the service. */
export const filterNames = ['filter', 'where'] as const;

/** Adds the options that select messages in the service. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('-F, --filter <pattern>', "CloudWatch filter pattern: ERROR, '{ $.status >= 500 }'")
    .option(
      '-w, --where <cond>',
      "field of JSON messages: level=error,fatal, 'status>=500', 'user.id!=7', msg~timeout; objects and lists meet none of these; where it is repeated, all must be met",
      collect,
    )
    .option('--no-check', 'send --filter as it is, without looking for mistakes first');
}

/** Reads `--filter` and `--where` into the one pattern to send; undefined where neither was given. */
export async function toFilterPattern({ filter, where = [], check }: FilterFlags): Promise<string | undefined> {
  if (!check) {
    if (where.length > 0 && filter !== undefined) {
      throw new UsageError({
        problem: '--where joins a --filter only when it is understood, which --no-check forgoes',
        fix: 'leave one of the three out',
      });
    }
  } else if (filter?.trim() === '') {
    throw new UsageError({
      flag: '--filter',
      value: filter,
      problem: 'is empty',
      fix: 'leave it out to get every event',
    });
  } else if (filter !== undefined) {
    await checkPattern(filter, '--filter');
  }
  if (where.length === 0) return filter;
  const joined = await import('../../pattern/where.js');
  return joined.toFilterPattern({ filter, where });
}

/** The options that select messages, each with its value, as they were typed. */
export function selectorsOf({ filter, where = [] }: FilterFlags): readonly (readonly [flag: string, value: string])[] {
  const conditions = where.map((condition) => ['-w', condition] as const);
  return filter === undefined ? conditions : [['--filter', filter], ...conditions];
}

/**
 * Understands a pattern as the service would, and tells what in it is legal and yet does not do what it seems to; an
 * error points at its place.
 */
export async function checkPattern(pattern: string, flag: string): Promise<readonly string[]> {
  const { parseFilterPattern } = await import('../../pattern/parse-pattern.js');
  const { PatternError } = await import('../../pattern/pattern-error.js');
  const { warningsOf } = await import('../../pattern/warnings.js');
  const { renderPointer } = await import('../../pattern/pointer.js');
  try {
    return warningsOf(parseFilterPattern(pattern));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const { column, expected, fix } = error;
    const problem = `is not a filter pattern: expected ${expected} at column ${column}`;
    throw new UsageError({ flag, problem, fix, picture: renderPointer(pattern, column) });
  }
}

/** Says what is legal in `--filter` and yet does not do what it seems to. */
export async function warnOfFilter({ filter, check, ...flags }: FilterFlags & GlobalFlags, io: Io): Promise<void> {
  if (filter === undefined || !check) return;
  const reporter = createReporter(io, flags);
  for (const warning of await checkPattern(filter, '--filter')) await reporter.warn(`--filter: ${warning}`);
}
