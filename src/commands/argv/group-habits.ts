import type { Command } from 'commander';
import { GroupNotFoundError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import { findCommand } from './command-words.js';

/** An error, with a hint where a word of another tool was taken for a log group. */
export function withHabitHint(error: unknown, program: Command, argv: readonly string[]): unknown {
  if (!(error instanceof GroupNotFoundError) || error.hint !== undefined) return error;
  const { logGroup, near, failed } = error;
  const habit = habitHint(logGroup, program, argv);
  // Names that come near are no help where none was meant.
  return habit === undefined
    ? error
    : new GroupNotFoundError(logGroup, habit.isCertain ? [] : near, failed, habit.hint);
}

/** Switches here that take a value in awslogs. */
const valueSwitches: Readonly<Record<string, string>> = { '-f': '--filter', '-q': '--query' };

interface HabitHint {
  readonly hint: string;
  /** Whether no log group can have been meant. */
  readonly isCertain: boolean;
}

function habitHint(logGroup: string, program: Command, argv: readonly string[]): HabitHint | undefined {
  const at = argv.indexOf(logGroup);
  const before = argv[at - 1] ?? '';
  const meant = valueSwitches[before];
  if (meant !== undefined && at > 1) {
    const hint = `${before} takes no value here: write ${toShellLine([meant, logGroup])} if that is meant`;
    return { hint, isCertain: true };
  }
  // The others have one group, and the stream behind it.
  if (logGroup.startsWith('/') || groupsOf(findCommand(program, argv[0])).indexOf(logGroup) < 1) return undefined;
  if (logGroup === 'ALL') return { hint: 'all streams are read anyway: leave ALL out', isCertain: true };
  return { hint: `if it is a stream, write ${toShellLine(['--stream', logGroup])}`, isCertain: false };
}

/** The operands of a command that stand for groups. */
function groupsOf(command: Command | undefined): readonly string[] {
  const first = command?.registeredArguments.findIndex((argument) => argument.name() === 'group') ?? -1;
  return first < 0 ? [] : (command?.args.slice(first) ?? []);
}
