import { once } from 'node:events';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { EndpointOptions } from '../server/endpoint.js';
import type { Span } from '../server/random.js';
import type { EndpointSwitches } from '../server/switches.js';
import type { VisibilitySettings } from '../server/visibility.js';
import { addGlobalOptions, type GlobalFlags } from './options/global.js';
import { belowFile, parseChoice, parseCount, parseRate, parseShare } from './options/values.js';

interface ServeFlags extends GlobalFlags {
  readonly port?: string;
  readonly demo?: boolean;
  readonly latency?: string;
  readonly rate?: string;
  readonly pageEvents?: string;
  readonly pageBytes?: string;
  readonly emptyPages?: string;
  readonly scannedBytes?: string;
  readonly endTime?: string;
  readonly tokenLifetime?: string;
  readonly visibleAfter?: string;
  readonly late?: string;
  readonly liveSession?: string;
  readonly exportDir?: string;
  readonly faults?: string;
  readonly seed?: string;
}

/** Registers `serve`. */
export function registerServe(command: Command, io: Io): void {
  command
    .description(
      'Run a local CloudWatch Logs endpoint: in memory, on this machine only, until Ctrl-C. It prints the environment to export.',
    )
    .option('--port <n>', 'port; default: a free one')
    .option('--demo', 'with the log groups of cwlogs demo')
    .option('--export-dir <folder>', 'folder whose sub-folders stand for the S3 buckets of export tasks; default: none')
    .optionsGroup('Making it slow or strict:')
    .option('--latency <ms>', 'answer so late: 200, or 150-250')
    .option('--rate <n>', 'requests a second for each operation, then ThrottlingException')
    .option('--page-events <n>', 'events a page, up to the service’s 10,000')
    .option('--page-bytes <n>', 'bytes a page, up to the service’s 1,048,576')
    .option('--empty-pages <share>', 'empty pages among those of FilterLogEvents and GetLogEvents: 20%, or 0.2')
    .option('--scanned-bytes <n>', 'bytes of events that one FilterLogEvents looks at')
    .option('--end-time <which>', 'an event at the very endTime of FilterLogEvents: inclusive (default), exclusive')
    .option('--token-lifetime <duration>', 'how long a page token is good: 30s; default: for ever')
    .option('--visible-after <ms>', 'events can be read so long after they were accepted: 500, or 100-3000')
    .option('--late <share>', 'events that can be read only 5 to 20 s after they were accepted: 10%, or 0.1')
    .option('--live-session <duration>', 'how long a Live Tail session lasts: 30s; default: the service’s 3h')
    .option('--faults <share>', 'requests that fail, as throttles, 500, 503, reset or cut connections: 10%, or 0.1')
    .option('--seed <n>', 'makes all randomness repeatable');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((flags: ServeFlags) => runServe(flags, io));
}

const examples = `
Examples:
  cwlogs serve --port 4588 --demo
  cwlogs serve --latency 150-250 --rate 25
  cwlogs serve --demo --faults 10% --empty-pages 20% --seed 1
  cwlogs serve --demo --late 10% --live-session 30s
`;

/** Reads how the endpoint is to behave. */
export async function toEndpointOptions(flags: ServeFlags): Promise<EndpointOptions> {
  return { port: flags.port === undefined ? 0 : parsePort(flags.port), switches: await toSwitches(flags) };
}

