import { quote, UsageError } from '../../errors.js';

/** Reads a whole number of at least 1. */
export function parseCount(text: string, flag: string, example = 100): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= 1) return count;
  const fix = `try ${flag} ${example}`;
  throw new UsageError({ flag, value: text, problem: 'is not a whole number of at least 1', fix });
}

/** The SDK opens no more connections to one region than these. */
const maxConnections = 50;

/** Reads how many requests may be in flight; undefined where nothing is said. */
export function parseConcurrency(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const concurrency = parseCount(text, '--concurrency', 8);
  if (concurrency <= maxConnections) return concurrency;
  throw new UsageError({
    flag: '--concurrency',
    value: text,
    problem: `is above ${maxConnections}, the connections there are: further requests would only wait in line`,
    fix: `try --concurrency ${maxConnections}`,
  });
}

/** Reads a positive number, such as 25 or 0.5. */
export function parseRate(text: string, flag: string): number {
  const rate = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && rate > 0) return rate;
  throw new UsageError({ flag, value: text, problem: 'is not a number of requests a second', fix: `try ${flag} 10` });
}

/** Reads a share from 0 to 1, such as 10% or 0.1. */
export function parseShare(text: string, flag: string): number {
  const share = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (/^\d+(\.\d+)?%?$/.test(text) && share <= 1) return share;
  throw new UsageError({ flag, value: text, problem: 'is not a share from 0 to 1', fix: `try ${flag} 10% or 0.1` });
}

/** Reads a size: `500MB`, `1.5 GB`, `10GiB`, or a number of bytes. */
export function parseBytes(text: string, flag: string, example: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(text.trim()) ?? [];
  const bytes = unitBytes[unit.toLowerCase()];
  if (count !== undefined && bytes !== undefined) return Math.floor(Number(count) * bytes);
  throw new UsageError({ flag, value: text, problem: 'is not a size', fix: `try ${flag} ${example}` });
}

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** Reads one of a few words. */
export function parseChoice<Choice extends string>(text: string, flag: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new UsageError({ flag, value: text, problem: 'is not known', fix: `use ${choices.join(', ')}` });
}

/** An option as it is typed, by the name of its flag: `--fail-if-empty`. */
export function toFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Refuses two options that say different things about the same. */
export function refuseTogether(flag: string, value: unknown, otherFlag: string, otherValue: unknown): void {
  if (value === undefined || otherValue === undefined || value === false || otherValue === false) return;
  throw new UsageError({ problem: `${flag} and ${otherFlag} cannot be used together`, fix: 'leave one out' });
}

/** That a path cannot be, since what stands above it is a file. */
export function belowFile(flag: string, value: string, file: string): UsageError {
  const problem = `lies below ${quote(file)}, which is a file, not a folder`;
  return new UsageError({ flag, value, problem, fix: 'choose another place' });
}

/** Collects a repeatable option. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
