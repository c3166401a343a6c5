import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { StreamSelector } from '../logs/read/filter-events.js';
import type { TailRequest } from '../logs/tail/open.js';
import { refuseContradictions } from './following/contradictions.js';
import { type Following, runFollowing } from './following/following.js';
import { maxTimerMs } from './following/time-limit.js';
import { readGroupOperands } from './operands/group-operands.js';
import { toClientOptions } from './options/client.js';
import { addFilterOptions, type FilterFlags, toFilterPattern, warnOfFilter } from './options/filter.js';
import { addGlobalOptions } from './options/global.js';
import {
  addGrepOptions,
  type GrepFlags,
  type GrepRequest,
  refuseWhole,
  toDryGrep,
  toGrepRequest,
} from './options/grep.js';
import { parseGroups } from './options/names.js';
import { addOutputOptions, type OutputFlags, toDryOutput, toOutputRequest } from './options/output.js';
import { addZoneOptions, type ZoneFlags } from './options/range.js';
import { addStreamOptions, type StreamFlags, toStreamSelector } from './options/streams.js';
import { parseCount, refuseTogether } from './options/values.js';

interface TailFlags extends OutputFlags, ZoneFlags, StreamFlags, FilterFlags, GrepFlags {
  readonly start?: string;
  readonly since?: string;
  readonly last?: string;
  readonly follow?: boolean;
  readonly unmask?: boolean;
  readonly live?: boolean;
  readonly wait?: boolean;
  readonly grace?: string;
  readonly limit?: string;
  readonly idle?: string;
  readonly for?: string;
  readonly untilMatch?: string;
  readonly failOn?: string;
  readonly failIfEmpty?: boolean;
  readonly rate?: string;
  readonly dryRun?: boolean;
}

/** Registers `tail`. */
export function registerTail(command: Command, io: Io): void {
  command
    .description(
      'Show the newest events of log groups and follow what comes, through throttling, lost networks and expired sessions.',
    )
    .argument(
      '<group...>',
      "log groups: names, patterns ('/prod/*'), the last part of a name, ARNs, a console URL, or - for names on stdin",
    )
    .option('-s, --start <time>', 'begin with all events since this time: 15m, "today 9am"')
    .option(
      '-n, --last <n>',
      'begin with the newest n events of the last 24 hours; default: 10, or 0 with --until-match, --fail-on, or --multiline and context',
    )
    .option('-f, --follow', 'follow what comes (the default)')
    .option('--no-follow', 'end after the first lines')
    .addOption(new Option('--since <time>').hideHelp());
  addZoneOptions(command);
  addStreamOptions(command);
  addFilterOptions(command);
  addGrepOptions(command).option('--unmask', 'show masked data (needs logs:Unmask)');
  addOutputOptions(command);
  command
    .optionsGroup('Following:')
    .option('--live', 'by CloudWatch Live Tail, with polling behind it so that nothing is left out')
    .option('--wait', 'wait for groups that do not exist yet')
    .option('--grace <duration>', 'how late an event may arrive and still be shown; default: 2m')
    .option('--rate <n>', 'requests a second at most')
    .optionsGroup('Ending:')
    .option('--limit <n>', 'end after n events')
    .option('--for <duration>', 'end after this time')
    .option('--idle <duration>', 'end when nothing has come for so long')
    .option('--until-match <regex>', 'end with the first event shown that matches; exit 3 when the time runs out first')
    .option('--fail-on <regex>', 'end with the first event shown that matches, and exit 4')
    .option('--fail-if-empty', 'exit 3 when there was no event')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((operands: string[], flags: TailFlags) => runTail(operands, flags, io));
}

const examples = `
Examples:
  cwlogs tail /aws/lambda/checkout
  cwlogs tail /prod/api /prod/worker --filter '{ $.status >= 500 }' --format json | jq .message
  cwlogs tail /prod/deploy --until-match 'deployment (succeeded|failed)' --for 15m
`;

/** Reads what was typed; every usage error is found here, before any client exists. */
async function toTailRequest(
  operands: readonly string[],
  flags: TailFlags,
  clock: { readonly nowMs: number; readonly zone: string },
): Promise<TailRequest> {
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    filterPattern: await toFilterPattern(flags),
    unmask: flags.unmask === true,
    from: await toFrom(flags, clock),
  };
}

const usualCount = 10;

