import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { ConditionError, UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { LogEvent } from '../logs/event.js';
import type { FetchRequest } from '../logs/read/fetch-events.js';
import type { EventSource } from '../render/source-labels.js';
import {
  addGlobalOptions,
  addRangeOptions,
  addStreamOptions,
  addZoneOptions,
  parseCount,
  parseGroups,
  type RangeOptionFlags,
  rangeFlags,
  type StreamFlags,
  toClientOptions,
  toStreamSelector,
  type ZoneFlags,
} from './options.js';
import { addOutputOptions, createOutput, type OutputFlags, toOutputRequest } from './output.js';

interface FetchFlags extends OutputFlags, ZoneFlags, RangeOptionFlags, StreamFlags {
  readonly filter?: string;
  readonly limit?: string;
  readonly concurrency?: string;
  readonly unmask?: boolean;
  readonly failIfEmpty?: boolean;
  readonly dryRun?: boolean;
}

/** Registers `fetch`. */
export function registerFetch(program: Command, io: Io): void {
  const command = program
    .command('fetch')
    .alias('get')
    .summary('download a time range')
    .description('Download every event of a time range, in order, to stdout.')
    .argument('<group...>', 'log groups, by exact name or ARN');
  addRangeOptions(command);
  addZoneOptions(command);
  addStreamOptions(command);
  command
    .option('-F, --filter <pattern>', "CloudWatch filter pattern: ERROR, '{ $.status >= 500 }'")
    .option('--limit <n>', 'the first n events, then end')
    .option('--concurrency <n>', 'requests in flight at once; 1 reads page after page')
    .option('--unmask', 'show masked data (needs logs:Unmask)');
  addOutputOptions(command);
  command
    .option('--fail-if-empty', 'exit 3 when there is no event')
    .option('--dry-run', 'print the resolved request as JSON and stop');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((operands: string[], flags: FetchFlags) => runFetch(operands, flags, io));
}

const examples = `
Examples:
  cwlogs fetch /aws/lambda/checkout --start "yesterday 3pm" | grep -i timeout
  cwlogs fetch /prod/api /prod/worker --start 2h --end 1h --filter ERROR --format json
`;

/** Reads what was typed; every usage error is found here, before any client exists. */
export async function toFetchRequest(
  operands: readonly string[],
  flags: FetchFlags,
  clock: { readonly nowMs: number; readonly zone: string },
): Promise<FetchRequest> {
  const { toRange } = await import('../time/range.js');
  return {
    logGroups: parseGroups(operands),
    streams: toStreamSelector(flags),
    ...toRange(rangeFlags(flags), clock),
    filterPattern: flags.filter === undefined ? undefined : parseFilter(flags.filter),
    unmask: flags.unmask === true,
    limit: flags.limit === undefined ? undefined : parseCount(flags.limit, '--limit'),
  };
}

async function runFetch(operands: readonly string[], flags: FetchFlags, io: Io): Promise<void> {
  const { resolveZone } = await import('../time/zone.js');
  const zone = resolveZone(flags, io.env);
  const nowMs = io.now();
  const request = await toFetchRequest(operands, flags, { nowMs, zone });
  const outputRequest = await toOutputRequest(flags, io);
  const concurrency = flags.concurrency === undefined ? undefined : parseCount(flags.concurrency, '--concurrency');
  const clientOptions = toClientOptions(flags, io);
  if (flags.dryRun === true)
    return io.stdout.write(
      renderDryRun(
        request,
        zone,
        clientOptions.map(({ region }) => region),
      ),
    );

  const { connect } = await import('../logs/client.js');
  const { fetchEventPages } = await import('../logs/read/fetch-events.js');
  const connections = await Promise.all(clientOptions.map(connect));
  const clients = connections.map(({ client }) => client);
  try {
    const reporter = createReporter(io, flags);
    const regions = connections.map(({ region }) => region);
    const window = await renderWindow(request, { nowMs, zone });
    await reporter.notice([placeOf(regions, clientOptions[0].profile), groupsOf(request), window].join(' · '));
    if (request.endMs > nowMs - lateMs) await reporter.notice('events of the last two minutes may still be arriving');
    const write = await createOutput(outputRequest, { zone, sources: toSources(request, regions) }, io);
    const count = await writeAll(fetchEventPages(clients, request, { signal: io.signal, concurrency, nowMs }), write);
    if (count > 0) return;
    const nothing = `no events in ${groupsOf(request)} (${regions.join(', ')}) from ${window}${await newestOf(clients, request, nowMs)}`;
    if (flags.failIfEmpty === true) throw new ConditionError(nothing);
    await reporter.warn(nothing);
  } finally {
    for (const client of clients) client.destroy();
  }
}

/** Events may reach the service this long after they were logged. */
const lateMs = 2 * 60_000;

async function writeAll(
  pages: AsyncIterable<readonly LogEvent[]>,
  write: (events: readonly LogEvent[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const events of pages) {
    await write(events);
    count += events.length;
  }
  return count;
}

/** The longest pattern that FilterLogEvents takes. */
const maxFilterLength = 1024;

function parseFilter(text: string): string {
  const flag = '--filter';
  if (text.length > maxFilterLength)
    throw new UsageError({ flag, value: text, problem: `is longer than ${maxFilterLength} characters` });
  if (/^\s*\{\s*\(*\s*\./.test(text)) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'has a field without its $: in double quotes the shell takes $.field for a variable',
      fix: `put the pattern in single quotes: '{ $.status = 500 }'`,
    });
  }
  return text;
}

function renderDryRun(request: FetchRequest, zone: string, regions: readonly (string | undefined)[]): string {
  const { startMs, endMs } = request;
  const resolved = {
    command: 'fetch',
    regions: regions.filter((region) => region !== undefined),
    logGroups: request.logGroups,
    streams: request.streams,
    startMs: startMs ?? null,
    endMs,
    start: startMs === undefined ? null : new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    zone,
    filterPattern: request.filterPattern ?? null,
    limit: request.limit ?? null,
    unmask: request.unmask,
  };
  return `${JSON.stringify(resolved, null, 2)}\n`;
}

async function renderWindow(request: FetchRequest, clock: { nowMs: number; zone: string }): Promise<string> {
  const { renderRange } = await import('../time/range-words.js');
  return renderRange(request, clock);
}

function placeOf(regions: readonly string[], profile: string | undefined): string {
  return profile === undefined ? regions.join(', ') : `${profile}/${regions.join(', ')}`;
}

function groupsOf({ logGroups }: FetchRequest): string {
  return logGroups.length === 1 ? logGroups.join() : `${logGroups.length} groups`;
}

function toSources({ logGroups, streams }: FetchRequest, regions: readonly string[]): EventSource[] {
  const stream = streams.kind === 'names' && streams.names.length === 1 ? { stream: streams.names.join() } : {};
  return logGroups.flatMap((group) => regions.map((region) => ({ region, group, ...stream })));
}

async function newestOf(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  nowMs: number,
): Promise<string> {
  const { newestEventMs } = await import('../logs/read/newest.js');
  const { renderAge } = await import('../render/quantity.js');
  const newest = await Promise.all(
    clients.flatMap((client) => request.logGroups.map((logGroup) => newestEventMs(client, logGroup, request.streams))),
  );
  const known = newest.filter((ms) => ms !== undefined);
  if (known.length === 0) return '';
  const newestMs = Math.max(...known);
  return `; the newest event there is of ${new Date(newestMs).toISOString()} (${renderAge(nowMs - newestMs)})`;
}
