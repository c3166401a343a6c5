import { Command, CommanderError } from 'commander';
import { type ListedCommand, listedCommands } from './commands/argv/command-list.js';
import { refuseStart } from './commands/argv/command-words.js';
import { refuseSlips } from './commands/argv/option-values.js';
import type { Io } from './io.js';

/** Parses the arguments and runs the command they name. */
export async function runProgram(argv: readonly string[], io: Io): Promise<void> {
  const help: string[] = [];
  const { program, register } = createRoot(io, argv, help);
  await register(toRegister(program, argv));
  refuseStart(program, argv);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const { withSplitHint } = await import('./commands/argv/split-filter.js');
      const { withHabitHint } = await import('./commands/argv/group-habits.js');
      throw withHabitHint(withSplitHint(error, argv), program, argv);
    }
    if (error.exitCode !== 0) {
      const { toUsageError } = await import('./commands/argv/parse-errors.js');
      await register(program.commands);
      throw toUsageError(error, program, argv);
    }
  }
  await io.stdout.write(help.join(''));
}

/** The whole command line, with the options of every command. */
export async function createProgram(io: Io, argv: readonly string[] = []): Promise<Command> {
  const { program, register } = createRoot(io, argv, []);
  await register(program.commands);
  return program;
}

/** The command line with the names of its commands, and what loads some of them: their operands, options and actions. */
interface Root {
  readonly program: Command;
  readonly register: (commands: readonly Command[]) => Promise<void>;
}

/** Help text is collected, since commander writes without waiting. */
function createRoot(io: Io, argv: readonly string[], help: string[]): Root {
  const program = new Command('cwlogs')
    .description('Download Amazon CloudWatch Logs: every event of a time range, in order.')
    .version(io.version, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: () => {},
      getOutHelpWidth: () => (io.stdout.isTTY ? io.stdout.columns : 100),
      getOutHasColors: () => false,
    })
    .addHelpText('after', examples);
  const listed = new Map<Command, ListedCommand>();
  for (const one of listedCommands) {
    const command = program.command(one.name, { hidden: one.summary === undefined }).summary(one.summary ?? '');
    if (one.alias !== undefined) command.alias(one.alias);
    listed.set(command, one);
  }
  program.configureHelp({
    subcommandTerm(command) {
      const { takes } = listed.get(command) ?? { takes: '[command]' };
      return `${[command.name(), ...command.aliases()].join('|')} ${takes}`;
    },
  });
  const registered = new Set<Command>();
  const register = async (wanted: readonly Command[]): Promise<void> => {
    for (const command of wanted) {
      if (registered.has(command)) continue;
      registered.add(command);
      const load = await listed.get(command)?.load();
      load?.(command, io, argv, program, register);
      refuseSlips(command, argv);
    }
  };
  return { program, register };
}

/** The commands that the arguments name; all of them where it begins with an option of one. */
function toRegister({ commands }: Command, argv: readonly string[]): readonly Command[] {
  const [first = ''] = argv;
  if (first.startsWith('-')) return ownOptions.has(first) ? [] : commands;
  return commands.filter((command) => argv.some((word) => word === command.name() || command.aliases().includes(word)));
}

const ownOptions: ReadonlySet<string> = new Set(['-V', '--version', '-h', '--help']);

const examples = `
Examples:
  cwlogs demo fetch /demo/api --start "yesterday 3pm"
  cwlogs fetch /aws/lambda/checkout --start 2h | grep ERROR

cwlogs <command> --help shows the options of a command.

Exit codes: 0 done, 1 failed or incomplete, 2 a command line that is wrong, 3 and 4 what
--fail-if-empty, --until-match and --fail-on ask for, 130 and the like interrupted.
`;
