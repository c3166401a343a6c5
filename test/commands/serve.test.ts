import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { toEndpointOptions } from '../../src/commands/serve.js';
import { main } from '../../src/main.js';
import { temporaryFolder } from '../save/folder.js';
import { memoryIo } from '../support/memory-io.js';

type Flags = Partial<Parameters<typeof toEndpointOptions>[0]>;

test.each<[Flags, object]>([
  [{}, {}],
  [{ latency: '200' }, { latencyMs: 200 }],
  [{ latency: '150-250' }, { latencyMs: [150, 250] }],
  [{ rate: '2.5' }, { requestsPerSecond: 2.5 }],
  [
    { pageEvents: '10', pageBytes: '1000' },
    { pageEvents: 10, pageBytes: 1_000 },
  ],
  [
    { pageEvents: '10000', pageBytes: '1048576' },
    { pageEvents: 10_000, pageBytes: 1_048_576 },
  ],
  [{ faults: '10%' }, { faults: { share: 0.1 } }],
  [{ faults: '0.1' }, { faults: { share: 0.1 } }],
  [{ faults: '1' }, { faults: { share: 1 } }],
  [{ emptyPages: '12.5%' }, { emptyPages: 0.125 }],
  [{ emptyPages: '100%' }, { emptyPages: 1 }],
  [{ scannedBytes: '500' }, { scannedBytes: 500 }],
  [{ endTime: 'exclusive' }, { endTime: 'exclusive' }],
  [{ tokenLifetime: '1m30s' }, { tokenLifetimeMs: 90_000 }],
  [{ visibleAfter: '500' }, { visibility: { delayMs: 500 } }],
  [{ visibleAfter: '100-3000' }, { visibility: { delayMs: [100, 3_000] } }],
  [{ late: '10%' }, { visibility: { late: { share: 0.1, delayMs: [5_000, 20_000] } } }],
  [{ liveSession: '30s' }, { liveTail: { sessionMs: 30_000 } }],
  [{ seed: '7' }, { seed: 7 }],
])('the flags %j make the endpoint %j', async (flags, switches) => {
  expect(await toEndpointOptions({ color: 'auto', ...flags })).toEqual({ port: 0, switches });
});

test('--port chooses the port', async () => {
  expect(await toEndpointOptions({ color: 'auto', port: '4588' })).toEqual({ port: 4588, switches: {} });
});

test.each<[Flags, string]>([
  [{ port: '65536' }, '--port "65536" is not a port; try --port 4588'],
  [{ pageEvents: '20000' }, '--page-events "20000" is above the service’s own limit of 10,000; leave it out for that'],
  [
    { pageBytes: '1048577' },
    '--page-bytes "1048577" is above the service’s own limit of 1,048,576; leave it out for that',
  ],
  [{ pageEvents: '0' }, '--page-events "0" is not a whole number of at least 1; try --page-events 100'],
  [{ latency: '250-150' }, '--latency "250-150" is not a time in ms; try --latency 200 or 150-250'],
  [{ visibleAfter: '1s' }, '--visible-after "1s" is not a time in ms; try --visible-after 200 or 150-250'],
  [{ late: '2' }, '--late "2" is not a share from 0 to 1; try --late 10% or 0.1'],
  [{ liveSession: 'long' }, '--live-session "long" is not a duration'],
  [{ faults: '10' }, '--faults "10" is not a share from 0 to 1; try --faults 10% or 0.1'],
  [{ faults: '101%' }, '--faults "101%" is not a share from 0 to 1; try --faults 10% or 0.1'],
  [{ faults: '%' }, '--faults "%" is not a share from 0 to 1; try --faults 10% or 0.1'],
  [{ emptyPages: '-1' }, '--empty-pages "-1" is not a share from 0 to 1; try --empty-pages 10% or 0.1'],
  [{ scannedBytes: '0' }, '--scanned-bytes "0" is not a whole number of at least 1; try --scanned-bytes 100'],
  [{ endTime: 'both' }, '--end-time "both" is not known; use inclusive, exclusive'],
  [
    { tokenLifetime: 'soon' },
    '--token-lifetime "soon" is not a duration; write a number and a unit (ms, s, m, h, d, w): 90s, 1h30m',
  ],
])('the flags %j are refused', async (flags, message) => {
  await expect(toEndpointOptions({ color: 'auto', ...flags })).rejects.toThrow(message);
});

