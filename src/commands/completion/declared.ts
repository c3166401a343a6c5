import type { Command } from 'commander';

/** What a word may become, and what that means. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** The commands that begin as a word does; by another name only where it is begun. */
export function commandCandidates(program: Command, word: string): Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .flatMap((command) => {
      const names = word === '' ? [command.name()] : [command.name(), ...command.aliases()];
      return names.map((value) => ({ value, description: command.summary() || command.description() }));
    })
    .filter(({ value }) => value.startsWith(word));
}

/** The options of a command that begin as a word does: all in their long form, a letter where it is typed. */
export function optionCandidates(command: Command, word: string): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ short, long, description }) => {
      const flags = [long, short === word ? short : undefined];
      return flags.flatMap((value) => (value?.startsWith(word) === true ? [{ value, description }] : []));
    });
}

/** The options that stand in the place of a command. */
export function rootOptions(word: string): Candidate[] {
  return ['-h', '--help', '-V', '--version'].filter((value) => value.startsWith(word)).map((value) => ({ value }));
}