async function toFrom(
  flags: TailFlags,
  clock: { readonly nowMs: number; readonly zone: string },
): Promise<TailRequest['from']> {
  refuseTogether('--start', flags.start, '--since', flags.since);
  const start = flags.start ?? flags.since;
  refuseTogether('--start', start, '--last', flags.last);
  refuseTogether('--last', flags.last, '--limit', flags.limit);
  if (start !== undefined) {
    const { toRange } = await import('../time/range.js');
    return { kind: 'start', startMs: toRange({ start }, clock).startMs };
  }
  if (flags.last !== undefined) return { kind: 'newest', count: parseHistory(flags.last) };
  // Yesterday's line must not satisfy what is waited for today.
  return { kind: 'newest', count: flags.untilMatch === undefined && flags.failOn === undefined ? usualCount : 0 };
}

function parseHistory(text: string): number {
  if (text === '0') return 0;
  if (/^\d+$/.test(text)) return parseCount(text, '--last');
  throw new UsageError({
    flag: '--last',
    value: text,
    problem: 'is not a whole number',
    fix: 'try --last 100, or 0 for none',
  });
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
const maxLiveStreams = 100;

/** Reads how it is followed, and what ends it. */
async function toFollowing(flags: TailFlags, streams: StreamSelector): Promise<Following> {
  const { parseDuration } = await import('../time/duration.js');
  const { parseRegex } = await import('../shape/regex.js');
  const duration = (flag: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : parseDuration(text, flag);
  const timer = (flag: string, text: string | undefined): number | undefined => {
    const ms = duration(flag, text);
    if (ms === undefined || ms <= maxTimerMs) return ms;
    throw new UsageError({ flag, value: text ?? '', problem: 'is longer than 24 days', fix: `leave ${flag} out` });
  };
  if (flags.live === true) {
    if (streams.kind === 'names' && streams.names.length > maxLiveStreams) {
      const problem = `--live takes at most ${maxLiveStreams} streams`;
      throw new UsageError({ problem, fix: 'choose them by --stream-prefix, or leave --live out' });
    }
    if (flags.unmask === true) {
      throw new UsageError({ problem: '--live always shows masked data masked', fix: 'leave out --live or --unmask' });
    }
  }
  return {
    follows: flags.follow !== false,
    live: flags.live === true,
    awaitGroups: flags.wait === true,
    graceMs: duration('--grace', flags.grace),
    forMs: timer('--for', flags.for),
    idleMs: timer('--idle', flags.idle),
    limit: flags.limit === undefined ? undefined : parseCount(flags.limit, '--limit'),
    untilMatch: flags.untilMatch === undefined ? undefined : parseRegex(flags.untilMatch, '--until-match'),
    failOn: flags.failOn === undefined ? undefined : parseRegex(flags.failOn, '--fail-on'),
    failIfEmpty: flags.failIfEmpty === true,
  };
}

/** Records are joined forwards: what stands around the newest of them is not known. */
function cannotLookBack({ from }: TailRequest, { context, isFirst }: GrepRequest): boolean {
  return from.kind === 'newest' && from.count > 0 && context !== undefined && isFirst !== undefined;
}

const selectionNames = { time: ['start', 'since', 'last'], messages: ['filter', 'where'] } as const;

async function runTail(typed: readonly string[], typedFlags: TailFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const { resolveZone } = await import('../time/zone.js');
  const present = { nowMs: io.now(), zone: resolveZone(flags, io.env) };
  const wanted = await toTailRequest(operands, flags, present);
  const grep = await toGrepRequest(flags, wanted.filterPattern);
  if (wanted.from.kind === 'newest' && wanted.from.count > 0) refuseWhole(flags, grep);
  const begunLater = cannotLookBack(wanted, grep);
  const request = {
    ...wanted,
    filterPattern: grep.filterPattern,
    ...(begunLater ? { from: { kind: 'newest', count: 0 } as const } : {}),
  };
  const following = await toFollowing(flags, request.streams);
  refuseContradictions(flags, following, request);
  const output = await toOutputRequest(flags, io);
  const clientOptions = toClientOptions(flags, io);
  await warnOfFilter(flags, io);
  if (flags.dryRun === true) {
    const { untilMatch, failOn, ...others } = following;
    const regions = clientOptions.flatMap(({ region }) => region ?? []);
    const resolved = {
      command: 'tail',
      regions,
      ...request,
      ...toDryGrep(flags, grep),
      zone: present.zone,
      ...others,
      ...toDryOutput(flags),
    };
    return io.stdout.write(
      `${JSON.stringify({ ...resolved, untilMatch: flags.untilMatch, failOn: flags.failOn }, null, 2)}\n`,
    );
  }
  if (begunLater) {
    await createReporter(io, flags).notice(
      '--multiline with context begins with what comes; --start shows what was before as well',
    );
  }
  await runFollowing({ request, following, grep, output, clientOptions, zone: present.zone }, flags, io);
}