test.each([
  [
    'file',
    /^cwlogs: --export-dir "[^"]+file" is a file, not a folder; name a folder, which is made where there is none\n$/,
  ],
  [
    'file/buckets',
    /^cwlogs: --export-dir "[^"]+" lies below "[^"]+file", which is a file, not a folder; choose another/,
  ],
])('--export-dir %s, where file is one: refused before it listens', async (name, said) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'x');
  const io = memoryIo();
  expect(await main(['serve', '--export-dir', join(folder, name)], io)).toBe(2);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toMatch(said);
});

test('--export-dir may be a folder, or none yet', async () => {
  const folder = temporaryFolder();
  for (const exportDir of [folder, join(folder, 'new', 'deep')]) {
    expect(await toEndpointOptions({ color: 'auto', exportDir })).toMatchObject({
      switches: { exports: { folder: exportDir } },
    });
  }
});

/** Runs `serve` until it has printed, hands over what it printed, and ends it with Ctrl-C. */
async function serve(
  args: readonly string[],
  use: (environment: Map<string, string>, text: string) => unknown,
): Promise<number> {
  const io = memoryIo();
  const running = main(['serve', ...args], io);
  while (io.stdout.text() === '') await new Promise(setImmediate);
  try {
    const pairs = [...io.stdout.text().matchAll(/(\w+)=(\S+)/g)];
    await use(new Map(pairs.map(([, name = '', value = '']) => [name, value])), io.stdout.text());
  } finally {
    io.interrupt('SIGINT');
  }
  return running;
}

/** A client in the environment that was printed. */
function createClient(environment: Map<string, string>): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    endpoint: environment.get('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS') ?? '',
    region: environment.get('AWS_REGION') ?? '',
    credentials: {
      accessKeyId: environment.get('AWS_ACCESS_KEY_ID') ?? '',
      secretAccessKey: environment.get('AWS_SECRET_ACCESS_KEY') ?? '',
    },
  });
}

test('it prints the environment in which a client reaches it, and Ctrl-C is how it is meant to end', async () => {
  const exitCode = await serve(['--demo'], async (environment) => {
    const client = createClient(environment);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
    client.destroy();
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['/demo/api', '/demo/lambda', '/demo/worker']);
  });
  expect(exitCode).toBe(0);
});

test('another seed makes other demo logs', async () => {
  const streamsOf = async (...args: string[]) => {
    const names: (string | undefined)[] = [];
    await serve(['--demo', ...args], async (environment) => {
      const client = createClient(environment);
      const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({ logGroupName: '/demo/api' }));
      client.destroy();
      names.push(...logStreams.map(({ logStreamName }) => logStreamName));
    });
    return names;
  };
  const [usual, same, other] = [await streamsOf(), await streamsOf('--seed', '1'), await streamsOf('--seed', '2')];
  expect(usual.length).toBe(4);
  expect(same).toEqual(usual);
  expect(other.filter((name) => usual.includes(name))).toEqual([]);
});

test('nothing but lines for a shell is printed', async () => {
  await serve([], (_, text) => {
    expect(text).toMatch(/^(?:export \w+=\S+(?: \w+=\S+)*\n)+# then, in that shell: cwlogs groups\n$/);
  });
});

test('a port that is in use is a usage error', async () => {
  const second = memoryIo();
  let port = '';
  let exitCode: number | undefined;
  await serve([], async (environment) => {
    port = new URL(environment.get('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS') ?? '').port;
    exitCode = await main(['serve', '--port', port], second);
  });
  expect(exitCode).toBe(2);
  expect(second.stderr.text()).toContain(`--port "${port}" is in use; leave it out for a free one\n`);
});
