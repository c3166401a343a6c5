import type { Command, Option } from 'commander';
import { quote, UsageError } from '../../errors.js';

/** Makes a command refuse values that commander would take: a second one, and one that was meant as an option. */
export function refuseSlips(command: Command, argv: readonly string[]): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const collect = option.parseArg;
    option.argParser<unknown>((value, previous) => {
      refuseMissing(value, option, command, argv);
      if (collect !== undefined) return collect(value, previous);
      const isSecond = command.getOptionValueSource(option.attributeName()) === 'cli' && value !== previous;
      if (isSecond) throw givenTwice(option, String(previous), value);
      return value;
    });
  }
}

/** Whether a command has this option, in its short or long form. */
export function hasOption(command: Command | undefined, flag: string): boolean {
  return command?.options.some(({ short, long }) => short === flag || long === flag) === true;
}

/** An option with a value that works: `--start 2h`. */
export function exampleOf({ flags, long }: Option): string {
  const [placeholder = ''] = /<.+>/.exec(flags) ?? [];
  return `${long} ${exampleValues[long ?? ''] ?? exampleValues[placeholder] ?? placeholder}`;
}

const exampleValues: Readonly<Record<string, string>> = {
  '<bytes>': '64MB',
  '<column>': 'name',
  '<cond>': "'status>=500'",
  '<day>': 'yesterday',
  '<days>': '30',
  '<duration>': '5m',
  '<field>': 'time',
  '<folder>': 'buckets',
  '<form>': 'json',
  '<jmespath>': 'status',
  '<file>': 'events.svg',
  '<how>': 'truncate',
  '<group>': '/aws/lambda/api',
  '<ms>': '200',
  '<n>': '100',
  '<path>': 'api.log.gz',
  '<pattern>': 'ERROR',
  '<prefix>': '2026/11/20',
  '<regex>': "'timeout|refused'",
  '<share>': '10%',
  '<size>': '10GB',
  '<time>': '2h',
  '<url>': 'http://127.0.0.1:4588',
  '<way>': 'insights',
  '<what>': 'level',
  '<when>': 'never',
  '<which>': 'exclusive',
  '<zone>': 'Europe/Berlin',
  '--account': '123456789012',
  '--cancel': 'cda45419-90ea-4db5-9833-aade86253e66',
  '--concurrency': '8',
  '--language': 'ppl',
  '--port': '4588',
  '--profile': 'prod',
  '--rate': '10',
  '--region': 'eu-west-1',
  '--stream': 'web/1',
};

/** Refuses the option that stands where a value should; glued on by `=` or to a letter, it is meant as the value. */
function refuseMissing(value: string, option: Option, command: Command, argv: readonly string[]): void {
  const { short, long = '' } = option;
  if (argv.includes(value) && (/^--[a-z]/.test(value) || hasOption(command, value))) {
    throw new UsageError({
      flag: long,
      value,
      problem: 'looks like an option, not a value',
      fix: `try ${exampleOf(option)}, or ${long}=${value} if it is meant`,
    });
  }
  // Commander reads -start as -s with the value "tart".
  const word = `${short}${value}`;
  if (short !== undefined && argv.includes(word) && hasOption(command, `-${word}`)) {
    throw new UsageError({ flag: word, problem: 'is not an option', fix: `write -${word}` });
  }
  // Commander reads -gi as -g with the value "i".
  if (short !== undefined && argv.includes(word) && value === 'i' && hasOption(command, '-i')) {
    throw new UsageError({ flag: word, problem: 'is not an option: -i stands alone', fix: `write -i ${short} ERROR` });
  }
}

function givenTwice({ long = '' }: Option, first: string, second: string): UsageError {
  const problem = `is given twice, as ${quote(first)} and ${quote(second)}`;
  return new UsageError({ flag: long, problem, fix: 'leave one out' });
}
