import type { Command } from 'commander';
import { UsageError } from '../errors.js';

/** Adds `--filter`. */
export function addFilterOption(command: Command): Command {
  return command.option('-F, --filter <pattern>', "CloudWatch filter pattern: ERROR, '{ $.status >= 500 }'");
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const maxFilterLength = 1024;

/** Reads `--filter`; undefined where it was not given. */
export function parseFilter(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const flag = '--filter';
  if (text.trim() === '')
    throw new UsageError({ flag, value: text, problem: 'is empty', fix: 'leave it out to get every event' });
  if (text.length > maxFilterLength)
    throw new UsageError({ flag, value: text, problem: `is longer than ${maxFilterLength} characters` });
  if (/^\s*\{\s*\(*\s*\./.test(text)) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'has a field without its $: in double quotes the shell takes $.field for a variable',
      fix: `put the pattern in single quotes: '{ $.status = 500 }'`,
    });
  }
  return text;
}
