import { type Command, Option } from 'commander';
import { quote } from '../../errors.js';
import { createReporter, type Io } from '../../io.js';
import type { Present } from '../../time/zone.js';
import type { GlobalFlags } from './global.js';
import { refuseTogether } from './values.js';

/** The zone in which times are read and shown. */
export interface ZoneFlags {
  readonly tz?: string;
  readonly utc?: boolean;
}

/** Adds `--tz` and `--utc`. */
export function addZoneOptions(command: Command): Command {
  return command
    .option(
      '--tz <zone>',
      'time zone in which times are read and shown, such as Europe/Berlin; default: this machine’s',
    )
    .option('--utc', 'the same as --tz UTC');
}

/** A time range as it was typed. */
export interface RangeOptionFlags {
  readonly start?: string;
  readonly end?: string;
  readonly since?: string;
  readonly until?: string;
  readonly on?: string;
  readonly around?: string;
  readonly window?: string;
}

/** The flags that choose a time range; `--window` only says how wide one is. */
export const rangeNames = ['start', 'since', 'end', 'until', 'on', 'around'] as const;

/** How far `--around` reaches where nothing is said. */
export const usualWindow = '1m';

/** Adds the options that choose a time range, which begins at the usual start where none is given. */
export function addRangeOptions(command: Command, usualStart: string): Command {
  const start = `from this time on (inclusive): 2h, "yesterday 3pm", 2026-11-20T15:00; default: ${usualStart}`;
  return command
    .option('-s, --start <time>', start)
    .option('-e, --end <time>', 'up to this time (exclusive); default: now')
    .addOption(new Option('--since <time>').hideHelp())
    .addOption(new Option('--until <time>').hideHelp())
    .option('--on <day>', 'a whole day or month, or what there is of it so far: yesterday, today, 2026-11')
    .option('--around <time>', 'a moment, with --window on both sides')
    .option('--window <duration>', `how far --around reaches; default: ${usualWindow}`);
}

/** `--since` and `--until` are other names of `--start` and `--end`. */
export function rangeFlags(flags: RangeOptionFlags): Omit<RangeOptionFlags, 'since' | 'until'> {
  refuseTogether('--start', flags.start, '--since', flags.since);
  refuseTogether('--end', flags.end, '--until', flags.until);
  const { since, until, ...range } = flags;
  return {
    ...range,
    ...(since === undefined ? {} : { start: since }),
    ...(until === undefined ? {} : { end: until }),
  };
}

/** Says that a range reaches beyond now: it is read as it is, not as it will be by its end. */
export async function warnOfFuture(
  { endMs }: { readonly endMs: number },
  present: Present,
  { end, until, around, ...flags }: RangeOptionFlags & GlobalFlags,
  io: Io,
): Promise<void> {
  const [flag, value] = around === undefined ? ['--end', end ?? until] : ['--around', around];
  if (value === undefined || endMs <= present.nowMs) return;
  const { renderInstant } = await import('../../time/range.js');
  const reach = `${flag} ${quote(value)} reaches into the future, to ${renderInstant(endMs, present.zone)}`;
  await createReporter(io, flags).warn(`${reach}: what comes until then is not in it`);
}
