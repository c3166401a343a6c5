import type { Command } from 'commander';
import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import { hasOption } from './option-values.js';
import { otherCommand } from './other-tools.js';

/** The command that a word names. */
export function findCommand(program: Command, word: string | undefined): Command | undefined {
  return program.commands.find((command) => word !== undefined && namesOf(command).includes(word));
}

/** Refuses a command line that does not begin with a command, before commander takes it for something else. */
export function refuseStart(program: Command, argv: readonly string[]): void {
  const [first = '', second] = argv;
  const word = first === 'help' ? second : first;
  if (word === undefined || word === '' || findCommand(program, word) !== undefined) return;
  if (!word.startsWith('-')) {
    if (word !== 'help') throw unknownCommand(program, word, argv);
    return;
  }
  const isOfCommands = program.commands.some((command) => hasOption(command, word));
  const at = argv.findIndex((other) => findCommand(program, other) !== undefined);
  if (!isOfCommands) return;
  throw at < 0 ? noCommand() : optionsFirst(word, ['cwlogs'], argv.slice(0, at), argv.slice(at));
}

/** The refusal of a command line without a command. */
export function noCommand(): UsageError {
  const fix = 'try: cwlogs demo fetch /demo/api --start 1h, or cwlogs --help';
  return new UsageError({ problem: 'no command was given', fix });
}

/** The refusal of options that stand before the command they belong to, with the line put right. */
export function optionsFirst(
  flag: string,
  start: readonly string[],
  options: readonly string[],
  command: readonly string[],
): UsageError {
  const line = toShellLine([...start, ...command, ...options]);
  return new UsageError({ flag, problem: 'stands before the command', fix: `write: ${line}` });
}

function unknownCommand(program: Command, value: string, argv: readonly string[]): UsageError {
  const problem = 'is not a cwlogs command';
  if (value.includes('/')) {
    return new UsageError({ value, problem, fix: `try: ${toShellLine(['cwlogs', 'fetch', ...argv])}` });
  }
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => command.name()).filter((name) => name !== 'help');
  const meant = otherCommand(argv);
  if (meant !== undefined) return new UsageError({ value, problem, fix: `did you mean ${meant}?` });
  const near = closest(value, commands.flatMap(namesOf));
  const fix = distance(near, value) <= maxSlips(value) ? `did you mean ${near}?` : `there are ${names.join(', ')}`;
  return new UsageError({ value, problem, fix });
}

function namesOf(command: Command): string[] {
  return [command.name(), ...command.aliases()];
}

function maxSlips(word: string): number {
  return word.length < 4 ? 1 : 2;
}
