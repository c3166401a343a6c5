import type { LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { quote } from '../errors.js';
import type { Io } from '../io.js';
import {
  addListingOptions,
  type ListingFlags,
  type NamePattern,
  parseNamePattern,
  readEach,
  writeListing,
} from './listing.js';
import { parseGroup } from './names.js';
import { addGlobalOptions } from './options.js';

/** Registers `streams`. */
export function registerStreams(program: Command, io: Io): void {
  const command = program
    .command('streams')
    .summary('list the streams of a log group')
    .description(
      'List the streams of a log group: name, first event, last event. The service brings the last event’s time up to date with a delay, usually of less than an hour.',
    )
    .argument('<group>', 'log group, by exact name or ARN')
    .argument('[pattern]', 'part of the name, or a whole name with * as a wildcard');
  addListingOptions(command);
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((group: string, pattern: string | undefined, flags: ListingFlags) =>
    runStreams(group, pattern, flags, io),
  );
}

const examples = `
Examples:
  cwlogs streams /aws/lambda/checkout '2026/11/20/*'
  cwlogs streams /ecs/prod --format json | jq -r .logStreamName
`;

const columns = [{ title: 'LOG STREAM' }, { title: 'FIRST EVENT' }, { title: 'LAST EVENT' }] as const;

/** Which streams to list. */
export function toStreamsRequest(
  group: string,
  pattern: string | undefined,
): { readonly logGroup: string; readonly names: NamePattern } {
  return { logGroup: parseGroup(group), names: parseNamePattern(pattern) };
}

async function runStreams(group: string, pattern: string | undefined, flags: ListingFlags, io: Io): Promise<void> {
  const { logGroup, names } = toStreamsRequest(group, pattern);
  const { listStreams } = await import('../logs/streams.js');
  const prefix = names.prefix === '' ? undefined : names.prefix;
  const streams = await readEach(flags, io, (client, options) => listStreams(client, logGroup, { prefix }, options));
  const entries = streams.filter(({ logStreamName }) => names.matches(logStreamName ?? ''));
  const cells = ({ logStreamName, firstEventTimestamp, lastEventTimestamp }: LogStream): string[] => [
    logStreamName ?? '',
    isoTime(firstEventTimestamp),
    isoTime(lastEventTimestamp),
  ];
  const nothing = `no stream of ${logGroup}${pattern === undefined ? '' : ` matches ${quote(pattern)}`}`;
  await writeListing({ columns, entries, cells, rawCells: cells, nothing }, flags, io);
}

function isoTime(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString();
}
