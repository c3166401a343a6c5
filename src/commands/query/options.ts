import type { Command } from 'commander';
import { SaveError, textOf, UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { QueryLanguage } from '../../logs/query/query-text.js';
import { parseGroups } from '../options/names.js';
import { collect, parseChoice, refuseTogether } from '../options/values.js';

/** The text of a query and the groups it reads, as they were typed. */
export interface QueryTextFlags {
  readonly group?: readonly string[];
  readonly language: string;
  readonly file?: string;
}

/** Adds the options that say what is queried. */
export function addQueryTextOptions(command: Command): Command {
  return command
    .option(
      '--group <group>',
      "log group: a name, a pattern ('/prod/*'), the last part of a name, an ARN or a console URL; repeat it for up to 50 in all",
      collect,
    )
    .option('--language <name>', 'language of the text: cwli (Logs Insights), ppl or sql', 'cwli')
    .option('--file <file>', 'read the text from a file; - is stdin');
}

/** Reads `--language`. */
export function toQueryLanguage(flags: QueryTextFlags): QueryLanguage {
  const languages = { cwli: 'CWLI', ppl: 'PPL', sql: 'SQL' } as const;
  return languages[parseChoice(flags.language, '--language', ['cwli', 'ppl', 'sql'])];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const maxQueryLength = 10_000;

/** Reads the groups; `isNamed` where the text itself names them. */
export async function toQueryGroups({ group = [] }: QueryTextFlags, isNamed: boolean): Promise<string[]> {
  const logGroups = parseGroups(group, '--group');
  if (isNamed && logGroups.length > 0) {
    const problem = 'has no place beside a query that names its groups itself';
    throw new UsageError({ flag: '--group', value: logGroups.join(' '), problem, fix: 'leave one of the two out' });
  }
  if (!isNamed && logGroups.length === 0) {
    throw new UsageError({ flag: '--group', problem: 'is needed', fix: 'add --group /aws/lambda/api' });
  }
  await refuseTooMany(logGroups);
  return logGroups;
}

/** Refuses more groups than a query reads. */
export async function refuseTooMany(logGroups: readonly string[]): Promise<void> {
  const { maxQueryGroups } = await import('../../logs/query/query-limits.js');
  if (logGroups.length <= maxQueryGroups) return;
  const problem = `means ${logGroups.length} groups, and a query reads ${maxQueryGroups} groups at most`;
  throw new UsageError({ flag: '--group', problem, fix: 'run it for some of them at a time' });
}

/** Reads the text of the query from where it is. */
export async function readQueryText(operand: string | undefined, { file }: QueryTextFlags, io: Io): Promise<string> {
  refuseTogether('<text>', operand, '--file', file);
  // As in other tools, it is stdin.
  const source = operand === '-' ? '-' : file;
  const text = source === undefined ? (operand ?? '') : await readWhole(source, io);
  const flag = file === undefined ? '<text>' : '--file';
  const example = "try 'fields @timestamp, @message | filter @message like /timeout/'";
  if (source === undefined && operand === undefined)
    throw new UsageError({ flag, problem: 'is missing', fix: example });
  if (text.trim() === '') throw new UsageError({ flag, problem: 'is no query: it is empty', fix: example });
  if (text.length > maxQueryLength) {
    const problem = `has ${text.length} characters, and a query has ${maxQueryLength} at most`;
    throw new UsageError({ flag, problem });
  }
  return text.trimEnd();
}

async function readWhole(file: string, io: Io): Promise<string> {
  const { readTextFile } = await import('../../save/text-file.js');
  let text = '';
  try {
    for await (const piece of file === '-' ? io.stdin : readTextFile(file, io.signal)) {
      text += piece;
      if (text.length > maxQueryLength) break;
    }
  } catch (error) {
    if (!(error instanceof SaveError)) throw error;
    throw new UsageError({
      flag: '--file',
      value: file,
      problem: `cannot be read: ${textOf(error.cause)}`,
      fix: 'name a file that holds the query',
    });
  }
  return text;
}
