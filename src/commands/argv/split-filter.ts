import { GroupNotFoundError, UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';

/** Refuses an operand that is no group but a part of a filter pattern that was given without quotes. */
export function refusePatternParts(operands: readonly string[], flag: string): void {
  const value = operands.find((operand) => /^(?:\$\.|[{}[\]%"?]|&&|\|\||[<>=!]+$)/.test(operand));
  if (value === undefined) return;
  throw new UsageError({
    flag,
    value,
    problem: 'is not a log group name, but a part of a filter pattern',
    fix: "put all of it in one pair of single quotes: --filter '{ $.status >= 500 }'",
  });
}

/** The refusal of what follows the first word of a `--filter` and is taken for an option. */
export function splitByOption(argv: readonly string[], word: string): UsageError | undefined {
  const split = splitAround(argv, word);
  if (split === undefined) return undefined;
  const fix = `if it is a part of the pattern, ${inQuotes}: ${toShellLine(split)}`;
  return new UsageError({ flag: word, problem: 'is not an option here', fix });
}

/** An error, with a hint where the group that is not there stands behind the first word of a `--filter`. */
export function withSplitHint(error: unknown, argv: readonly string[]): unknown {
  if (!(error instanceof GroupNotFoundError)) return error;
  const split = splitAround(argv, error.logGroup);
  if (split === undefined) return error;
  const hint = `if it is a part of the value before it, ${inQuotes}: ${toShellLine(split)}`;
  return new GroupNotFoundError(error.logGroup, error.near, error.failed, hint);
}

const inQuotes = 'put all of it in one pair of quotes';

/** The option with all the words that were probably meant as its value; undefined where `word` is none of them. */
function splitAround(argv: readonly string[], word: string): readonly [flag: string, value: string] | undefined {
  const at = argv.findIndex((each) => ['--filter', '-F', '--where', '-w'].includes(each));
  const flag = argv[at];
  if (flag === undefined) return undefined;
  const behind = argv.slice(at + 1);
  const end = behind.findIndex((each, index) => index > 0 && each !== word && /^--|^-[A-Za-z]$|\//.test(each));
  const pieces = end === -1 ? behind : behind.slice(0, end);
  const others = [argv[1] ?? '', ...behind.slice(pieces.length)];
  const hasGroup = others.some((each, index) => (index === 0 ? !each.startsWith('-') : each.includes('/')));
  // A word with a space was in quotes already; the last group there is, is no part of a pattern.
  if (pieces.indexOf(word) < 1 || pieces[0]?.includes(' ') !== false || !hasGroup) return undefined;
  return [flag, pieces.join(' ')];
}
