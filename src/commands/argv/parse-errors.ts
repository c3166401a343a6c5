import type { Command, CommanderError, Option } from 'commander';
import { distance } from 'fastest-levenshtein';
import { quote, UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import { findCommand, noCommand } from './command-words.js';
import { exampleOf, hasOption } from './option-values.js';
import { fixOf } from './other-tools.js';
import { splitByOption } from './split-filter.js';

/** Says in our words what commander refused. */
export function toUsageError(error: CommanderError, program: Command, argv: readonly string[]): UsageError {
  const command = findCommand(program, argv[0]);
  const [, quoted = ''] = /'([^']*)'/.exec(error.message) ?? [];
  if (error.code === 'commander.help') return noCommand();
  if (error.code === 'commander.unknownOption') {
    const near = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1];
    return unknownOption(quoted, near ?? nearHidden(quoted, command), command, program, argv);
  }
  if (command === undefined) return new UsageError({ problem: error.message.replace(/^error: /, '') });
  switch (error.code) {
    case 'commander.missingArgument':
      return missingOperand(quoted, command, argv);
    case 'commander.optionMissingArgument':
      return missingValue(quoted, command);
    case 'commander.excessArguments':
      return excessOperand(command);
    default:
      return new UsageError({ problem: error.message.replace(/^error: /, '') });
  }
}

function unknownOption(
  given: string,
  near: string | undefined,
  command: Command | undefined,
  program: Command,
  argv: readonly string[],
): UsageError {
  const [flag = given, glued] = given.split('=');
  if (glued !== undefined && hasOption(command, flag)) {
    return new UsageError({ flag, problem: `takes no value, and has ${quote(glued)}`, fix: `write ${flag} alone` });
  }
  // Commander takes -quiet apart: -q is known, -uiet is not.
  const short = argv.find((word) => /^-[a-z]/.test(word) && word.endsWith(given.slice(1)) && word !== given);
  if (short !== undefined && hasOption(command, `-${short}`)) {
    return new UsageError({ flag: short, problem: 'is not an option', fix: `write -${short}` });
  }
  const split = given.startsWith('--')
    ? undefined
    : splitByOption(argv, argv.find((word) => /^-[^-]/.test(word) && word.endsWith(given.slice(1))) ?? given);
  if (split !== undefined) return split;
  const refused = { flag, ...(glued === undefined ? givenValue(flag, argv) : { value: glued }) };
  if (command === undefined) {
    const fix = near === undefined ? 'try cwlogs --help' : `did you mean ${near}?`;
    return new UsageError({ ...refused, problem: 'is not an option here', fix });
  }
  const here = command.name();
  const others = program.commands.filter((other) => hasOption(other, flag)).map((other) => other.name());
  if (/^-\d+$/.test(flag)) return bareNumber(flag, command);
  const other = fixOf(flag, command, refused.value);
  if (other !== undefined) {
    const said = other.takesValue ? refused : { flag };
    return new UsageError({ ...said, problem: `is not an option of ${here}`, fix: other.fix });
  }
  // What another command has by this very name is not a slip of the keyboard.
  if (near !== undefined && others.length === 0 && hasOption(command, near)) {
    return new UsageError({ ...refused, problem: `is not an option of ${here}`, fix: `did you mean ${near}?` });
  }
  const problem = `is not an option of ${here}${others.length === 0 ? '' : `, but of ${others.join(', ')}`}`;
  return new UsageError({ ...refused, problem, fix: `cwlogs ${here} --help lists its own` });
}

/** `-100`, as `tail` and `head` take it. */
function bareNumber(flag: string, command: Command): UsageError {
  const number = flag.slice(1);
  const option = limiting(command);
  const name = option?.short ?? option?.long;
  const fix = name === undefined ? `cwlogs ${command.name()} --help lists its own` : `write ${name} ${number}`;
  return new UsageError({ flag, problem: `is not an option of ${command.name()}`, fix });
}

function limiting({ options }: Command): Option | undefined {
  return options.find(({ long }) => long === '--last' || long === '--limit');
}

/** The other name of an option, which the help does not show and commander does not suggest. */
function nearHidden(flag: string, command: Command | undefined): string | undefined {
  const names = command?.options.filter(({ hidden }) => hidden).flatMap(({ long }) => long ?? []) ?? [];
  return names.find((name) => distance(name, flag) <= maxSlips);
}

/** Two letters that have changed places. */
const maxSlips = 2;

/** What stands after an option on the command line, to quote it back. */
function givenValue(flag: string, argv: readonly string[]): { value?: string } {
  const value = argv[argv.indexOf(flag) + 1];
  return argv.includes(flag) && value !== undefined && !value.startsWith('-') ? { value } : {};
}

function missingOperand(operand: string, command: Command, argv: readonly string[]): UsageError {
  const given = argv.slice(1);
  // What was given goes before what is missing, as the operands do: `trace <id> <group...>`.
  const at = command.registeredArguments.findIndex((argument) => argument.name() === operand);
  const examples = [...given.slice(0, at), ...(exampleOperands[operand] ?? []), ...given.slice(at)];
  const line = toShellLine(['cwlogs', command.name(), ...examples]);
  const listing = operand === 'group' ? ', or cwlogs groups, which lists them' : '';
  return new UsageError({ flag: `<${operand}>`, problem: 'is missing', fix: `try: ${line}${listing}` });
}

const exampleOperands: Readonly<Record<string, readonly string[]>> = {
  group: ['/aws/lambda/checkout'],
  id: ['4f1c9b1e', '/aws/lambda/checkout'],
  path: ['api.log.gz'],
  pattern: ['ERROR', 'app.log'],
  shell: ['bash'],
  command: ['fetch', '/demo/api', '--start', '1h'],
};

function missingValue(flags: string, command: Command): UsageError {
  const option = command.options.find((known) => known.flags === flags);
  if (option === undefined) return new UsageError({ flag: flags, problem: 'has no value' });
  return new UsageError({
    flag: option.long ?? flags,
    problem: 'has no value',
    fix: `try ${exampleOf(option)}`,
  });
}

function excessOperand(command: Command): UsageError {
  const known = command.registeredArguments.map((operand) => `<${operand.name()}>`);
  const takes = known.length === 0 ? 'no operand' : `${known.join(' and ')} alone`;
  const value = command.args[known.length] ?? '';
  if (/^-\d+$/.test(value) && limiting(command) !== undefined) return bareNumber(value, command);
  const problem = `is one too many: ${command.name()} takes ${takes}`;
  return new UsageError({ value, problem, fix: 'put a value with spaces in quotes' });
}
