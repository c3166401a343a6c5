import { once } from 'node:events';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import type { EndpointOptions } from '../server/endpoint.js';
import type { EndpointSwitches } from '../server/switches.js';
import { addGlobalOptions, type GlobalFlags, parseCount, parseRate } from './options.js';

interface ServeFlags extends GlobalFlags {
  readonly port?: string;
  readonly demo?: boolean;
  readonly latency?: string;
  readonly rate?: string;
  readonly pageEvents?: string;
  readonly pageBytes?: string;
  readonly seed?: string;
}

/** Registers `serve`. */
export function registerServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .summary('run a local CloudWatch Logs endpoint, in memory')
    .description(
      'Run a local CloudWatch Logs endpoint: in memory, on this machine only, until Ctrl-C. It prints the environment to export.',
    )
    .option('--port <n>', 'port; default: a free one')
    .option('--demo', 'with the log groups of cwlogs demo')
    .optionsGroup('Making it slow or strict:')
    .option('--latency <ms>', 'answer so late: 200, or 150-250')
    .option('--rate <n>', 'requests a second for each operation, then ThrottlingException')
    .option('--page-events <n>', 'events a page, below the service’s 10,000')
    .option('--page-bytes <n>', 'bytes a page, below the service’s 1,048,576')
    .option('--seed <n>', 'makes all randomness repeatable');
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((flags: ServeFlags) => runServe(flags, io));
}

const examples = `
Examples:
  cwlogs serve --port 4588 --demo
  cwlogs serve --latency 150-250 --rate 25
`;

/** Reads how the endpoint is to behave. */
export function toEndpointOptions(flags: ServeFlags): EndpointOptions {
  return { port: flags.port === undefined ? 0 : parsePort(flags.port), switches: toSwitches(flags) };
}

async function runServe(flags: ServeFlags, io: Io): Promise<void> {
  const options = toEndpointOptions(flags);
  const { startEndpoint } = await import('../server/endpoint.js');
  const endpoint = await startEndpoint({ ...options, now: io.now });
  try {
    if (flags.demo === true) {
      const { seedDemo } = await import('../server/demo-data.js');
      seedDemo(endpoint.store, { nowMs: io.now() });
    }
    await io.stdout.write(renderEnvironment(endpoint.url, flags.demo === true));
    await createReporter(io, flags).notice(`listening on ${endpoint.url}; Ctrl-C ends it`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    // Ctrl-C is how a server is meant to end.
    if (io.signal.reason.signalName !== 'SIGINT') throw io.signal.reason;
  } finally {
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

function toSwitches(flags: ServeFlags): EndpointSwitches {
  return {
    ...(flags.latency === undefined ? {} : { latencyMs: parseLatency(flags.latency) }),
    ...(flags.rate === undefined ? {} : { requestsPerSecond: parseRate(flags.rate, '--rate') }),
    ...(flags.pageEvents === undefined ? {} : { pageEvents: parseCount(flags.pageEvents, '--page-events') }),
    ...(flags.pageBytes === undefined ? {} : { pageBytes: parseCount(flags.pageBytes, '--page-bytes') }),
    ...(flags.seed === undefined ? {} : { seed: parseCount(flags.seed, '--seed') }),
  };
}

function parseLatency(text: string): number | readonly [number, number] {
  const [, least, most] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const range = [Number(least), Number(most ?? least)] as const;
  if (least !== undefined && range[0] <= range[1]) return most === undefined ? range[0] : range;
  throw new UsageError({
    flag: '--latency',
    value: text,
    problem: 'is not a time in ms',
    fix: 'try --latency 200 or 150-250',
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError({ flag: '--port', value: text, problem: 'is not a port', fix: 'try --port 4588' });
}
