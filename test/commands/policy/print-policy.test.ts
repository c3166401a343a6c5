import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../../src/main.js';
import { createProgram } from '../../../src/program.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { deedsOf, isAllowed, type Policy } from '../../support/iam.js';
import { memoryIo } from '../../support/memory-io.js';
import { type Recorder, startRecorder } from '../../support/recorder.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const folder = mkdtempSync(join(tmpdir(), 'cwlogs-policy-'));
const saved = join(folder, 'saved.log');
const list = join(folder, 'streams.txt');
const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/prod/api';
const url =
  'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fprod$252Fapi/log-events/web$252F1';

let endpoint: LocalEndpoint;
let recorder: Recorder;

beforeAll(async () => {
  // The groups are a day old: a query sees nothing from before.
  let presentMs = nowMs - 86_400_000;
  endpoint = await startEndpoint({ now: () => presentMs, switches: { exports: { folder } } });
  for (const group of ['/prod/api', '/prod/worker']) {
    endpoint.store.createGroup(group);
    for (const stream of ['web/1', 'web/2', 'job/1']) {
      endpoint.store.seedEvents(group, stream, [{ timestamp: nowMs - 1_000, message: '{"level":"error"}' }]);
    }
  }
  presentMs = nowMs;
  recorder = await startRecorder(endpoint.url);
  writeFileSync(list, 'web/1\njob/1\n');
  const argv = ['fetch', 'worker', '--start', '1h', '--stream', 'w*/*1', '--manifest', '-o', saved];
  expect((await run(argv)).code).toBe(0);
  recorder.take();
});
afterAll(async () => {
  recorder.close();
  await endpoint.close();
});

