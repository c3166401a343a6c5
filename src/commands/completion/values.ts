import { readdir } from 'node:fs/promises';
import { visible } from '../../escape.js';
import type { Io } from '../../io.js';
import { type AccountFlags, groupNames, streamNames } from './names.js';
import { shells } from './scripts.js';
import type { Wanted } from './wanted.js';

/** Where names of groups and streams come from. */
export interface Names {
  groups(start: string): Promise<readonly string[]>;
  streams(group: string, start: string): Promise<readonly string[]>;
}

/** What a value may be, of those that begin as the word does; undefined where a file is wanted, which shells know best. */
export async function valuesFor(wanted: Wanted, names: Names, io: Io): Promise<readonly string[] | undefined> {
  const kind = kindOf(wanted);
  if (fileKinds.has(kind)) return undefined;
  const values = await possibleFor(kind, wanted, names, io);
  // What a terminal would obey has no place on it.
  return values.filter((value) => value.startsWith(wanted.word) && visible(value) === value);
}

/** The names of the account that the line before asks for. */
export function accountNames({ values }: Wanted, io: Io): Names {
  const [region, profile, endpointUrl] = ['--region', '--profile', '--endpoint-url'].map((flag) => values.get(flag));
  const flags: AccountFlags = {
    ...(region === undefined ? {} : { region: [region] }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
  return {
    groups: (start) => groupNames(start, flags, io),
    streams: (group, start) => streamNames(group, start, flags, io),
  };
}

const fileKinds: ReadonlySet<string> = new Set(['<file>', '<path>', '<folder>']);

/** The placeholder says it, but for some options and operands that share theirs with others. */
function kindOf({ command, option, kind = '' }: Wanted): string {
  if (option !== undefined) return ownKinds.has(option.long ?? '') ? (option.long ?? '') : kind;
  if (kind !== '<pattern>') return kind;
  return ({ groups: '<group>', streams: '<stream>' } as Readonly<Record<string, string>>)[command.name()] ?? '';
}

const ownKinds: ReadonlySet<string> = new Set(['--language', '--profile', '--region', '--stream']);

async function possibleFor(kind: string, wanted: Wanted, names: Names, io: Io): Promise<readonly string[]> {
  const { word, operands } = wanted;
  const [group] = operands.get('group') ?? [];
  switch (kind) {
    case '<group>':
      return withoutGiven(await names.groups(word), operands.get('group'));
    case '--stream':
      return word.startsWith('@') ? await filesLike(word.slice(1)) : await streamsOf(group, word, names);
    case '<stream>':
      return await streamsOf(group, word, names);
    case '<prefix>':
      return toFolders(await streamsOf(group, word, names));
    case '<zone>':
      return ['UTC', ...Intl.supportedValuesOf('timeZone')];
    case '<days>':
      return (await import('../../logs/write/retention.js')).retentionDays.map(String);
    case '--region':
      return (await import('../../logs/regions.js')).regions;
    case '--profile':
      return (await (await import('../../logs/profiles.js')).readProfiles(io.env)).names;
    case '<shell>':
      return shells;
    default:
      return namedIn(wanted, choices[kind] ?? []);
  }
}

/** The words that an option may have as its value. */
const choices: Readonly<Record<string, readonly string[]>> = {
  '<column>': ['name', 'retention', 'size', 'created', 'first-event', 'last-event'],
  '<day>': ['today', 'yesterday'],
  '<form>': 'message short detailed json fields timeline bars csv tsv table names'.split(' '),
  '<how>': ['split', 'truncate', 'reject'],
  '<time>': ['15m', '1h', '24h', 'today', 'yesterday'],
  '<way>': ['insights'],
  '<what>': ['level', 'stream', 'group', 'region'],
  '<when>': ['auto', 'always', 'never'],
  '<which>': ['inclusive', 'exclusive'],
  '--language': ['cwli', 'ppl', 'sql'],
};

/** Options with one placeholder differ in what they take: their help names it. Times and days it gives as examples. */
function namedIn({ option, kind }: Wanted, words: readonly string[]): readonly string[] {
  if (kind === '<time>' || kind === '<day>') return words;
  return words.filter((word) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(option?.description ?? ''));
}

async function streamsOf(group: string | undefined, word: string, names: Names): Promise<readonly string[]> {
  return group === undefined ? [] : await names.streams(group, word);
}

/** The beginnings of names up to the last slash, each once; whole names where there is none. */
function toFolders(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('/') + 1) || name))];
}

function withoutGiven(names: readonly string[], given: readonly string[] = []): string[] {
  return names.filter((name) => !given.includes(name));
}

async function filesLike(word: string): Promise<readonly string[]> {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const entries = await readdir(folder || '.', { withFileTypes: true });
  const isHidden = word.startsWith(`${folder}.`);
  return entries
    .filter(({ name }) => isHidden || !name.startsWith('.'))
    .map((entry) => `@${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
}
