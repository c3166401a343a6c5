import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { textOf, UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import type { StreamSelector } from '../../logs/read/filter-events.js';
import { parseStreamName, parseStreamPattern } from './names.js';
import { collect, refuseTogether } from './values.js';

/** Streams as they were chosen. */
export interface StreamFlags {
  readonly stream?: readonly string[];
  readonly streamPrefix?: string;
}

/** Adds the options that choose streams. */
export function addStreamOptions(command: Command): Command {
  return command
    .option(
      '--stream <name>',
      "only this stream; * stands for any text: 'web/*'; @file lists them, one a line; repeat it for several",
      collect,
    )
    .option('--stream-prefix <prefix>', 'only streams whose names begin so');
}

/** Reads `--stream` and `--stream-prefix`, and the lists that `--stream @file` names. */
export function toStreamSelector(flags: StreamFlags): StreamSelector {
  refuseTogether('--stream', flags.stream, '--stream-prefix', flags.streamPrefix);
  if (flags.streamPrefix !== undefined) {
    refuseWildcard(flags.streamPrefix);
    return { kind: 'prefix', prefix: parseStreamName(flags.streamPrefix, '--stream-prefix') };
  }
  if (flags.stream === undefined) return { kind: 'all' };
  const patterns = [...new Set(flags.stream.flatMap(readNames))];
  if (!patterns.some((text) => text.includes('*'))) return { kind: 'names', names: patterns };
  if (patterns.some((text) => /^\*+$/.test(text))) return { kind: 'all' };
  const [only = ''] = patterns;
  // The service itself can look for these.
  if (patterns.length === 1 && /^[^*]+\*$/.test(only)) return { kind: 'prefix', prefix: only.slice(0, -1) };
  return { kind: 'patterns', patterns };
}

function refuseWildcard(value: string): void {
  if (!value.includes('*')) return;
  const problem = 'is how names begin, as it stands: * is no wildcard in it';
  throw new UsageError({ flag: '--stream-prefix', value, problem, fix: `write ${toShellLine(['--stream', value])}` });
}

function readNames(text: string): string[] {
  if (!text.startsWith('@')) return [parseStreamPattern(text, '--stream')];
  const names = readList(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (names.length > 0) return names.map((name) => parseStreamPattern(name, `--stream ${text}:`));
  throw new UsageError({ flag: '--stream', value: text, problem: 'lists no stream', fix: 'write one name a line' });
}

function readList(text: string): string {
  try {
    return readFileSync(text.slice(1), 'utf8');
  } catch (error) {
    const problem = `is a list that cannot be read: ${textOf(error)}`;
    const fix = 'name a file after the @; a stream that begins with @ is found by --stream-prefix';
    throw new UsageError({ flag: '--stream', value: text, problem, fix });
  }
}
