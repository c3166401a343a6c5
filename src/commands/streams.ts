import type { CloudWatchLogsClient, LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { quote, UsageError } from '../errors.js';
import { createReporter, type Io, type Reporter } from '../io.js';
import type { NamePattern } from '../logs/name-pattern.js';
import { readGroupOperands } from './operands/group-operands.js';
import { type ResolveOptions, resolveGroups } from './operands/resolve-groups.js';
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

/** Streams are no options here: the address of a console page may show some. */
interface StreamsFlags extends ListingFlags {
  readonly stream?: readonly string[];
  readonly streamPrefix?: string;
}

const sortColumns = ['first-event', 'last-event'] as const;

/** Registers `streams`. */
export function registerStreams(command: Command, io: Io): void {
  command
    .description(
      'List the streams of a log group: name, first event, last event. The service brings the last event’s time up to date with a delay, usually of less than an hour.',
    )
    .argument('<group>', 'log group: name, last part of a name, ARN, or a console URL')
    .argument('[pattern]', 'part of the name, or a whole name with * as a wildcard');
  addListingOptions(command, ['name', ...sortColumns]);
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((group: string, pattern: string | undefined, flags: StreamsFlags) =>
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

async function runStreams(
  group: string,
  typedPattern: string | undefined,
  typedFlags: StreamsFlags,
  io: Io,
): Promise<void> {
  const { operands, flags } = await readGroupOperands([group], typedFlags, { time: [], messages: [] }, io);
  const [operand = group] = operands;
  if (operands.length > 1) {
    throw new UsageError({ flag: '<group>', value: group, problem: 'is several groups, and streams are of one' });
  }
  const pattern = typedPattern ?? shownPattern(flags);
  const { logGroup, names } = await toStreamsRequest(operand, pattern);
  const sort = parseSort(flags, sortColumns);
  if (flags.printPolicy === true) {
    const { printStreamsPolicy } = await import('./streams/policy.js');
    return printStreamsPolicy(logGroup, flags, io);
  }
  const prefix = names.prefix === '' ? undefined : names.prefix;
  const resolving = {
    profile: flags.profile,
    nowMs: io.now(),
    readsInfrequent: true,
    reporter: createReporter(io, flags),
  };
  const streams = await readEach(flags, io, (client, options) =>
    streamsOf(client, logGroup, prefix, { ...resolving, ...options, signal: io.signal }),
  );
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

/** The streams that the address of a console page shows. */
function shownPattern({ stream = [], streamPrefix }: StreamsFlags): string | undefined {
  return streamPrefix === undefined ? stream[0] : `${streamPrefix}*`;
}

async function* streamsOf(
  client: CloudWatchLogsClient,
  logGroup: string,
  prefix: string | undefined,
  { reporter, ...options }: ResolveOptions & { readonly reporter: Reporter },
): AsyncGenerator<LogStream> {
  const { listStreams } = await import('../logs/streams.js');
  const region = await client.config.region();
  const run = { connections: [{ client, region }], regions: [region], reporter };
  const { logGroups } = await resolveGroups([logGroup], run, options);
  for (const found of logGroups) yield* listStreams(client, found, { prefix }, options);
}

const rankOf: Readonly<Record<(typeof sortColumns)[number], (stream: LogStream) => number | undefined>> = {
  'first-event': ({ firstEventTimestamp }) => firstEventTimestamp,
  'last-event': ({ lastEventTimestamp }) => lastEventTimestamp,
};

function isoTime(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString();
}
