import type { Command } from 'commander';
import { quote, UsageError } from '../../errors.js';
import { createReporter, type Io, type Reporter } from '../../io.js';
import type { ConsoleView } from '../../logs/console-url.js';
import type { GlobalFlags } from '../options/global.js';
import { usualWindow } from '../options/range.js';
import { toFlag } from '../options/values.js';

/** The flags that say what the address of a console page may say too. */
export interface SelectionFlags extends GlobalFlags {
  readonly stream?: readonly string[];
  readonly streamPrefix?: string;
  readonly start?: string;
  readonly end?: string;
  readonly around?: string;
  readonly window?: string;
  readonly filter?: string;
}

/** Which flags of a command choose the time, and which the messages: where one is given, that of the address is not used. */
export interface SelectionNames {
  readonly time: readonly string[];
  readonly messages: readonly string[];
  /** Whether the command goes on for good: then an address that shows a time with an end is refused. */
  readonly goesOn?: boolean;
  /** What the groups are given by; default: `<group>`. */
  readonly flag?: string;
  /** Why the command has no use for something that a page shows, which is said. */
  readonly unused?: Readonly<Record<string, string>>;
}

/** Adds the `<group...>` operands. */
export function addGroupOperands(command: Command): Command {
  return command.argument(
    '<group...>',
    "log groups: names, patterns ('/prod/*'), the last part of a name, ARNs, a console URL, or - for names on stdin",
  );
}

/** What a command that reads a range says of such operands in its help. */
export const consoleUrlHelp = `
The address of a console page stands for the group, streams, times and filter that it shows; that
of one event, where it shows no times, for what is around the event, as --around does.
`;

/** Group operands as they are meant, and the flags, with what a console page has shown. */
export interface Operands<Flags> {
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/**
 * Reads `<group...>` operands that stand for something else: `-` for the names on stdin, one a line, and the address
 * of a console page for the group, streams, times and filter that it shows. Makes no request.
 */
export async function readGroupOperands<Flags extends SelectionFlags>(
  typed: readonly string[],
  flags: Flags,
  names: SelectionNames,
  io: Io,
): Promise<Operands<Flags>> {
  return readConsoleUrl(typed.includes('-') ? await withNamesOfStdin(typed, io) : typed, flags, names, io);
}

/** As {@link readGroupOperands}, where `-` is not the names on stdin. */
export async function readConsoleUrl<Flags extends SelectionFlags>(
  operands: readonly string[],
  flags: Flags,
  names: SelectionNames,
  io: Io,
): Promise<Operands<Flags>> {
  const url = operands.find((text) => /^https?:/i.test(text));
  if (url === undefined) return { operands, flags };
  const { flag = '<group>' } = names;
  if (operands.length > 1) {
    const problem = 'is given beside other groups, which its stream and times are not meant for';
    throw new UsageError({ flag, value: url, problem, fix: 'give it alone, or the groups by name' });
  }
  const { parseConsoleUrl } = await import('../../logs/console-url.js');
  const view = parseConsoleUrl(url, flag);
  if (names.goesOn === true && givenOf(flags, names.time) === undefined) refuseEnd(url, view);
  return { operands: [view.logGroup], flags: await withView(view, flags, names, io) };
}

function refuseEnd(url: string, { start, end, eventId }: ConsoleView): void {
  const isOfEvent = start === undefined && end === undefined && eventId !== undefined;
  if (end === undefined && !isOfEvent) return;
  throw new UsageError({
    flag: '<group>',
    value: url,
    problem: `${isOfEvent ? 'points at one event' : 'shows a time that has an end'}, and --follow goes on for good`,
    fix: 'leave --follow out, or say by --start where to begin',
  });
}

/** The first of these flags that was typed. */
function givenOf(flags: SelectionFlags, names: readonly string[]): string | undefined {
  const given = new Map(Object.entries(flags));
  return names.find((name) => given.get(name) !== undefined);
}

async function withNamesOfStdin(typed: readonly string[], io: Io): Promise<string[]> {
  const { splitLines } = await import('../../shape/lines.js');
  const names: string[] = [];
  for await (const lines of splitLines(io.stdin, 'stdin')) {
    io.signal.throwIfAborted();
    names.push(...lines.map((line) => line.trim()).filter((line) => line !== ''));
  }
  if (names.length === 0) {
    const fix = "pipe names into it, one a line: cwlogs groups '/prod/*' --format names";
    throw new UsageError({ flag: '<group>', value: '-', problem: 'finds no group on stdin', fix });
  }
  return typed.flatMap((text) => (text === '-' ? names : [text]));
}

/** What was typed decides over what the page has shown, and that is said; a region cannot be both. */
async function withView<Flags extends SelectionFlags>(
  view: ConsoleView,
  flags: Flags,
  { time, messages, unused = {} }: SelectionNames,
  io: Io,
): Promise<Flags> {
  const { region, stream, streamPrefix, filterPattern } = view;
  const typed = (names: readonly string[]): string | undefined => givenOf(flags, names);
  if (region !== undefined && flags.region?.some((name) => name !== region) === true) {
    throw new UsageError({
      problem: `--region ${flags.region.join(' --region ')} and the region of the address, ${quote(region)}, differ`,
      fix: 'leave --region out',
    });
  }
  const parts = [
    {
      what: 'times',
      by: typed(time),
      flags: await timesOf(view, time),
    },
    {
      what: 'stream',
      by: typed(['stream', 'streamPrefix']),
      flags: stream === undefined ? (streamPrefix === undefined ? {} : { streamPrefix }) : { stream: [stream] },
    },
    { what: 'filter', by: typed(messages), flags: filterPattern === undefined ? {} : { filter: filterPattern } },
  ];
  const reporter = createReporter(io, flags);
  let meant: Flags = region === undefined ? flags : { ...flags, region: [region] };
  for (const part of parts) {
    const isShown = Object.keys(part.flags).length > 0;
    const why = unused[part.what];
    if (why !== undefined && isShown) await reporter.warn(`the ${part.what} of the address is not used: ${why}`);
    else if (part.by === undefined) meant = { ...meant, ...part.flags };
    else if (isShown) await reporter.notice(`${toFlag(part.by)} decides: the ${part.what} of the address not used`);
  }
  if (time.length > 0 && typed(time) === undefined) await sayEvent(view, meant, reporter);
  return meant;
}

/** The times of a page, or those around the one event that it points at. */
async function timesOf(
  { start, end, eventId }: ConsoleView,
  names: readonly string[],
): Promise<Pick<SelectionFlags, 'start' | 'end' | 'around'>> {
  if (start !== undefined || end !== undefined || eventId === undefined) {
    return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  }
  const { timeOfEventId } = await import('../../logs/console-url.js');
  const ms = timeOfEventId(eventId);
  if (ms === undefined) return {};
  const time = new Date(ms).toISOString();
  return names.includes('around') ? { around: time } : { start: time };
}

async function sayEvent(
  { eventId, start: shownStart, end: shownEnd }: ConsoleView,
  { start, around, window = usualWindow }: SelectionFlags,
  reporter: Reporter,
): Promise<void> {
  if (eventId === undefined || shownStart !== undefined || shownEnd !== undefined) return;
  const what = 'the address points at one event';
  if (around !== undefined) {
    return reporter.warn(`${what}: ${window} before and after ${around} is read; --window reads more`);
  }
  if (start !== undefined) return reporter.warn(`${what}: what came since ${start} is read`);
  await reporter.warn(`${what}, and its time cannot be told from it: the usual times of its stream are read`);
}
