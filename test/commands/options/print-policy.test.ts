import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { memoryIo } from '../../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
let endpoint: LocalEndpoint;

beforeAll(async () => {
  // The groups are a day old: a query sees nothing from before.
  let presentMs = nowMs - 86_400_000;
  endpoint = await startEndpoint({ now: () => presentMs });
  for (const group of ['/prod/api', '/prod/worker']) {
    endpoint.store.createGroup(group);
    endpoint.store.seedEvents(group, 'web/1', [{ timestamp: nowMs - 1_000, message: '{"level":"error"}' }]);
  }
  presentMs = nowMs;
});
afterAll(() => endpoint.close());

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: readonly string[] }[];
}

async function policyOf(argv: readonly string[]): Promise<Policy> {
  const io = memoryIo({ nowMs });
  expect(await main([...argv, '--print-policy'], io)).toBe(0);
  expect(io.stderr.text()).toBe('');
  return JSON.parse(io.stdout.text());
}

const folder = mkdtempSync(join(tmpdir(), 'cwlogs-policy-'));

test.each([
  [['fetch', '/prod/api']],
  [['fetch', '/prod/api', '--start', '1h', '--unmask']],
  [['fetch', '/prod/*', '--start', '1h', '--stream', 'w*/1*']],
  [['fetch', 'worker', '--start', '1h']],
  [['fetch', '/prod/api', '--start', '1h', '-g', 'error', '-C', '2']],
  [['fetch', '/prod/api', '--start', '1h', '--last', '3']],
  [['fetch', '/prod/api', '--start', '1h', '--via', 'insights']],
  [['fetch', '/prod/api', '--start', '1h', '-o', join(folder, 'x.log')]],
  [['tail', '/prod/api', '--no-follow']],
  [['tail', '/prod/*', '--no-follow']],
  [['tail', '/prod/api', '--live', '--limit', '1', '--start', '1h']],
  [['trace', 'error', '/prod/api']],
  [['histogram', '/prod/*', '--by', 'level']],
  [['groups']],
  [['groups', '--last-event']],
  [['streams', '/prod/api']],
  [['query', 'fields @message', '--group', '/prod/api']],
  [['pattern', 'ERROR', '--explain']],
])('%j asks for nothing that its policy does not allow', async (argv) => {
  const { Statement } = await policyOf(argv);
  const before = new Map(endpoint.requests);
  expect(await main(argv, memoryIo({ nowMs, env: endpointEnv(endpoint) }))).toBe(0);
  const allowed = Statement.flatMap(({ Action }) => Action);
  const asked = [...endpoint.requests].filter(([name, count]) => count > (before.get(name) ?? 0));
  expect(asked.map(([name]) => `logs:${name}`).filter((name) => !allowed.includes(name))).toEqual([]);
});

test('it names the groups, in the regions that are read, of whatever account', async () => {
  const argv = [
    'fetch',
    '/prod/api',
    '/aws/lambda/a-*',
    '--start',
    '1h',
    '--region',
    'eu-west-1',
    '--region',
    'cn-north-1',
  ];
  expect((await policyOf(argv)).Statement[0]).toEqual({
    Effect: 'Allow',
    Action: ['logs:FilterLogEvents'],
    Resource: [
      'arn:aws:logs:eu-west-1:*:log-group:/prod/api:*',
      'arn:aws-cn:logs:cn-north-1:*:log-group:/prod/api:*',
      'arn:aws:logs:eu-west-1:*:log-group:/aws/lambda/a-*:*',
      'arn:aws-cn:logs:cn-north-1:*:log-group:/aws/lambda/a-*:*',
    ],
  });
});

test('--since is a start as --start is: none has to be looked up', async () => {
  const { Statement } = await policyOf(['fetch', '/prod/api', '--since', '1h']);
  expect(Statement.flatMap(({ Action }) => Action)).toEqual(['logs:FilterLogEvents']);
});

test('a group by its ARN is named by it', async () => {
  const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/prod/api';
  const [statement] = (await policyOf(['tail', `${arn}:*`])).Statement;
  expect(statement?.Resource).toEqual([`${arn}:*`]);
});

test('what makes no request needs nothing', async () => {
  expect((await policyOf(['pattern', 'ERROR'])).Statement).toEqual([]);
});

test('put needs what it is allowed to make', async () => {
  const [onGroups] = (await policyOf(['put', '/ci/builds', '--create', '--retention', '30'])).Statement;
  expect(onGroups?.Action).toEqual([
    'logs:PutLogEvents',
    'logs:CreateLogStream',
    'logs:CreateLogGroup',
    'logs:PutRetentionPolicy',
  ]);
});
