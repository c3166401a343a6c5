import { Command, CommanderError } from 'commander';
import { refuseStart } from './commands/argv/command-words.js';
import { refuseSlips } from './commands/argv/option-values.js';
import { toUsageError } from './commands/argv/parse-errors.js';
import { addPolicyHook } from './commands/argv/print-policy.js';
import { withSplitHint } from './commands/argv/split-filter.js';
import { registerCompletion } from './commands/completion.js';
import { registerDemo } from './commands/demo.js';
import { registerExport } from './commands/export.js';
import { registerFetch } from './commands/fetch.js';
import { registerGroups } from './commands/groups.js';
import { registerHistogram } from './commands/histogram.js';
import { registerPattern } from './commands/pattern.js';
import { registerPut } from './commands/put.js';
import { registerQuery } from './commands/query.js';
import { registerServe } from './commands/serve.js';
import { registerStreams } from './commands/streams.js';
import { registerTail } from './commands/tail.js';
import { registerTrace } from './commands/trace.js';
import { registerVerify } from './commands/verify.js';
import type { Io } from './io.js';

/** Parses the arguments and runs the command they name. */
export async function runProgram(argv: readonly string[], io: Io): Promise<void> {
  const help: string[] = [];
  const program = createProgram(io, argv, help);
  refuseStart(program, argv);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw withSplitHint(error, argv);
    if (error.exitCode !== 0) throw toUsageError(error, program, argv);
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
  registerTrace(program, io);
  registerHistogram(program, io);
  registerGroups(program, io);
  registerStreams(program, io);
  registerQuery(program, io);
  registerExport(program, io);
  registerPattern(program, io, argv);
  registerVerify(program, io);
  registerPut(program, io);
  registerServe(program, io);
  registerDemo(program, argv);
  registerCompletion(program, io);
  addPolicyHook(program, (text) => help.push(text));
  for (const command of program.commands) refuseSlips(command, argv);
  return program;
}

const examples = `
Examples:
  cwlogs demo fetch /demo/api --start "yesterday 3pm"
  cwlogs fetch /aws/lambda/checkout --start 2h | grep ERROR

cwlogs <command> --help shows the options of a command.
`;