async function runServe(flags: ServeFlags, io: Io): Promise<void> {
  const options = await toEndpointOptions(flags);
  if (flags.printPolicy === true) {
    const { printPolicy } = await import('./policy/print-policy.js');
    return printPolicy([], flags, io);
  }
  const { startEndpoint } = await import('../server/endpoint.js');
  const { startDemo } = await import('../server/demo/seed.js');
  const endpoint = await startEndpoint({ ...options, now: io.now });
  const stopDemo = flags.demo === true ? startDemo(endpoint, options.switches?.seed) : undefined;
  try {
    await io.stdout.write(renderEnvironment(endpoint.url, flags.demo === true));
    await createReporter(io, flags).notice(`listening on ${endpoint.url}; Ctrl-C ends it`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    // Ctrl-C is how a server is meant to end.
    if (io.signal.reason.signalName !== 'SIGINT') throw io.signal.reason;
  } finally {
    stopDemo?.();
    await endpoint.close();
  }
}

function renderEnvironment(url: string, withDemo: boolean): string {
  const command = withDemo ? 'cwlogs fetch /demo/api --start 1h' : 'cwlogs groups';
  return [
    `export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${url}`,
    'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1',
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
    `# then, in that shell: ${command}`,
    '',
  ].join('\n');
}

async function toSwitches(flags: ServeFlags): Promise<EndpointSwitches> {
  const { maxPageBytes, maxPageEvents } = await import('../server/switches.js');
  const { latency, rate, pageEvents, pageBytes, emptyPages, scannedBytes, endTime, tokenLifetime } = flags;
  const { visibleAfter, late, liveSession, faults, seed } = flags;
  const visibility: VisibilitySettings = {
    ...(visibleAfter === undefined ? {} : { delayMs: parseSpan(visibleAfter, '--visible-after') }),
    ...(late === undefined ? {} : { late: { share: parseShare(late, '--late'), delayMs: lateDelayMs } }),
  };
  return {
    ...(latency === undefined ? {} : { latencyMs: parseSpan(latency, '--latency') }),
    ...(rate === undefined ? {} : { requestsPerSecond: parseRate(rate, '--rate') }),
    ...(pageEvents === undefined ? {} : { pageEvents: parsePageLimit(pageEvents, '--page-events', maxPageEvents) }),
    ...(pageBytes === undefined ? {} : { pageBytes: parsePageLimit(pageBytes, '--page-bytes', maxPageBytes) }),
    ...(emptyPages === undefined ? {} : { emptyPages: parseShare(emptyPages, '--empty-pages') }),
    ...(scannedBytes === undefined ? {} : { scannedBytes: parseCount(scannedBytes, '--scanned-bytes') }),
    ...(endTime === undefined ? {} : { endTime: parseChoice(endTime, '--end-time', ['inclusive', 'exclusive']) }),
    ...(tokenLifetime === undefined ? {} : { tokenLifetimeMs: await parseLifetime(tokenLifetime, '--token-lifetime') }),
    ...(Object.keys(visibility).length === 0 ? {} : { visibility }),
    ...(liveSession === undefined
      ? {}
      : { liveTail: { sessionMs: await parseLifetime(liveSession, '--live-session') } }),
    ...(flags.exportDir === undefined ? {} : { exports: { folder: await parseFolder(flags.exportDir) } }),
    ...(faults === undefined ? {} : { faults: { share: parseShare(faults, '--faults') } }),
    ...(seed === undefined ? {} : { seed: parseCount(seed, '--seed') }),
  };
}

function parsePageLimit(text: string, flag: string, most: number): number {
  const limit = parseCount(text, flag);
  if (limit <= most) return limit;
  const problem = `is above the service’s own limit of ${most.toLocaleString('en-US')}`;
  throw new UsageError({ flag, value: text, problem, fix: 'leave it out for that' });
}

async function parseFolder(path: string): Promise<string> {
  const { fileAbove, isNoFile, sizeOf } = await import('../save/disk.js');
  const flag = '--export-dir';
  const above = await fileAbove(path);
  if (above !== undefined) throw belowFile(flag, path, above);
  const isFolder = (await isNoFile(path)) === 'a folder';
  if (path !== '' && (isFolder || (await sizeOf(path)) === undefined)) return path;
  const problem = path === '' ? 'is empty' : 'is a file, not a folder';
  throw new UsageError({ flag, value: path, problem, fix: 'name a folder, which is made where there is none' });
}

async function parseLifetime(text: string, flag: string): Promise<number> {
  const { parseDuration } = await import('../time/duration.js');
  return parseDuration(text, flag);
}

const lateDelayMs = [5_000, 20_000] as const;

function parseSpan(text: string, flag: string): Span {
  const [, least, most] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const range = [Number(least), Number(most ?? least)] as const;
  if (least !== undefined && range[0] <= range[1]) return most === undefined ? range[0] : range;
  throw new UsageError({
    flag,
    value: text,
    problem: 'is not a time in ms',
    fix: `try ${flag} 200 or 150-250`,
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError({ flag: '--port', value: text, problem: 'is not a port', fix: 'try --port 4588' });
}
