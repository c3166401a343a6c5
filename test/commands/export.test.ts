import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseS3Url } from '../../src/commands/export/options.js';
import { main } from '../../src/main.js';
import { seedDemo } from '../../src/server/demo/seed.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import type { ExportSettings } from '../../src/server/export-tasks.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 12);

async function start(exports: ExportSettings): Promise<LocalEndpoint> {
  const endpoint = await startEndpoint({ now: () => nowMs, switches: { exports: { pollsEach: 0, ...exports } } });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

async function run(endpoint: LocalEndpoint | undefined, ...argv: string[]) {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const exitCode = await main(argv, io);
  return { stdout: io.stdout.text(), stderr: io.stderr.text(), exitCode };
}

const exportShop = ['export', '/shop', 's3://logs/a/'];

async function startShop(exports: ExportSettings = {}) {
  const endpoint = await start({ folder: temporaryFolder(), ...exports });
  endpoint.store.createGroup('/shop', { creationTime: nowMs - 86_400_000 });
  endpoint.store.seedEvents('/shop', 'web/1', [{ timestamp: nowMs - 60_000, message: 'one' }]);
  return endpoint;
}

test('what is exported is what fetch reads of the same range', async () => {
  const folder = temporaryFolder();
  const endpoint = await start({ folder });
  seedDemo(endpoint.store, { nowMs });
  const range = ['--start', '1d ago', '--end', '1h ago'];
  const exported = await run(endpoint, 'export', '/demo/api', 's3://bucket/prefix', ...range);
  expect(exported.exitCode).toBe(0);
  const [, taskId = ''] = /^s3:\/\/bucket\/prefix\/([\w-]+)\/\n$/.exec(exported.stdout) ?? [];
  expect(exported.stderr).toContain(`export task ${taskId} · completed · `);
  expect(exported.stderr).toContain(
    `read it: aws s3 cp --recursive s3://bucket/prefix/${taskId}/ ${taskId} && zcat ${taskId}/*/*.gz\n`,
  );

  const base = join(folder, 'bucket/prefix', taskId);
  const objects = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.gz'));
  const lines = objects.flatMap((path) =>
    gunzipSync(readFileSync(join(base, path)))
      .toString()
      .split('\n'),
  );
  const fetched = await run(endpoint, 'fetch', '/demo/api', ...range);
  const messages = fetched.stdout.split('\n').filter((line) => line !== '');
  expect(messages.length).toBeGreaterThan(5_000);
  const withoutTimes = lines
    .filter((line) => line !== '')
    .map((line) => line.slice('2026-11-20T12:00:00.000Z '.length));
  expect(withoutTimes.sort()).toEqual(messages.sort());
});

test('--no-wait prints the id of the task, which --list shows', async () => {
  const endpoint = await startShop({ pollsEach: 1 });
  const { stdout, exitCode } = await run(endpoint, ...exportShop, '--no-wait', '--start', '2h', '--end', '1h', '-q');
  expect(exitCode).toBe(0);
  const listed = await run(endpoint, 'export', '--list');
  const times = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:59:59.999Z'];
  const cells = [stdout.trim(), 'PENDING', '/shop', ...times, 's3://logs/a', '2026-11-20T12:00:00.000Z'];
  expect(listed).toEqual({ stdout: `${cells.join('\t')}\n`, stderr: '', exitCode: 0 });
  expect(await run(endpoint, 'export', '--list', '--format', 'names')).toMatchObject({ stdout });
});

test('where another task is under way it is named, or waited for', async () => {
  const endpoint = await startShop({ pollsEach: 2 });
  const first = (await run(endpoint, ...exportShop, '--no-wait')).stdout.trim();
  const second = await run(endpoint, ...exportShop);
  expect(second).toMatchObject({ stdout: '', exitCode: 1 });
  expect(second.stderr).toContain(
    `another export task of the account is under way (${first} of "/shop", pending), and there can be one at a time; wait for it with --wait-for-others`,
  );
  const third = await run(endpoint, ...exportShop, '--wait-for-others', '--no-wait');
  expect(third.exitCode).toBe(0);
  expect(endpoint.requests.get('CreateExportTask')).toBe(4);
  expect(third.stderr).toContain(
    `another export task of the account is under way; waiting for it: ${first} of /shop\n`,
  );
});

test('--cancel ends a task once', async () => {
  const endpoint = await startShop({ pollsEach: 5 });
  const taskId = (await run(endpoint, ...exportShop, '--no-wait')).stdout.trim();
  expect(await run(endpoint, 'export', '--cancel', taskId)).toMatchObject({ stdout: '', exitCode: 0 });
  expect((await run(endpoint, 'export', '--list')).stdout).toContain('\tCANCELLED\t');
  const again = await run(endpoint, 'export', '--cancel', taskId);
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is over: there is nothing to cancel') });
  const unknown = await run(endpoint, 'export', '--cancel', 'nothing');
  expect(unknown.stderr).toBe(
    'cwlogs: there is no export task "nothing"; cwlogs export --list shows those of the account\n',
  );
});

test('interrupted, it says that the task goes on, how to look at it and how to end it', async () => {
  const endpoint = await startShop({ pollsEach: 1_000 });
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const waiting = main([...exportShop, '--region', 'us-east-1'], io);
  await expect.poll(() => endpoint.requests.get('DescribeExportTasks')).toBe(1);
  io.interrupt('SIGINT');
  expect(await waiting).toBe(130);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toMatch(
    /export task (\S+) goes on without this command; look at it: cwlogs export --list --region us-east-1; end it: cwlogs export --cancel \1 --region us-east-1\n/,
  );
});

test('a task that fails is told with the reason of the service', async () => {
  const { stdout, stderr, exitCode } = await run(await startShop({ ending: 'FAILED' }), ...exportShop);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toContain('the export ended as FAILED: The export failed for an unknown reason (task ');
});

test('a lost connection is no reason to stop waiting', async () => {
  const endpoint = await startShop({ pollsEach: 1 });
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const waiting = main(exportShop, io);
  await expect.poll(() => endpoint.requests.get('DescribeExportTasks')).toBe(1);
  await endpoint.beginOutage('reset');
  await expect.poll(() => endpoint.requests.get('DescribeExportTasks') ?? 0).toBeGreaterThan(2);
  await endpoint.endOutage();
  expect(await waiting).toBe(0);
});

test('a bucket that is not open to the service is explained', async () => {
  const { stderr, exitCode } = await run(await startShop({ forbidden: 'GetBucketAcl' }), ...exportShop);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'bucket "logs" is not open to CloudWatch Logs (GetBucketAcl call on the given bucket failed.',
  );
  expect(stderr).toContain(
    'a policy for it: cwlogs export /shop s3://logs/a --print-bucket-policy --region us-east-1 --account <id>\n',
  );
});