async function run(argv: readonly string[], stdin: readonly string[] = []) {
  const io = memoryIo({ nowMs, env: endpointEnv(recorder), stdin });
  const code = await main(argv, io);
  return { code, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

async function policyOf(argv: readonly string[], stdin: readonly string[] = []): Promise<Policy> {
  const { code, stdout, stderr } = await run([...argv, '--print-policy'], stdin);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(recorder.take()).toEqual([]);
  return JSON.parse(stdout);
}

const lines = ['{"timestamp":"2026-11-18T15:30:00Z","message":"x"}\n'];

/** Each line with what it may come to need, and does not. */
const asking: [argv: string[], spare?: string[], stdin?: string[]][] = [
  [['fetch', '/prod/api']],
  [['fetch', '/prod/api', '--start', '1h', '--unmask']],
  [['fetch', '/prod/api', '--since', '1h']],
  [['fetch', '/prod/api', '/prod/worker', '--start', '1h', '--stream', 'web/1']],
  [['fetch', '/prod/*', '--start', '1h', '--stream', 'w*/1*']],
  [['fetch', '/prod/api', '--start', '1h', '--stream', 'web/*']],
  [['fetch', '/prod/api', '--start', '1h', '--stream-prefix', 'web/']],
  [['fetch', '/prod/api', '--start', '1h', '--stream', `@${list}`]],
  [['fetch', 'worker', '--start', '1h']],
  [['fetch', '/prod/api', '--start', '1h', '-g', 'error', '-C', '2']],
  [['fetch', '/prod/api', '-F', 'error', '-C', '2']],
  [['fetch', '/prod/api', '--start', '1h', '--last', '3']],
  [['fetch', '/prod/api', '--start', '1h', '--follow', '--limit', '1']],
  [['fetch', '/prod/api', '--follow', '--limit', '1']],
  [['fetch', '/prod/*', '--via', 'insights', '--limit', '1'], ['logs:StopQuery']],
  [['fetch', '/prod/api', '--start', '1h', '-o', join(folder, 'x.log')]],
  [['fetch', arn]],
  [['fetch', arn, '/prod/api', '--start', '1h']],
  [['fetch', arn, 'api', '--start', '1h']],
  [['fetch', arn, '/prod/*', '--start', '1h']],
  [['fetch', '/prod/api', '--start', '1h', '--region', 'eu-west-1', '--region', 'cn-north-1']],
  [['fetch', url]],
  [['fetch', '-', '--start', '1h'], [], ['/prod/api\n', 'worker\n']],
  [['tail', '/prod/api', '--no-follow']],
  [['tail', '/prod/*', '--no-follow', '--stream', 'w*/1']],
  [['tail', '/prod/api', '--limit', '1', '--start', '1h', '--wait']],
  [['tail', '/prod/api', '--no-follow', '-g', 'error', '-C', '1']],
  [['tail', '/prod/api', '--live', '--for', '1s']],
  [['trace', 'error', '/prod/api']],
  [['trace', 'error', '/prod/api', 'worker', '-C', '1']],
  [['histogram', '/prod/*', '--by', 'level']],
  [['histogram', '/prod/api', '--via', 'insights'], ['logs:StopQuery']],
  [['groups']],
  [['groups', '--format', 'names']],
  [['groups', '/prod', '--last-event']],
  [['groups', '--format', 'names', '--sort', 'last-event']],
  [['streams', '/prod/api']],
  [['streams', 'api', 'web']],
  [['streams', arn]],
  [['streams', url]],
  [['query', 'fields @message', '--group', '/prod/api'], ['logs:StopQuery']],
  [['query', 'fields @message', '--group', 'worker', '--group', arn], ['logs:StopQuery']],
  [['query', 'fields @message', '--group', '/prod/*', '--estimate']],
  [['put', '/prod/api', `new ?\${x}`], [], ['a line\n']],
  [['put', '/new/one', '--create', '--retention', '30'], [], ['a line\n']],
  [['put', '/new/two', '--create'], [], ['a line\n']],
  [['put', '/prod/api', 'old', '--json-time', 'timestamp'], [], lines],
  [['export', '/prod/api', 's3://bucket/logs', '--start', '1h'], ['s3:PutObject']],
  [
    ['export', arn, 's3://bucket/logs', '--start', '1h', '--no-wait'],
    ['logs:DescribeExportTasks', 's3:PutObject'],
  ],
  [['export', '--list']],
  [['pattern', 'ERROR', '--aws'], [], ['a line\n']],
  [['verify', saved, '--recount']],
];

test.each(asking)('%j asks for what its policy allows, and no less', async (argv, spare = [], stdin = []) => {
  const policy = await policyOf(argv, argv.includes('-') ? stdin : []);
  expect((await run(argv, stdin)).code).toBe(0);
  const deeds = recorder.take().flatMap(deedsOf);
  expect(deeds.filter((deed) => !isAllowed(policy, deed))).toEqual([]);
  const granted = policy.Statement.flatMap(({ Action }) => Action);
  const done = new Set(deeds.map(({ action }) => action));
  expect(granted.filter((action) => !done.has(action))).toEqual(spare);
});

type Statements = readonly (readonly [actions: string, ...resources: string[]])[];

test.each<[why: string, argv: string[], statements: Statements]>([
  [
    'groups by name, in the regions that are read, of whatever account',
    ['fetch', '/prod/api', '/aws/lambda/a-*', '--start', '1h', '--region', 'eu-west-1', '--region', 'cn-north-1'],
    [
      [
        'logs:FilterLogEvents',
        'arn:aws-cn:logs:cn-north-1:*:log-group:/aws/lambda/a-*:*',
        'arn:aws-cn:logs:cn-north-1:*:log-group:/prod/api:*',
        'arn:aws:logs:eu-west-1:*:log-group:/aws/lambda/a-*:*',
        'arn:aws:logs:eu-west-1:*:log-group:/prod/api:*',
      ],
      ['logs:ListLogGroups', '*'],
    ],
  ],
  [
    'another partition',
    ['fetch', '/prod/api', '--region', 'us-gov-west-1'],
    [
      ['logs:DescribeLogGroups', 'arn:aws-us-gov:logs:us-gov-west-1:*:log-group:*'],
      ['logs:FilterLogEvents', 'arn:aws-us-gov:logs:us-gov-west-1:*:log-group:/prod/api:*'],
    ],
  ],
  [
    'a group of another account by its ARN, with what stands for its streams',
    ['tail', 'arn:aws:logs:us-east-1:999999999999:log-group:/prod/api:*'],
    [['logs:FilterLogEvents', 'arn:aws:logs:us-east-1:999999999999:log-group:/prod/api:*']],
  ],
  [
    'what Live Tail needs where the ARN is not to be looked up',
    ['tail', arn, '--live'],
    [['logs:FilterLogEvents logs:StartLiveTail', 'arn:aws:logs:us-east-1:123456789012:log-group:/prod/api:*']],
  ],
  [
    'the group and the region of a console URL',
    [
      'fetch',
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fprod$252Fapi$3Fstart$3D-3600000',
    ],
    [['logs:FilterLogEvents', 'arn:aws:logs:eu-west-1:*:log-group:/prod/api:*']],
  ],
  [
    'a group by the last part of its name',
    ['query', 'fields @message', '--group', 'worker'],
    [
      ['logs:DescribeLogGroups', 'arn:aws:logs:us-east-1:*:log-group:*'],
      ['logs:FilterLogEvents', 'arn:aws:logs:us-east-1:*:log-group:worker:*'],
      ['logs:GetQueryResults logs:ListLogGroups logs:StopQuery', '*'],
      [
        'logs:StartQuery',
        'arn:aws:logs:us-east-1:*:log-group:*/worker:*',
        'arn:aws:logs:us-east-1:*:log-group:worker:*',
      ],
    ],
  ],
  [
    'a query that names its groups itself',
    ['query', "SOURCE logGroups(namePrefix: ['/prod']) | fields @message"],
    [
      ['logs:GetQueryResults logs:StopQuery', '*'],
      ['logs:StartQuery', 'arn:aws:logs:us-east-1:*:log-group:*:*'],
    ],
  ],
  [
    'one stream, whose name has characters that policies use',
    ['put', '/prod/api', `a?b\${c}$LATEST`],
    [
      ['logs:CreateLogStream', 'arn:aws:logs:us-east-1:*:log-group:/prod/api:*'],
      ['logs:PutLogEvents', `arn:aws:logs:us-east-1:*:log-group:/prod/api:log-stream:a\${?}b\${$}{c}$LATEST`],
    ],
  ],
  [
    'streams that events bring themselves',
    ['put', '/prod/api', '--from-json'],
    [
      ['logs:CreateLogStream', 'arn:aws:logs:us-east-1:*:log-group:/prod/api:*'],
      ['logs:DescribeLogGroups', 'arn:aws:logs:us-east-1:*:log-group:*'],
      ['logs:PutLogEvents', 'arn:aws:logs:us-east-1:*:log-group:/prod/api:log-stream:*'],
    ],
  ],
  [
    'an export, and the place it goes to',
    ['export', '/prod/api', 's3://bucket/logs', '--no-wait', '--region', 'cn-north-1'],
    [
      ['logs:CreateExportTask', 'arn:aws-cn:logs:cn-north-1:*:log-group:/prod/api:*'],
      ['logs:DescribeExportTasks', '*'],
      ['s3:PutObject', 'arn:aws-cn:s3:::bucket/logs/*'],
    ],
  ],
  ['the end of an export', ['export', '--cancel', 'x'], [['logs:CancelExportTask', '*']]],
  [
    'the streams of groups that match',
    ['groups', 'prod', '--last-event'],
    [
      ['logs:DescribeLogGroups', 'arn:aws:logs:us-east-1:*:log-group:*'],
      ['logs:DescribeLogStreams', 'arn:aws:logs:us-east-1:*:log-group:*prod*:*'],
    ],
  ],
  [
    'what a manifest tells, which is resolved',
    ['verify', saved, '--recount', '--region', 'us-east-1'],
    [['logs:DescribeLogStreams logs:FilterLogEvents', 'arn:aws:logs:us-east-1:*:log-group:/prod/worker:*']],
  ],
])('the policy names %s', async (_, argv, statements) => {
  expect(await policyOf(argv)).toEqual({
    Version: '2012-10-17',
    Statement: statements.map(([actions, ...Resource]) => ({ Effect: 'Allow', Action: actions.split(' '), Resource })),
  });
});

const config = join(folder, 'config');

test.each([
  ['the region of the profile', '[profile prod]\nregion = eu-central-1\n', ['--profile', 'prod'], 'eu-central-1'],
  ['any region where none is told', '', [], '*'],
])('the policy names %s', async (_, text, flags, region) => {
  writeFileSync(config, text);
  // The SDK looks for the configuration there.
  for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', config);
  const io = memoryIo({ env: { AWS_CONFIG_FILE: config } });
  const code = await main(['fetch', '/prod/api', '--start', '1h', '--print-policy', ...flags], io);
  vi.unstubAllEnvs();
  expect({ code, stderr: io.stderr.text() }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(io.stdout.text()).Statement[0].Resource).toEqual([
    `arn:aws:logs:${region}:*:log-group:/prod/api:*`,
  ]);
});

const needless: [argv: string[]][] = [
  [['pattern', 'ERROR', 'app.log']],
  [['pattern', 'ERROR', '--explain']],
  [['verify', saved]],
  [['serve']],
  [['completion', 'bash']],
  [['export', '/prod/api', 's3://bucket/logs', '--print-bucket-policy', '--account', '123456789012']],
];

test.each(needless)('%j needs no permission, and gets no policy that would be none', async (argv) => {
  expect(await run([...argv, '--print-policy'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'cwlogs: --print-policy has nothing to print: this command line asks nothing of AWS, and needs no permission; leave it out\n',
  });
});

test.each([
  [['fetch', '/prod/api', '--start', 'nonsense'], '--start "nonsense"'],
  [['fetch', '/prod/api', '-F', '{ $.a = '], '--filter'],
  [['fetch', '/prod/api', '--region', 'here'], '--region "here"'],
  [['fetch', arn, '--region', 'eu-west-1'], 'is in us-east-1'],
  [['fetch', '/prod/api', '--resume'], '--resume'],
  [['fetch', '/prod/api', '--profile', 'nobody'], '--profile "nobody"'],
  [['tail', '/prod/api', '--last', 'x'], '--last "x"'],
  [['trace', '', '/prod/api'], '<id>'],
  [['histogram', '/prod/api', '--by', ''], '--by'],
  [['groups', '--sort', 'x'], '--sort "x"'],
  [['groups', '--format', 'x'], '--format "x"'],
  [['streams', 'a b'], '<group> "a b"'],
  [['streams', '/prod/api', '--format', 'x'], '--format "x"'],
  [['query', 'fields @message'], '--group'],
  [['put', arn], 'is an ARN'],
  [['put', '/prod/api', '--retention', '30'], '--retention "30"'],
  [['export', '/prod/api'], '<s3-url>'],
  [['export', '--list', '--format', 'x'], '--format "x"'],
  [['export', '--cancel', 'x', '--list'], '--list'],
  [['pattern', '{ $.a = '], '<pattern>'],
  [['verify', join(folder, 'nothing')], '<path>'],
  [['serve', '--port', 'x'], '--port "x"'],
  [['completion', 'dos'], '<shell> "dos"'],
])('%j is refused as it is without --print-policy', async (argv, named) => {
  const asked = await run([...argv, '--print-policy']);
  expect(asked).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(named) });
  expect(await run(argv)).toEqual(asked);
});

test('every command that takes --print-policy is looked at here', async () => {
  const { commands } = await createProgram(memoryIo());
  const taking = commands.filter(({ options }) => options.some(({ long }) => long === '--print-policy'));
  const known = new Set([...asking, ...needless].map(([[name]]) => name));
  expect(taking.map((command) => command.name()).sort()).toEqual([...known].sort());
});
