import { existsSync } from 'node:fs';
import type { Command, CommanderError } from 'commander';
import { UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import { hasOption } from '../argv/option-values.js';

/** A command line of `pattern`, and what its first words are: `cwlogs`, or `cwlogs demo`. */
export interface PatternLine {
  readonly command: Command;
  readonly called: readonly string[];
  readonly argv: readonly string[];
}

/**
 * What begins with `-` is an option to the command line, and a term that must not occur in the pattern language: the
 * refusal of the one that was taken for the other shows the whole line put right.
 */
export function explainDash(error: CommanderError, line: PatternLine): Error {
  const [, rest] = /'-([^-].*)'/s.exec(error.message) ?? [];
  const at = line.argv.findIndex((each) => /^-[^-]/.test(each) && rest !== undefined && each.endsWith(rest));
  const word = line.argv[at];
  if (error.code !== 'commander.unknownOption' || word === undefined) return error;
  const problem = 'is not an option here';
  if (grepNames[word] !== undefined) {
    const [pattern = 'ERROR', ...paths] = sort(line).operands;
    return new UsageError({ flag: word, problem, fix: `write: ${corrected(line, pattern, paths)}` });
  }
  const { operands } = sort({ ...line, argv: line.argv.slice(0, at) });
  const [first] = operands;
  if (operands.length === 1 && first !== undefined && line.argv[at - 1] === first) {
    const pieces = [first, ...run(line.argv.slice(at), (each) => isTerm(each, line.command))];
    const fix = `several terms are one pattern, in one pair of quotes: ${corrected(line, pieces.join(' '), sort(line).operands, pieces)}`;
    return new UsageError({ flag: word, problem, fix });
  }
  const fix = `a pattern that begins with - goes behind --: ${corrected(line, word, sort(line).operands, [word])}`;
  return new UsageError({ flag: word, problem, fix });
}

/** Refuses operands that are no files and were meant as an option, a part of the pattern, or the pattern itself. */
export function refuseMisplaced(pattern: string, paths: readonly string[], line: PatternLine): void {
  const [first] = paths;
  // A word with a dot or a slash is no term, and so no pattern.
  if (first === undefined && /^[^"%{[]*[./]/.test(pattern) && existsSync(pattern)) {
    const fix = `write: ${corrected(line, 'ERROR', [pattern])}`;
    throw new UsageError({ flag: '<pattern>', value: pattern, problem: 'is a file: the pattern comes first', fix });
  }
  if (first === undefined) return;
  const missing = paths.find((path) => /^-./.test(path) && !existsSync(path));
  const { operands } = sort(line);
  if (missing !== undefined && (isOption(missing, line.command) || grepNames[missing] !== undefined)) {
    const fix = `write: ${corrected(line, pattern, operands, [pattern])}`;
    throw new UsageError({ flag: missing, problem: 'is a file behind --, and there is none of that name', fix });
  }
  if (missing !== undefined && missing === first) {
    const pieces = [pattern, ...run(paths, (path) => path.startsWith('-') && !existsSync(path))];
    const fix = `several terms are one pattern, in one pair of quotes: ${corrected(line, pieces.join(' '), operands, pieces)}`;
    throw new UsageError({ flag: missing, problem: 'is a file here, and there is none of that name', fix });
  }
  if (first !== '-' && !existsSync(first) && existsSync(pattern)) {
    const fix = `write: ${corrected(line, first, [pattern, ...paths.slice(1)])}`;
    throw new UsageError({ flag: '<pattern>', value: pattern, problem: 'is a file: the pattern comes first', fix });
  }
}

/** What grep calls them. */
const grepNames: Readonly<Record<string, string>> = { '-v': '--invert', '-c': '--count' };

/** The whole line with its options first, `--` where the pattern needs it, and then the files. */
function corrected(
  line: PatternLine,
  pattern: string,
  operands: readonly string[],
  pieces: readonly string[] = [],
): string {
  const left = [...pieces];
  const isPiece = (word: string) => left.includes(word) && left.splice(left.indexOf(word), 1).length > 0;
  const paths = operands.filter((word) => !isPiece(word));
  const dashes = pattern.startsWith('-') ? ['--'] : [];
  return toShellLine([...line.called, 'pattern', ...sort(line).options, ...dashes, pattern, ...paths]);
}

/** Tells the options of a line from its operands, whatever stands before or behind `--`. */
function sort({ command, argv }: PatternLine): { options: string[]; operands: string[] } {
  const options: string[] = [];
  const operands: string[] = [];
  const words = argv.slice(1).filter((word) => word !== '--');
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (grepNames[word] !== undefined) options.push(grepNames[word]);
    else if (!isOption(word, command)) operands.push(word);
    else {
      options.push(word);
      const takesValue = command.options.some(({ short, long, required }) => required && [short, long].includes(word));
      const value = words[at + 1];
      if (takesValue && value !== undefined) {
        options.push(value);
        at += 1;
      }
    }
  }
  return { options, operands };
}

function isOption(word: string, command: Command): boolean {
  return hasOption(command, word.replace(/=.*$/s, ''));
}

function isTerm(word: string, command: Command): boolean {
  return /^-[^-]/.test(word) && !isOption(word, command);
}

function run(words: readonly string[], isPart: (word: string) => boolean): readonly string[] {
  const end = words.findIndex((word) => !isPart(word));
  return end === -1 ? words : words.slice(0, end);
}