describe('without a request', () => {
  test('--print-bucket-policy lets the service look and write, of this account alone', async () => {
    const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop';
    const { stdout } = await run(
      undefined,
      'export',
      arn,
      's3://logs/a',
      '--print-bucket-policy',
      '--region',
      'eu-west-1',
    );
    expect(JSON.parse(stdout).Statement).toMatchObject([
      { Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::logs' },
      {
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::logs/a/*',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012', 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:123456789012:log-group:*' },
        },
      },
    ]);
  });

  test('--dry-run prints what would be sent: the service’s end is inclusive', async () => {
    const { stdout } = await run(undefined, ...exportShop, '--start', '1h', '--stream-prefix', 'web/', '--dry-run');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'export',
      logGroupName: '/shop',
      logStreamNamePrefix: 'web/',
      from: nowMs - 3_600_000,
      to: nowMs - 1,
      destination: 'logs',
      destinationPrefix: 'a',
    });
  });

  test('a console URL is its group, its region and its times', async () => {
    const page =
      'https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fshop';
    const url = `${page}/log-events/web$252F1$3Fstart$3D-3600000`;
    const { stdout, stderr } = await run(undefined, 'export', url, 's3://logs/a', '--dry-run');
    expect(JSON.parse(stdout)).toMatchObject({
      regions: ['eu-west-1'],
      logGroupName: '/shop',
      from: nowMs - 3_600_000,
    });
    expect(stderr).toBe(
      'cwlogs: the stream of the address is not used: an export takes whole groups, or what --stream-prefix begins\n',
    );
    const policy = await run(
      undefined,
      'export',
      url,
      's3://logs',
      '--print-bucket-policy',
      '--account',
      '123456789012',
    );
    expect(policy.stdout).toContain('logs.eu-west-1.amazonaws.com');
  });

  test.each<[string[], string]>([
    [[], '<group> is missing; try: cwlogs export /prod/api s3://bucket/prefix --start 1d'],
    [['/shop'], '<s3-url> is missing'],
    [['/shop', 'logs/a'], '<s3-url> "logs/a" is not an S3 URL; try s3://my-bucket/logs'],
    [['/shop', 's3://Logs/a'], '<s3-url> "s3://Logs/a" names no bucket: Logs cannot be one'],
    [['s3://logs/a', '/shop'], '<group> "s3://logs/a" is not a log group name'],
    [['/shop', 's3://logs', '--list'], '--list is about tasks, and takes no group; leave out /shop'],
    [['--list', '--cancel', 'x'], '--list and --cancel cannot be used together'],
    [['/shop', 's3://logs', '--account', '1'], '--account is about --print-bucket-policy; leave it out'],
    [['s3://logs', '--print-bucket-policy'], '--account is needed for a bucket policy'],
    [['s3://logs', '--print-bucket-policy', '--account', '12'], '--account "12" is not an account id'],
    [['/shop', 's3://logs', '--region', 'us-east-1', '--region', 'eu-west-1'], '--region is given several times'],
  ])('%j is refused', async (argv, message) => {
    const { stdout, stderr, exitCode } = await run(undefined, 'export', ...argv);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(`cwlogs: ${message}`);
  });
});

test.each([
  ['s3://my-bucket', { bucket: 'my-bucket', prefix: 'exportedlogs' }],
  ['s3://my.bucket/', { bucket: 'my.bucket', prefix: 'exportedlogs' }],
  ['s3://bucket/a b/c//', { bucket: 'bucket', prefix: 'a b/c' }],
])('%s is a place to export to', (text, place) => {
  expect(parseS3Url(text)).toEqual(place);
});

test('in a demo the bucket is a folder, which is named', async () => {
  const { stdout, stderr, exitCode } = await run(
    undefined,
    'demo',
    ...['export', '/demo/worker', 's3://bucket/prefix', '--start', '1d ago', '--no-wait'],
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^[\w-]+\n$/);
  const [, folder = ''] = /in the demo, s3:\/\/ is the folder (\S+)\n/.exec(stderr) ?? [];
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(readFileSync(join(folder, 'bucket/prefix/aws-logs-write-test'), 'utf8')).toBe('Permission Check Successful');
});
