import type { CloudWatchLogsClient, LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { IncompleteError, quote } from '../errors.js';
import { isAccessDenied } from '../failures.js';
import type { Io } from '../io.js';
import type { GroupSelector } from '../logs/groups.js';
import type { ReadOptions } from '../logs/read/filter-events.js';
import { readConsoleUrl } from './operands/group-operands.js';
import { addGlobalOptions } from './options/global.js';
import {
  addListingOptions,
  type ListingFlags,
  parseListingFormat,
  parseSort,
  readEach,
  sortDescending,
  toListingPattern,
  writeListing,
} from './reading/listing.js';

interface GroupsFlags extends ListingFlags {
  readonly lastEvent?: boolean;
}

const sortColumns = ['retention', 'size', 'created', 'last-event'] as const;

/** Registers `groups`. */
export function registerGroups(command: Command, io: Io): void {
  command
    .description(
      'List log groups: name, retention in days, stored bytes, class, creation. The service brings the time of the last event up to date with a delay, usually of less than an hour.',
    )
    .argument('[pattern]', 'part of the name, a whole name with * as a wildcard, or a console URL');
  addListingOptions(command, ['name', ...sortColumns]);
  command.option('--last-event', 'also when the last event was: one more request a group');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((pattern: string | undefined, flags: GroupsFlags) => runGroups(pattern, flags, io));
}

const examples = `
Examples:
  cwlogs groups checkout --sort size
  cwlogs groups '/aws/lambda/prod-*' --format names | cwlogs fetch - --start 1h --filter ERROR
`;

const columns = [
  { title: 'LOG GROUP' },
  { title: 'RETENTION', align: 'right' },
  { title: 'STORED', align: 'right' },
  { title: 'CLASS' },
  { title: 'CREATED' },
] as const;
const lastEventColumn = { title: 'LAST EVENT' } as const;

/** A group as it is listed. */
interface ListedGroup extends LogGroup {
  /** Milliseconds since the epoch. */
  readonly lastEventTimestamp?: number | undefined;
}

/** What to ask for, and which of the answers to keep. */
async function toGroupsRequest(pattern: string | undefined): Promise<{
  selector: GroupSelector;
  matches: (name: string) => boolean;
}> {
  const { parseNamePattern } = await import('../logs/name-pattern.js');
  const { prefix, matches } = parseNamePattern(toListingPattern(pattern));
  return { selector: prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix }, matches };
}

async function runGroups(typedPattern: string | undefined, typedFlags: GroupsFlags, io: Io): Promise<void> {
  const typed = typedPattern === undefined ? [] : [typedPattern];
  const names = { time: [], messages: [], flag: '[pattern]' };
  const { operands, flags } = await readConsoleUrl(typed, typedFlags, names, io);
  const [pattern] = operands;
  const sort = parseSort(flags, sortColumns);
  const hasLastEvent = flags.lastEvent === true || sort === 'last-event';
  const needsNames = parseListingFormat(flags) === 'names' && sort === 'name' && !hasLastEvent;
  const request = await toGroupsRequest(pattern);
  if (flags.printPolicy === true) {
    const { printGroupsPolicy } = await import('./groups/policy.js');
    return printGroupsPolicy({ needsNames, hasLastEvent, pattern }, flags, io);
  }
  const denied: unknown[] = [];
  const list = needsNames ? listNames : listWhole;
  const found = await readEach<ListedGroup>(flags, io, (client, options) =>
    list(client, request, { ...options, hasLastEvent, onDenied: (error) => denied.push(error) }),
  );
  const { renderBytes } = await import('../render/quantity.js');
  const cells = (group: ListedGroup): string[] => [
    group.logGroupName ?? '',
    group.retentionInDays === undefined ? 'never' : `${group.retentionInDays} d`,
    renderBytes(group.storedBytes ?? 0),
    group.logGroupClass ?? '',
    isoTime(group.creationTime).slice(0, 10),
    ...(hasLastEvent ? [isoTime(group.lastEventTimestamp)] : []),
  ];
  const rawCells = (group: ListedGroup): string[] => [
    group.logGroupName ?? '',
    String(group.retentionInDays ?? ''),
    String(group.storedBytes ?? ''),
    group.logGroupClass ?? '',
    isoTime(group.creationTime),
    ...(hasLastEvent ? [isoTime(group.lastEventTimestamp)] : []),
  ];
  const entries = sort === 'name' ? found : sortDescending(found, rankOf[sort]);
  const nothing = pattern === undefined ? 'there are no log groups' : `no log group matches ${quote(pattern)}`;
  const shown = hasLastEvent ? [...columns, lastEventColumn] : columns;
  const nameOf = ({ logGroupName = '' }: ListedGroup): string => logGroupName;
  await writeListing({ columns: shown, entries, nameOf, cells, rawCells, nothing }, flags, io);
  if (denied.length === 0) return;
  const { describe } = await import('../describe.js');
  const whose = `the last events of ${denied.length} of ${found.length} log groups are not known`;
  throw new IncompleteError(`${whose}: ${describe(denied[0]).message}`);
}

const rankOf: Readonly<Record<(typeof sortColumns)[number], (group: ListedGroup) => number | undefined>> = {
  // Kept for ever is the longest.
  retention: ({ retentionInDays = Number.POSITIVE_INFINITY }) => retentionInDays,
  size: ({ storedBytes }) => storedBytes,
  created: ({ creationTime }) => creationTime,
  'last-event': ({ lastEventTimestamp }) => lastEventTimestamp,
};

interface ListOptions extends ReadOptions {
  readonly hasLastEvent: boolean;
  /** Told of a group whose streams may not be listed. */
  readonly onDenied: (error: unknown) => void;
}

type GroupsRequest = Awaited<ReturnType<typeof toGroupsRequest>>;

async function* listNames(
  client: CloudWatchLogsClient,
  { selector, matches }: GroupsRequest,
  options: ListOptions,
): AsyncGenerator<ListedGroup> {
  const { listGroupNames } = await import('../logs/group-names.js');
  const names: string[] = [];
  for await (const { name } of listGroupNames(client, selector, options)) if (matches(name)) names.push(name);
  for (const logGroupName of names.sort()) yield { logGroupName };
}

async function* listWhole(
  client: CloudWatchLogsClient,
  { selector, matches }: GroupsRequest,
  options: ListOptions,
): AsyncGenerator<ListedGroup> {
  const { listGroups } = await import('../logs/groups.js');
  const { lastEventMs } = await import('../logs/streams.js');
  const groups: LogGroup[] = [];
  for await (const group of listGroups(client, selector, options)) {
    if (matches(group.logGroupName ?? '')) groups.push(group);
  }
  if (!options.hasLastEvent) return yield* groups;
  // As many at once as the service answers in a good second.
  for (let at = 0; at < groups.length; at += 25) {
    yield* await Promise.all(
      groups.slice(at, at + 25).map(async (group) => {
        try {
          return { ...group, lastEventTimestamp: await lastEventMs(client, group.logGroupName ?? '', options) };
        } catch (error) {
          if (!isAccessDenied(error)) throw error;
          options.onDenied(error);
          return group;
        }
      }),
    );
  }
}

function isoTime(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString();
}
