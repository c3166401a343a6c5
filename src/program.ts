import { Command, CommanderError } from 'commander';
import { registerDemo } from './commands/demo.js';
import { registerFetch } from './commands/fetch.js';
import { registerGroups } from './commands/groups.js';
import { registerPattern } from './commands/pattern.js';
import { registerServe } from './commands/serve.js';
import { registerStreams } from './commands/streams.js';
import { registerTail } from './commands/tail.js';
import { registerVerify } from './commands/verify.js';
import { UsageError } from './errors.js';
import type { Io } from './io.js';

/** Parses the arguments and runs the command they name. */
export async function runProgram(argv: readonly string[], io: Io): Promise<void> {
  const help: string[] = [];
  const program = createProgram(io, argv, help);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw toUsageError(error, argv);
  }
  await io.stdout.write(help.join(''));
}

/** The root of the command line; help text is collected, since commander writes without waiting. */
export function createProgram(io: Io, argv: readonly string[] = [], help: string[] = []): Command {
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
  registerFetch(program, io, argv);
  registerTail(program, io);
  registerGroups(program, io);
  registerStreams(program, io);
  registerPattern(program, io, argv);
  registerVerify(program, io);
  registerServe(program, io);
  registerDemo(program);
  return program;
}

const examples = `
Examples:
  cwlogs demo fetch /demo/api --start "yesterday 3pm"
  cwlogs fetch /aws/lambda/checkout --start 2h | grep ERROR

cwlogs <command> --help shows the options of a command.
`;

function toUsageError(error: CommanderError, argv: readonly string[]): UsageError {
  const fix = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1];
  const hint = fix === undefined ? {} : { fix: `did you mean ${fix}?` };
  const [, quoted] = /'([^']*)'/.exec(error.message) ?? [];
  switch (error.code) {
    case 'commander.help':
      return new UsageError({
        problem: 'no command was given',
        fix: 'try: cwlogs demo fetch /demo/api --start 1h, or cwlogs --help',
      });
    case 'commander.unknownOption': {
      const flag = quoted ?? 'option';
      return new UsageError({ flag, ...givenValue(flag, argv), problem: 'is not an option here', ...hint });
    }
    case 'commander.unknownCommand':
      return new UsageError({
        ...(quoted === undefined ? {} : { value: quoted }),
        problem: 'is not a cwlogs command',
        ...hint,
      });
    case 'commander.excessArguments':
      return new UsageError({
        problem: `too many arguments: ${argv.join(' ')}`,
        fix: 'put values with spaces in quotes',
      });
    default:
      return new UsageError({ problem: error.message.replace(/^error: /, ''), ...hint });
  }
}

/** What stands after an option on the command line, to quote it back. */
function givenValue(flag: string, argv: readonly string[]): { value?: string } {
  const value = argv[argv.indexOf(flag) + 1];
  return argv.includes(flag) && value !== undefined && !value.startsWith('-') ? { value } : {};
}
