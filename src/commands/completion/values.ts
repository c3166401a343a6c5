import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Io } from '../../io.js';
import { toClientOptions } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';
import { shells } from './scripts.js';

/** The service is asked for so long; a Tab that takes longer is worse than none. */
const patienceMs = 2_000;
const maxNames = 500;

/** What the last of the words after a command may become; nothing where that cannot be found out. */
export async function candidatesFor(
  command: Command,
  words: readonly string[],
  isDemo: boolean,
  io: Io,
): Promise<readonly string[]> {
  const line = readLine(command, words);
  try {
    return (await possibleFor(line, command, isDemo, io)).filter(isPlain);
  } catch {
    // Whatever it is, a shell in the middle of a line is no place to say so.
    return [];
  }
}

/**
 * Bash expands what it is offered as it expands a command line, so that a name may run a command: only what needs no
 * quotes is offered. The streams of Lambda, with their `[$LATEST]`, are left out by this.
 */
function isPlain(candidate: string): boolean {
  return /^[\w./#@%+=,-]+$/.test(candidate);
}

async function possibleFor(line: Line, command: Command, isDemo: boolean, io: Io): Promise<readonly string[]> {
  switch (line.wanted) {
    case '<form>':
      return formsOf(command);
    case '<when>':
      return ['auto', 'always', 'never'];
    case '<zone>':
      return ['UTC', ...Intl.supportedValuesOf('timeZone')];
    case '<shell>':
      return shells;
    case '<path>':
    case '<file>':
      return await filesLike(line.word);
    case '--profile':
      return await profiles(io);
    case '<group>':
      return isDemo ? demoGroups : await groups(line, io);
    case '<stream>':
      return isDemo || line.group === undefined ? [] : await streams(line.group, line, io);
    case '<prefix>':
      return isDemo || line.group === undefined ? [] : plainStarts(await streams(line.group, line, io));
    default:
      return [];
  }
}

/** Every form of output there is; a command's help names those that it has. */
const forms = 'message short detailed json fields timeline bars csv tsv table names'.split(' ');

function formsOf(command: Command): string[] {
  const { description = '' } = command.options.find(({ long }) => long === '--format') ?? {};
  return forms.filter((form) => new RegExp(`\\b${form}\\b`).test(description));
}

const demoGroups = ['/demo/api', '/demo/worker', '/demo/lambda'];

interface Line {
  /** What the last word stands for: the placeholder of its option or operand, or the option itself. */
  readonly wanted: string | undefined;
  /** The last word, as far as it is typed. */
  readonly word: string;
  /** The group that was named before. */
  readonly group: string | undefined;
  readonly flags: GlobalFlags;
}

function readLine(command: Command, words: readonly string[]): Line {
  const operands: string[] = [];
  const values = new Map<string, string>();
  let flag: string | undefined;
  for (const word of words.slice(0, -1)) {
    const option = command.options.find(({ short, long }) => short === word || long === word);
    if (flag !== undefined) values.set(flag, word);
    else if (!word.startsWith('-')) operands.push(word);
    flag = flag === undefined && option?.required === true ? (option.long ?? undefined) : undefined;
  }
  const word = words.at(-1) ?? '';
  const group = operands[command.registeredArguments.findIndex((argument) => argument.name() === 'group')];
  const region = values.get('--region');
  const profile = values.get('--profile');
  const endpointUrl = values.get('--endpoint-url');
  const flags: GlobalFlags = {
    color: 'never',
    ...(region === undefined ? {} : { region: [region] }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
  return { wanted: wantedOf(command, flag, operands.length), word, group, flags };
}

function wantedOf(command: Command, flag: string | undefined, operandCount: number): string | undefined {
  if (flag !== undefined) {
    if (flag === '--stream') return '<stream>';
    if (flag === '--group') return '<group>';
    if (flag === '--profile') return flag;
    const option = command.options.find(({ long }) => long === flag);
    return /<.+>/.exec(option?.flags ?? '')?.[0];
  }
  const operands = command.registeredArguments;
  const operand = operands[operandCount] ?? operands.find(({ variadic }) => variadic);
  if (operand === undefined) return undefined;
  return command.name() === 'streams' && operand.name() === 'pattern' ? '<stream>' : `<${operand.name()}>`;
}

async function profiles(io: Io): Promise<readonly string[]> {
  const { readProfiles } = await import('../../logs/profiles.js');
  return (await readProfiles(io.env)).names;
}

async function groups(line: Line, io: Io): Promise<readonly string[]> {
  const { listGroups } = await import('../../logs/groups.js');
  const selector = line.word === '' ? ({ kind: 'all' } as const) : ({ kind: 'prefix', prefix: line.word } as const);
  return listed(['groups', line.word], line, io, async (client, signal, add) => {
    for await (const { logGroupName } of listGroups(client, selector, { signal })) if (!add(logGroupName)) break;
  });
}

async function streams(group: string, line: Line, io: Io): Promise<readonly string[]> {
  const { listStreams } = await import('../../logs/streams.js');
  const selector = line.word === '' ? {} : { prefix: line.word };
  return listed(['streams', group, line.word], line, io, async (client, signal, add) => {
    for await (const { logStreamName } of listStreams(client, group, selector, { signal })) {
      if (!add(logStreamName)) break;
    }
  });
}

type Client = Awaited<ReturnType<typeof import('../../logs/client.js')['connect']>>['client'];
type Listing = (client: Client, signal: AbortSignal, add: (name: string | undefined) => boolean) => Promise<void>;

/** Lists names, unless it was done a moment ago for the same account and region. */
async function listed(key: readonly string[], { flags }: Line, io: Io, list: Listing): Promise<readonly string[]> {
  const { connect } = await import('../../logs/client.js');
  const { openNameCache } = await import('../../save/name-cache.js');
  const [options] = toClientOptions(flags, io);
  const account = [options.profile, options.region, options.endpoint, io.env.AWS_ACCESS_KEY_ID];
  return openNameCache(io.env, io.now).get([...key, ...account], async () => {
    const { client } = await connect(options);
    const names: string[] = [];
    const add = (name: string | undefined): boolean => {
      if (name !== undefined) names.push(name);
      return names.length < maxNames;
    };
    try {
      await list(client, AbortSignal.any([io.signal, AbortSignal.timeout(patienceMs)]), add);
    } finally {
      client.destroy();
    }
    return names;
  });
}

/** The beginnings that need no quotes, each once. */
function plainStarts(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => /^[\w./#@%+=,-]*/.exec(name)?.[0] ?? ''))];
}

async function filesLike(word: string): Promise<readonly string[]> {
  const folder = word === '' || word.endsWith('/') ? word : dirname(word);
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true });
  const start = folder === '.' && !word.startsWith('./') ? '' : folder;
  return entries.map((entry) => `${join(start, entry.name)}${entry.isDirectory() ? '/' : ''}`);
}
