import type { Command } from 'commander';
import { ConditionError, quote, UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import { toClientOptions } from './options/client.js';
import { checkPattern } from './options/filter.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import { refuseTogether } from './options/values.js';
import { type LineRequest, type LineTest, selectLines } from './pattern/line-selection.js';
import { explainDash, refuseMisplaced } from './pattern/words.js';

interface PatternFlags extends GlobalFlags {
  readonly invert?: boolean;
  readonly count?: boolean;
  readonly explain?: boolean;
  readonly fromJson?: boolean;
  readonly aws?: boolean;
  readonly rate?: string;
  readonly failIfEmpty?: boolean;
}

/** Registers `pattern`. */
export function registerPattern(command: Command, io: Io, argv: readonly string[]): void {
  command
    .description('Print the lines of files or stdin that a CloudWatch filter pattern matches, or say what it means.')
    .argument('<pattern>', 'CloudWatch filter pattern; put -- before one that begins with -')
    .argument('[file...]', 'files, plain, .gz or .zst; none or - is stdin')
    .option('--invert', 'the lines that do not match')
    .option('--count', 'how many lines, instead of the lines')
    .option('--explain', 'say in plain words what the pattern means, and read nothing')
    .option('--from-json', 'lines are of --format json: match the message in each')
    .option('--aws', 'ask the service (TestMetricFilter, 50 lines a request) instead of matching here')
    .option('--rate <n>', 'requests a second at most; default: 85 % of the account’s quota')
    .option('--fail-if-empty', 'exit 3 when there is no such line')
    .exitOverride((error) => {
      throw explainDash(error, { command, called: io.called, argv });
    });
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((pattern: string, paths: string[], flags: PatternFlags) => {
    refuseMisplaced(pattern, paths, { command, called: io.called, argv });
    return runPattern(pattern, paths, flags, io);
  });
}

const examples = `
Examples:
  cwlogs pattern '{ $.level = error && $.status >= 500 }' --explain
  cwlogs pattern '?ERROR ?WARN' app.log old.log.gz --count
  kubectl logs api | cwlogs pattern -- '-"health check"'
`;

/** What is done with which lines. */
export interface PatternRequest extends LineRequest {
  readonly pattern: string;
  readonly shows: 'lines' | 'count' | 'explanation';
  readonly judge: 'cwlogs' | 'service';
  readonly failIfEmpty: boolean;
}

/** Reads what was typed; the pattern itself is judged by whoever matches it. */
export function toPatternRequest(pattern: string, paths: readonly string[], flags: PatternFlags): PatternRequest {
  const { explain = false, count = false, invert = false, fromJson = false, aws = false } = flags;
  if (explain) {
    const others = { '--count': count, '--invert': invert, '--from-json': fromJson, '--aws': aws };
    for (const [flag, value] of Object.entries(others)) refuseTogether('--explain', explain, flag, value);
    refuseTogether('--explain', explain, '--fail-if-empty', flags.failIfEmpty);
    if (paths.length > 0) {
      throw new UsageError({ flag: '--explain', problem: 'reads no lines', fix: 'leave out the files, or --explain' });
    }
  }
  return {
    pattern,
    paths: paths.length === 0 ? ['-'] : paths,
    shows: explain ? 'explanation' : count ? 'count' : 'lines',
    isInverted: invert,
    isJson: fromJson,
    judge: aws ? 'service' : 'cwlogs',
    failIfEmpty: flags.failIfEmpty === true,
  };
}

async function runPattern(pattern: string, paths: readonly string[], flags: PatternFlags, io: Io): Promise<void> {
  const request = toPatternRequest(pattern, paths, flags);
  const reporter = createReporter(io, flags);
  // What the service makes of a pattern is not foretold where it is asked.
  const warnings = request.judge === 'service' ? [] : await checkPattern(pattern, '<pattern>');
  if (flags.printPolicy === true) {
    const { printPatternPolicy } = await import('./pattern/policy.js');
    return printPatternPolicy(request, flags, io);
  }
  if (request.shows === 'explanation') await explain(pattern, io);
  for (const warning of warnings) await reporter.warn(`<pattern>: ${warning}`);
  if (request.shows === 'explanation') return;
  if (request.paths.includes('-') && io.stdin.isTTY) await reporter.notice('reading lines from the terminal');

  const judge = request.judge === 'service' ? await createAsker(pattern, flags, io) : await createMatcher(pattern);
  const tally = await selectLines(request, judge.test, io).finally(judge.close);
  if (request.shows === 'count') await io.stdout.write(`${tally.selected}\n`);
  const matched = request.isInverted ? tally.read - tally.selected : tally.selected;
  if (matched === 0 && tally.read > 0 && tally.areEvents && !request.isJson) {
    await reporter.warn(
      'the lines are events as --format json prints them: with --from-json the message in each is matched',
    );
  }
  if (tally.selected > 0) return;
  const nothing = `no line of ${tally.read.toLocaleString('en-US')} ${request.isInverted ? 'fails to match' : 'matches'} ${quote(pattern)}`;
  if (request.failIfEmpty) throw new ConditionError(nothing);
  if (request.shows === 'lines') await reporter.warn(nothing);
}

async function explain(pattern: string, io: Io): Promise<void> {
  const { parseFilterPattern } = await import('../pattern/parse-pattern.js');
  const { explainPattern } = await import('../pattern/explain.js');
  await io.stdout.write(`${explainPattern(parseFilterPattern(pattern))}\n`);
}

interface Judge {
  readonly test: LineTest;
  readonly close: () => void;
}

async function createMatcher(pattern: string): Promise<Judge> {
  const { compileFilterPattern } = await import('../pattern/filter-pattern.js');
  const matches = compileFilterPattern(pattern);
  return { test: async (messages) => messages.map(matches), close: () => {} };
}

async function createAsker(pattern: string, flags: PatternFlags, io: Io): Promise<Judge> {
  const { connect } = await import('../logs/client.js');
  const { testFilterPattern } = await import('../logs/metric-filter.js');
  const { client } = await connect(toClientOptions(flags, io)[0]);
  return {
    test: (messages) => testFilterPattern(client, pattern, messages, { signal: io.signal }),
    close: () => client.destroy(),
  };
}
