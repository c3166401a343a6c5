import { GroupNotFoundError } from '../../errors.js';
import { shellWord, toShellLine } from '../../escape.js';
import { listedCommands } from './command-list.js';

/** A message whose commands begin as this run does: in a demo, with `cwlogs demo`. */
export function asCalled(message: string, called: readonly string[]): string {
  return message.replace(ownCommand, () => `${toShellLine(called)} `);
}

const names = listedCommands.flatMap(({ name, alias }) => [name, ...(alias === undefined ? [] : [alias])]);
const ownCommand = new RegExp(
  String.raw`(?<![\w"'/.-])cwlogs (?=(?:${names.filter((name) => name !== 'demo').join('|')})(?![\w-]))`,
  'g',
);

/** An error, with a pattern for all groups below the one that is not there, where the command takes patterns. */
export function withPatternHint(error: unknown, [command = '']: readonly string[]): unknown {
  if (!(error instanceof GroupNotFoundError) || error.hint !== undefined) return error;
  const folder = `${error.logGroup.replace(/\/+$/, '')}/`;
  const areBelow = error.near.length > 0 && error.near.every((name) => name.startsWith(folder));
  if (!areBelow || !withPatterns.has(command)) return error;
  return new GroupNotFoundError(
    error.logGroup,
    error.near,
    error.failed,
    `${shellWord(`${folder}*`)} means all of them`,
  );
}

const withPatterns: ReadonlySet<string> = new Set(['fetch', 'get', 'tail', 'watch', 'trace', 'histogram', 'query']);
