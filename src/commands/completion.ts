import { Argument, type Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import { findCommand } from './argv/command-words.js';
import { type Candidate, commandCandidates, optionCandidates, rootOptions } from './completion/declared.js';
import { demoNames, readDemoLine } from './completion/demo-line.js';
import { scripts, shells } from './completion/scripts.js';
import { readTypedLine, toBashReplies } from './completion/typed-line.js';
import { accountNames, valuesFor } from './completion/values.js';
import { readWanted } from './completion/wanted.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';

/** Registers `completion`. */
export function registerCompletion(command: Command, io: Io): void {
  command
    .description(
      'Print the script that lets a shell complete cwlogs’ commands, options and values, and the names of log groups and streams, which it asks the service for and remembers for a minute.',
    )
    .addArgument(new Argument('<shell>', shells.join(', ')));
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((shell: string, flags: GlobalFlags) => printScript(shell, flags, io));
}

const examples = `
Examples:
  source <(cwlogs completion bash)
  cwlogs completion fish > ~/.config/fish/completions/cwlogs.fish
`;

async function printScript(value: string, flags: GlobalFlags, io: Io): Promise<void> {
  const shell = shells.find((known) => known === value);
  if (shell === undefined) {
    const fix = `use ${shells.join(', ')}`;
    throw new UsageError({ flag: '<shell>', value, problem: 'is not a shell that is known here', fix });
  }
  if (flags.printPolicy === true) {
    const { printPolicy } = await import('./policy/print-policy.js');
    return printPolicy([], flags, io);
  }
  await io.stdout.write(scripts[shell]);
}

/** Loads what commands take. */
type Register = (commands: readonly Command[]) => Promise<void>;

/** Registers the hidden `complete` that the script asks at every Tab. */
export function registerComplete(
  command: Command,
  io: Io,
  _: readonly string[],
  program: Command,
  register: Register,
): void {
  command
    .argument('<shell>')
    .argument('<line>', 'the command line up to the cursor')
    .argument('[replaced]', 'what of its end the shell replaces; default: the last word');
  command.action(async (shell: string, line: string, replaced?: string) => {
    const typed = readTypedLine(line);
    const found = typed.isRedirect ? undefined : await candidatesFor(typed.words, program, register, io);
    const replies =
      shell === 'bash'
        ? toBashReplies(found?.map(({ value }) => value) ?? [], typed, replaced ?? typed.raw)
        : found?.map(({ value, description = '' }) => `${value}\t${description}`);
    await io.stdout.write([...(found === undefined ? [':files'] : (replies ?? [])), ':', ''].join('\n'));
  });
}

/** What the last word may become; undefined where it is a file. */
async function candidatesFor(
  typed: readonly string[],
  program: Command,
  register: Register,
  io: Io,
): Promise<readonly Candidate[] | undefined> {
  const { words, demo } = readDemoLine(typed);
  const [first = '', ...others] = words;
  if (others.length === 0) return first.startsWith('-') ? rootOptions(first) : commandCandidates(program, first);
  const command = findCommand(program, first);
  if (command === undefined) {
    return first === 'help' && others.length === 1 ? commandCandidates(program, others[0] ?? '') : [];
  }
  await register([command]);
  const wanted = readWanted(command, others);
  if (wanted.kind === 'option') return optionCandidates(command, wanted.word);
  const names = demo === undefined ? accountNames(wanted, io) : demoNames(demo.at, io);
  try {
    const values = await valuesFor(wanted, names, io);
    return values?.map((value) => ({ value: `${wanted.glued}${value}` }));
  } catch {
    // Whatever it is, a shell in the middle of a line is no place to say so.
    return [];
  }
}
