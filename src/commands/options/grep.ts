import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { Expression } from '../../shape/regex.js';
import type { FilterFlags } from './filter.js';
import { collect, refuseTogether } from './values.js';

/** What messages are selected by here, and what is shown around them, as it was typed. */
export interface GrepFlags {
  readonly grep?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignoreCase?: boolean;
  readonly afterContext?: string;
  readonly beforeContext?: string;
  readonly context?: string;
  readonly multiline?: string;
}

/** How many events of its stream are shown with one that was found. */
export interface ContextRequest {
  readonly before: number;
  readonly after: number;
}

/** What messages are selected by, and who selects them. */
export interface GrepRequest {
  /** What the service is asked for; undefined: everything. */
  readonly filterPattern: string | undefined;
  /** The rest of the test, where there is any. */
  readonly keeps: ((event: LogEvent) => boolean) | undefined;
  /** The whole test, for what is read without a filter pattern. */
  readonly keepsUnfiltered: (event: LogEvent) => boolean;
  readonly context: ContextRequest | undefined;
  /** Whether an event begins a record of several events; undefined: each is one. */
  readonly isFirst: ((message: string) => boolean) | undefined;
  /** What is highlighted. */
  readonly marks: readonly Expression[];
}

/** Adds the options that select messages here, and show what is around them. */
export function addGrepOptions(command: Command): Command {
  return addContextOptions(addMatchOptions(command)).option(
    '--multiline <regex>',
    'join events up to the next of the stream that matches: the first line of a record',
  );
}

/** Adds the options that select messages here. */
export function addMatchOptions(command: Command): Command {
  return command
    .option('-g, --grep <regex>', 'only messages that match, tested here; where it is repeated, any of them', collect)
    .option('-v, --exclude <regex>', 'no message that matches; where it is repeated, any of them', collect)
    .option('-i, --ignore-case', 'let --grep and --exclude match in upper and lower case');
}

/** Adds the options that show what is around events that were found. */
export function addContextOptions(command: Command): Command {
  return command
    .option('-A, --after-context <n>', 'with each event found, the next n of its stream')
    .option('-B, --before-context <n>', 'with each event found, the n before it in its stream')
    .option(
      '-C, --context <n>',
      'both: n before and n after; -- on a line of its own stands between places, as of grep',
    );
}

/** Reads the options that select messages here; `filterPattern` is what --filter and --where ask for. */
export async function toGrepRequest(
  flags: GrepFlags & FilterFlags,
  filterPattern: string | undefined,
): Promise<GrepRequest> {
  if (givenOf(flags).every((value) => value === undefined)) {
    const none = { keeps: undefined, context: undefined, isFirst: undefined, marks: [] };
    return { filterPattern, keepsUnfiltered: () => true, ...none };
  }
  const { parseExpression } = await import('../../shape/regex.js');
  const { createGrep, toQuotedTerm } = await import('../../shape/grep.js');
  const ignoreCase = flags.ignoreCase === true;
  if (ignoreCase && flags.grep === undefined && flags.exclude === undefined) {
    throw new UsageError({
      flag: '--ignore-case',
      problem: 'is about --grep and --exclude, and there is none',
      fix: 'add -g <regex>; a --filter always tells upper and lower case apart',
    });
  }
  const expression = (flag: string) => (text: string) => parseExpression(text, flag, { ignoreCase, byLine: true });
  const grep = (flags.grep ?? []).map(expression('--grep'));
  const exclude = (flags.exclude ?? []).map(expression('--exclude'));
  const context = toContext(flags);
  const isFirst = flags.multiline === undefined ? undefined : parseExpression(flags.multiline, '--multiline').test;
  const filter = filterPattern === undefined ? undefined : await toTest(filterPattern, flags, context, isFirst);
  const keepsUnfiltered = createGrep({ grep, exclude, filter });
  const common = { keepsUnfiltered, context, isFirst, marks: grep };
  // A record is more than the event that the service would find.
  if (isFirst !== undefined) return { ...common, filterPattern: undefined, keeps: keepsUnfiltered };
  const keeps = grep.length + exclude.length === 0 ? undefined : createGrep({ grep, exclude });
  if (filterPattern !== undefined) return { ...common, filterPattern, keeps };
  const [only, ...others] = flags.grep ?? [];
  const term = only === undefined || others.length > 0 || ignoreCase ? undefined : toQuotedTerm(only);
  return { ...common, filterPattern: term, keeps };
}

