import type { Command as TabCommand } from '@bomb.sh/tab';
import { Argument, type Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import { findCommand } from './argv/command-words.js';
import { ownScripts, shells } from './completion/scripts.js';
import { candidatesFor } from './completion/values.js';
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

/** Registers the hidden `complete` that the script asks at every Tab. */
export function registerComplete(command: Command, io: Io, _: readonly string[], program: Command): void {
  command.argument('[words...]').action((words: string[]) => complete(words, program, io));
}

const examples = `
Examples:
  source <(cwlogs completion bash)
  cwlogs completion fish > ~/.config/fish/completions/cwlogs.fish
`;

async function printScript(shell: string, flags: GlobalFlags, io: Io): Promise<void> {
  if (!shells.some((known) => known === shell)) {
    const fix = `use ${shells.join(', ')}`;
    throw new UsageError({ flag: '<shell>', value: shell, problem: 'is not a shell that is known here', fix });
  }
  if (flags.printPolicy === true) {
    const { printPolicy } = await import('./policy/print-policy.js');
    return printPolicy([], flags, io);
  }
  const own = ownScripts[shell];
  if (own !== undefined) return io.stdout.write(own);
  const { script } = await import('@bomb.sh/tab');
  // The library prints it.
  script(shell, 'cwlogs', 'cwlogs');
}

/** Answers the shell: what the last word may become. */
async function complete(typed: readonly string[], program: Command, io: Io): Promise<void> {
  // What follows `demo` is an ordinary command line, of groups that are not the account's.
  const isDemo = typed[0] === 'demo' && typed.length > 1;
  const words = isDemo ? typed.slice(1) : typed;
  const command = findCommand(program, words[0]);
  const candidates = command === undefined ? [] : await candidatesFor(command, words.slice(1), isDemo, io);
  const { RootCommand } = await import('@bomb.sh/tab');
  const root = new RootCommand();
  for (const known of program.createHelp().visibleCommands(program)) {
    if (known.name() === 'help') continue;
    for (const name of [known.name(), ...known.aliases()]) {
      if (known === command || name === known.name()) {
        describe(root.command(name, known.summary()), known, known === command ? candidates : []);
      }
    }
  }
  root.parse([...words]);
}

/** Tells the library what a command takes: every operand and every option with a value may become any candidate. */
function describe(told: TabCommand, command: Command, candidates: readonly string[]): void {
  const offer = (add: (value: string, description: string) => void): void => {
    for (const candidate of candidates) add(candidate, '');
  };
  for (const { short, long, required, description } of command.createHelp().visibleOptions(command)) {
    if (long === undefined || long === null) continue;
    const letter = short?.slice(1);
    const name = long.slice(2);
    if (required) told.option(name, description, offer, letter);
    else told.option(name, description, letter);
  }
  for (const argument of command.registeredArguments) told.argument(argument.name(), offer, argument.variadic);
}
