import type { LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { quote } from '../errors.js';
import type { Io } from '../io.js';
import type { NamePattern } from '../logs/name-pattern.js';
import { addGlobalOptions } from './options/global.js';
import { parseGroup } from './options/names.js';
import {
  addListingOptions,
  type ListingFlags,
  parseSort,
  readEach,
  sortDescending,
  toListingPattern,
  writeListing,
} from './reading/listing.js';

const sortColumns = ['first-event', 'last-event'] as const;

/** Registers `streams`. */
export function registerStreams(command: Command, io: Io): void {
  command
    .description(
      'List the streams of a log group: name, first event, last event. The service brings the last event’s time up to date with a delay, usually of less than an hour.',
    )
    .argument('<group>', 'log group, by exact name or ARN')
    .argument('[pattern]', 'part of the name, or a whole name with * as a wildcard');
  addListingOptions(command, ['name', ...sortColumns]);
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((group: string, pattern: string | undefined, flags: ListingFlags) =>
    runStreams(group, pattern, flags, io),
  );
}

const examples = `
Examples:
  cwlogs streams /aws/lambda/checkout '2026/11/20/*'
  cwlogs streams /ecs/prod --sort last-event --format names | head -1
`;

const columns = [{ title: 'LOG STREAM' }, { title: 'FIRST EVENT' }, { title: 'LAST EVENT' }] as const;

/** Which streams to list. */
async function toStreamsRequest(
  group: string,
  pattern: string | undefined,
): Promise<{ readonly logGroup: string; readonly names: NamePattern }> {
  const logGroup = parseGroup(group);
  const { parseNamePattern } = await import('../logs/name-pattern.js');
  return { logGroup, names: parseNamePattern(toListingPattern(pattern)) };
}

async function runStreams(group: string, pattern: string | undefined, flags: ListingFlags, io: Io): Promise<void> {
  const { logGroup, names } = await toStreamsRequest(group, pattern);
  const sort = parseSort(flags, sortColumns);
  const { listStreams } = await import('../logs/streams.js');
  const prefix = names.prefix === '' ? undefined : names.prefix;
  const streams = await readEach(flags, io, (client, options) => listStreams(client, logGroup, { prefix }, options));
  const matching = streams.filter(({ logStreamName }) => names.matches(logStreamName ?? ''));
  const entries = sort === 'name' ? matching : sortDescending(matching, rankOf[sort]);
  const cells = ({ logStreamName, firstEventTimestamp, lastEventTimestamp }: LogStream): string[] => [
    logStreamName ?? '',
    isoTime(firstEventTimestamp),
    isoTime(lastEventTimestamp),
  ];
  const nothing = `no stream of ${logGroup}${pattern === undefined ? '' : ` matches ${quote(pattern)}`}`;
  const nameOf = ({ logStreamName = '' }: LogStream): string => logStreamName;
  await writeListing({ columns, entries, nameOf, cells, rawCells: cells, nothing }, flags, io);
}

const rankOf: Readonly<Record<(typeof sortColumns)[number], (stream: LogStream) => number | undefined>> = {
  'first-event': ({ firstEventTimestamp }) => firstEventTimestamp,
  'last-event': ({ lastEventTimestamp }) => lastEventTimestamp,
};

function isoTime(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString();
}