/** What `--dry-run` says of it, besides the filter pattern. */
export function toDryGrep(flags: GrepFlags, { context }: GrepRequest): object {
  return {
    grep: flags.grep ?? [],
    exclude: flags.exclude ?? [],
    ignoreCase: flags.ignoreCase === true,
    context: context ?? null,
    multiline: flags.multiline ?? null,
  };
}

/** Whether a download cannot be gone on with: what stands around an event, or is of its record, is not known then. */
export function needsWhole({ context, isFirst }: GrepRequest): boolean {
  return context !== undefined || isFirst !== undefined;
}

/** Refuses to begin in the middle what can only be made as a whole. */
export function refuseWhole(
  { resume, last }: { readonly resume?: boolean; readonly last?: string },
  { context, isFirst }: GrepRequest,
): void {
  refuseTogether('--resume', resume, '--context', context);
  refuseTogether('--resume', resume, '--multiline', isFirst);
  if (last === undefined || context === undefined || isFirst === undefined) return;
  throw new UsageError({ problem: '--last with --multiline cannot show context', fix: 'leave one of the three out' });
}

/** The flags that decide what comes out; none where none was given, as before there were any. */
export function grepFingerprint(flags: GrepFlags): readonly unknown[] {
  const given = givenOf(flags);
  return given.every((value) => value === undefined) ? [] : given;
}

/** What a download remembers of them, to be counted again. */
export function toStored(flags: GrepFlags): { readonly grepFlags?: GrepFlags } {
  const { grep, exclude, ignoreCase, afterContext, beforeContext, context, multiline } = flags;
  const given = { grep, exclude, ignoreCase, afterContext, beforeContext, context, multiline };
  const grepFlags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return Object.keys(grepFlags).length === 0 ? {} : { grepFlags };
}

function givenOf(flags: GrepFlags): readonly unknown[] {
  const { grep, exclude, ignoreCase, afterContext, beforeContext, context, multiline } = flags;
  return [grep, exclude, ignoreCase, afterContext, beforeContext, context, multiline];
}

/** More would be the stream itself. */
const maxContext = 10_000;

/** Reads how many events are shown around those that were found. */
export function toContext(flags: GrepFlags & Partial<FilterFlags>): ContextRequest | undefined {
  refuseTogether('--context', flags.context, '--after-context', flags.afterContext);
  refuseTogether('--context', flags.context, '--before-context', flags.beforeContext);
  const both = parseLines(flags.context, '--context');
  const after = both ?? parseLines(flags.afterContext, '--after-context') ?? 0;
  const before = both ?? parseLines(flags.beforeContext, '--before-context') ?? 0;
  if (flags.context === undefined && flags.afterContext === undefined && flags.beforeContext === undefined) {
    return undefined;
  }
  if (!selects(flags)) {
    throw new UsageError({
      flag: contextFlag(flags),
      problem: 'shows what is around events that were found, and nothing is sought',
      fix: 'add -g <regex> or --filter <pattern>',
    });
  }
  return after + before === 0 ? undefined : { before, after };
}

/** Whether anything selects messages. */
function selects(flags: GrepFlags & Partial<FilterFlags>): boolean {
  return [flags.grep, flags.exclude, flags.filter, flags.where].some((value) => value !== undefined);
}

/** The option by which events around those that were found are asked for. */
function contextFlag(flags: GrepFlags): string {
  if (flags.context !== undefined) return '--context';
  return flags.afterContext === undefined ? '--before-context' : '--after-context';
}

function parseLines(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= maxContext) return count;
  const problem = `is not a whole number from 0 to ${maxContext.toLocaleString('en-US')}`;
  throw new UsageError({ flag, value: text, problem, fix: `try ${flag} 2` });
}

/** Where events are read that the service would not find, it is for us to tell which it would. */
async function toTest(
  filterPattern: string,
  flags: GrepFlags & FilterFlags,
  context: ContextRequest | undefined,
  isFirst: GrepRequest['isFirst'],
): Promise<((message: string) => boolean) | undefined> {
  if (context === undefined && isFirst === undefined) return undefined;
  if (!flags.check) {
    throw new UsageError({
      problem: `${isFirst === undefined ? contextFlag(flags) : '--multiline'} needs a --filter that is understood, which --no-check forgoes`,
      fix: 'leave one of the two out',
    });
  }
  const { compileFilterPattern } = await import('../../pattern/filter-pattern.js');
  return compileFilterPattern(filterPattern);
}
