import type { Command, Option } from 'commander';

/** What the last word of a command line stands for. */
export interface Wanted {
  readonly command: Command;
  /** `option`, the placeholder of an option's value or of an operand such as `<group>`; undefined where nothing is wanted. */
  readonly kind: string | undefined;
  /** The option whose value it is. */
  readonly option: Option | undefined;
  /** What stands before it in the same word: `--format=`. */
  readonly glued: string;
  /** What is typed of it. */
  readonly word: string;
  /** The operands before it, by the name of their placeholder. */
  readonly operands: ReadonlyMap<string, readonly string[]>;
  /** The values given to options before it, by the long name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the words behind a command, by what the command has declared. */
export function readWanted(command: Command, words: readonly string[]): Wanted {
  const values = new Map<string, string>();
  const operands: string[] = [];
  const last = words.at(-1) ?? '';
  let option: Option | undefined;
  let isEnded = false;
  for (const word of words.slice(0, -1)) {
    if (option !== undefined) {
      values.set(option.long ?? '', word);
      option = undefined;
    } else if (word === '--' && !isEnded) isEnded = true;
    else if (isEnded || word === '-' || !word.startsWith('-')) operands.push(word);
    else {
      const flag = readFlag(command, word);
      if (flag?.value !== undefined) values.set(flag.option.long ?? '', flag.value);
      else option = flag?.option;
    }
  }
  const found = { command, operands: byName(command, operands), values };
  if (option !== undefined) return { ...found, option, kind: kindOf(option), glued: '', word: last };
  if (isEnded || !last.startsWith('-')) {
    const kind = operandKind(command, operands.length);
    return { ...found, option, kind, glued: '', word: last };
  }
  const [glued = '', word = ''] = /^(--[^=]+=)(.*)$/s.exec(last)?.slice(1) ?? [];
  if (glued === '') return { ...found, option, kind: 'option', glued, word: last };
  const given = command.options.find(({ long, required }) => required && glued === `${long}=`);
  return { ...found, option: given, kind: given === undefined ? undefined : kindOf(given), glued, word };
}

interface Flag {
  readonly option: Option;
  /** Undefined where the next word is it. */
  readonly value: string | undefined;
}

/** Reads a word of options; undefined where none of it takes a value. */
function readFlag({ options }: Command, word: string): Flag | undefined {
  if (word.startsWith('--')) {
    const [, long = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const option = options.find((known) => known.required && known.long === long);
    return option === undefined ? undefined : { option, value };
  }
  // Letters of options without a value may stand before one that has: `-in 5`.
  for (let at = 1; at < word.length; at += 1) {
    const option = options.find(({ short }) => short === `-${word.charAt(at)}`);
    if (option?.required === true) return { option, value: word.slice(at + 1) || undefined };
    if (option === undefined) return undefined;
  }
  return undefined;
}

function kindOf({ flags }: Option): string | undefined {
  return /<.+>/.exec(flags)?.[0];
}

function operandKind({ registeredArguments: operands }: Command, count: number): string | undefined {
  const operand = operands[count] ?? operands.find(({ variadic }) => variadic);
  return operand === undefined ? undefined : `<${operand.name()}>`;
}

function byName({ registeredArguments: known }: Command, operands: readonly string[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const [at, operand] of operands.entries()) {
    const name = (known[at] ?? known.at(-1))?.name() ?? '';
    named.set(name, [...(named.get(name) ?? []), operand]);
  }
  return named;
}
