import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { TailRequest } from '../logs/tail/open.js';
import type { Present } from '../time/zone.js';
import { type FollowingRequest, runFollowing } from './following/following.js';
import { addGroupOperands, readGroupOperands } from './operands/group-operands.js';
import { toClientOptions } from './options/client.js';
import { renderDryRun, toDryRegions } from './options/dry-run.js';
import { addFilterOptions, filterNames, toFilterPattern, warnOfFilter } from './options/filter.js';
import { addGlobalOptions } from './options/global.js';
import { addGrepOptions, type GrepRequest, refuseWhole, toDryGrep, toGrepRequest } from './options/grep.js';
import { parseGroups } from './options/names.js';
import { addOutputOptions, toDryOutput, toOutputRequest } from './options/output.js';
import { addZoneOptions } from './options/range.js';
import { addStreamOptions, toStreamSelector } from './options/streams.js';
import { parseCount, refuseTogether } from './options/values.js';
import { refuseContradictions } from './tail/contradictions.js';
import { type TailFlags, toFollowing } from './tail/options.js';

/** Registers `tail`. */
export function registerTail(command: Command, io: Io): void {
  addGroupOperands(command)
    .description(
      'Show the newest events of log groups and follow what comes, through throttling, lost networks and expired sessions.',
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
    .option('--wait', 'wait for groups and streams that do not exist yet, or for a group that a pattern matches')
    .option('--grace <duration>', 'how late an event may arrive and still be shown; default: 2m')
    .option('--rate <n>', 'requests a second at most; default: half of the account’s quota')
    .optionsGroup('Ending:')
    .option('--limit <n>', 'end after n events')
    .option('--for <duration>', 'end after so long: 15m')
    .option('--idle <duration>', 'end when nothing has come for so long: 30s')
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
async function toTailRequest(operands: readonly string[], flags: TailFlags, present: Present): Promise<TailRequest> {
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    filterPattern: await toFilterPattern(flags),
    unmask: flags.unmask === true,
    from: await toFrom(flags, present),
  };
}

const usualCount = 10;

async function toFrom(flags: TailFlags, present: Present): Promise<TailRequest['from']> {
  refuseTogether('--start', flags.start, '--since', flags.since);
  const start = flags.start ?? flags.since;
  refuseTogether('--start', start, '--last', flags.last);
  refuseTogether('--last', flags.last, '--limit', flags.limit);
  if (start !== undefined) {
    const { toRange } = await import('../time/range.js');
    return { kind: 'start', startMs: toRange({ start }, present).startMs };
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

/** Records are joined forwards: what stands around the newest of them is not known. */
function cannotLookBack({ from }: TailRequest, { context, isFirst }: GrepRequest): boolean {
  return from.kind === 'newest' && from.count > 0 && context !== undefined && isFirst !== undefined;
}

const selectionNames = { time: ['start', 'since', 'last'], messages: filterNames } as const;

/** What was typed, understood; nothing has been asked of the service yet. */
interface TailPlan extends FollowingRequest {
  readonly flags: TailFlags;
  /** Whether it begins with what comes, although more was asked for. */
  readonly begunLater: boolean;
}

async function toTailPlan(operands: readonly string[], flags: TailFlags, io: Io): Promise<TailPlan> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const wanted = await toTailRequest(operands, flags, present);
  const grep = await toGrepRequest(flags, wanted.filterPattern);
  if (wanted.from.kind === 'newest' && wanted.from.count > 0) refuseWhole(flags, grep);
  const begunLater = cannotLookBack(wanted, grep);
  const from = begunLater ? ({ kind: 'newest', count: 0 } as const) : wanted.from;
  const request = { ...wanted, filterPattern: grep.filterPattern, from };
  const following = await toFollowing(flags, request.streams);
  refuseContradictions(flags, following, request);
  const output = await toOutputRequest(flags, io);
  const clientOptions = toClientOptions(flags, io);
  const missingHint = following.follows && !following.awaitGroups ? '--wait waits for it' : undefined;
  return { flags, begunLater, request, following, grep, output, clientOptions, zone: present.zone, missingHint };
}

async function runTail(typed: readonly string[], typedFlags: TailFlags, io: Io): Promise<void> {
  const { operands, flags } = await readGroupOperands(typed, typedFlags, selectionNames, io);
  const plan = await toTailPlan(operands, flags, io);
  await warnOfFilter(flags, io);
  if (flags.printPolicy === true) {
    const { printTailPolicy } = await import('./tail/policy.js');
    return printTailPolicy(plan, io);
  }
  if (flags.dryRun === true) return io.stdout.write(renderDryRun(toDryTail(plan)));
  if (plan.begunLater) {
    await createReporter(io, flags).notice(
      '--multiline with context begins with what comes; --start shows what was before as well',
    );
  }
  await runFollowing(plan, flags, io);
}

function toDryTail({ flags, request, following, grep, clientOptions, zone }: TailPlan): object {
  return {
    command: 'tail',
    regions: toDryRegions(clientOptions),
    ...request,
    ...toDryGrep(flags, grep),
    zone,
    ...following,
    ...toDryOutput(flags),
    untilMatch: flags.untilMatch,
    failOn: flags.failOn,
  };
}
