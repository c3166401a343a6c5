import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { quote } from '../errors.js';
import type { Io } from '../io.js';
import type { GroupSelector } from '../logs/groups.js';
import { addListingOptions, type ListingFlags, parseNamePattern, readEach, writeListing } from './listing.js';
import { addGlobalOptions } from './options.js';

/** Registers `groups`. */
export function registerGroups(program: Command, io: Io): void {
  const command = program
    .command('groups')
    .summary('list log groups')
    .description('List log groups: name, retention in days, stored bytes, class, creation.')
    .argument('[pattern]', 'part of the name, or a whole name with * as a wildcard');
  addListingOptions(command);
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((pattern: string | undefined, flags: ListingFlags) => runGroups(pattern, flags, io));
}

const examples = `
Examples:
  cwlogs groups checkout
  cwlogs groups '/aws/lambda/prod-*' --format json | jq -r .logGroupName
`;

const columns = [
  { title: 'LOG GROUP' },
  { title: 'RETENTION', align: 'right' },
  { title: 'STORED', align: 'right' },
  { title: 'CLASS' },
  { title: 'CREATED' },
] as const;

/** What to ask for, and which of the answers to keep. */
export function toGroupsRequest(pattern: string | undefined): {
  selector: GroupSelector;
  matches: (name: string) => boolean;
} {
  const name = parseNamePattern(pattern);
  return {
    selector: name.prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix: name.prefix },
    matches: name.matches,
  };
}

async function runGroups(pattern: string | undefined, flags: ListingFlags, io: Io): Promise<void> {
  const { selector, matches } = toGroupsRequest(pattern);
  const { listGroups } = await import('../logs/groups.js');
  const { renderBytes } = await import('../render/quantity.js');
  const cells = (group: LogGroup): string[] => [
    group.logGroupName ?? '',
    group.retentionInDays === undefined ? 'never' : `${group.retentionInDays} d`,
    renderBytes(group.storedBytes ?? 0),
    group.logGroupClass ?? '',
    isoDate(group.creationTime),
  ];
  const rawCells = (group: LogGroup): string[] => [
    group.logGroupName ?? '',
    String(group.retentionInDays ?? ''),
    String(group.storedBytes ?? ''),
    group.logGroupClass ?? '',
    group.creationTime === undefined ? '' : new Date(group.creationTime).toISOString(),
  ];
  const groups = await readEach(flags, io, (client, options) => listGroups(client, selector, options));
  const entries = groups.filter(({ logGroupName }) => matches(logGroupName ?? ''));
  const nothing = pattern === undefined ? 'there are no log groups' : `no log group matches ${quote(pattern)}`;
  await writeListing({ columns, entries, cells, rawCells, nothing }, flags, io);
}

function isoDate(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString().slice(0, 10);
}
