import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 2 } });
  endpoint.store.createGroup('/app');
  for (const stream of ['a', 'b']) seed(stream, -60_000, -50_000, -40_000);
});
afterAll(() => endpoint.close());
beforeEach(() => {
  folder = temporaryFolder();
});

test.each([
  ['x.log', 'x.log', '1 file'],
  ['x.log.gz', 'x.log.gz', '1 file'],
  ['x.json', 'x.json', '1 file'],
  ['{stream}.log', '', '2 files'],
])('%s is what its manifest says', async (name, path, files) => {
  await run('fetch', '/app', '--start', '1h', '--manifest', '-o', join(folder, name));
  expect(await run('verify', join(folder, path))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `cwlogs: verified: 6 events, ${files}\n`,
  });
});

test('what a query has read is counted again by a query', async () => {
  endpoint.store.createGroup('/cold', { logGroupClass: 'INFREQUENT_ACCESS', creationTime: nowMs - 7_200_000 });
  const events = [-60_000, -50_000].map((ageMs) => ({ timestamp: nowMs + ageMs, message: 'cold' }));
  endpoint.store.seedEvents('/cold', 'a', events, nowMs - 40_000);
  const path = join(folder, 'x.log');
  await run('fetch', '/cold', '--start', '1h', '--via', 'insights', '--manifest', '-o', path);
  const { exitCode, stderr } = await run('verify', path, '--recount');
  expect(stderr).toMatch(/^cwlogs: 2 rows; .+ scanned .+\ncwlogs: verified: 2 events, 1 file\n$/);
  expect(exitCode).toBe(0);
  const policy = await run('verify', path, '--recount', '--print-policy');
  const actions = JSON.parse(policy.stdout).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
  expect(actions.sort()).toEqual(['logs:GetQueryResults', 'logs:StartQuery', 'logs:StopQuery']);
});

test('one changed byte makes it exit code 1, naming the file', async () => {
  const path = join(folder, 'x.log');
  await run('fetch', '/app', '--start', '1h', '--manifest', '-o', path);
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(5) ^ 1, 5);
  writeFileSync(path, bytes);
  const { exitCode, stderr } = await run('verify', path);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^cwlogs: [^\n]*x\.log has been changed[^\n]*\n$/);
});

test('the manifest tells the request, its range in UTC and the files', async () => {
  await run(
    'fetch',
    '/app',
    '--start',
    '1h',
    '--end',
    '45s',
    '--filter',
    'at',
    '--manifest',
    '-o',
    join(folder, 'x.log'),
  );
  expect(JSON.parse(readFileSync(join(folder, 'x.log.manifest.json'), 'utf8'))).toMatchObject({
    version: 1,
    request: { logGroups: ['/app'], filterPattern: 'at', startMs: nowMs - 3_600_000, endMs: nowMs - 45_000 },
    regions: ['us-east-1'],
    start: '2026-11-20T14:30:00.000Z',
    end: '2026-11-20T15:29:15.000Z',
    events: 4,
    files: [{ path: 'x.log', events: 4, firstEventId: expect.stringMatching(/^\d{56}$/) }],
  });
});

test('--recount reads the same range again, and says when it holds another number', async () => {
  const path = join(folder, 'x.log');
  await run('fetch', '/app', '--start', '1h', '--end', '30s', '--manifest', '-o', path);
  expect(await run('verify', path, '--recount')).toMatchObject({ exitCode: 0 });
  seed('late', -10_000);
  expect(await run('verify', path, '--recount')).toMatchObject({ exitCode: 0 });
  seed('late', -35_000);
  const { exitCode, stderr } = await run('verify', path, '--recount');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the service now has 7 events of the range instead of 6');
});

test.each([
  ['--region eu-west-1 --recount', '--region "eu-west-1" is not where the download came from: us-east-1; leave it out'],
  ['--region eu-west-1', '--region "eu-west-1" is not where the download came from: us-east-1; leave it out'],
  ['--region us-east-1 --region eu-west-1', '--region "eu-west-1" is not where'],
  ['--region zz', '--region "zz" is not an AWS region; try --region eu-west-1'],
  ['--region eu-west-1 --print-policy --recount', '--region "eu-west-1" is not where'],
])('%s is refused before any request', async (flags, problem) => {
  const path = join(folder, 'x.log');
  await run('fetch', '/app', '--start', '1h', '--end', '30s', '--manifest', '-o', path);
  const before = requests();
  const { exitCode, stderr } = await run('verify', path, ...flags.split(' '));
  expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
  expect(stderr).toContain(`cwlogs: ${problem}`);
});

test('a download of two regions is not recounted in one of them', async () => {
  const path = join(folder, 'x.log');
  const regions = ['--region', 'us-east-1', '--region', 'eu-west-1'];
  await run('fetch', '/app', '--start', '1h', '--end', '30s', '--manifest', ...regions, '-o', path);
  expect(await run('verify', path, '--recount', '--region', 'eu-west-1')).toMatchObject({
    exitCode: 2,
    stderr:
      'cwlogs: --region "eu-west-1" is only a part of where the download came from: us-east-1, eu-west-1; leave it out\n',
  });
  expect(await run('verify', path, '--recount', ...regions)).toMatchObject({ exitCode: 0 });
});

test('the region of the download may be named, whatever the environment says', async () => {
  const path = join(folder, 'x.log');
  await run('fetch', '/app', '--start', '1h', '--end', '30s', '--manifest', '-o', path);
  expect(await run('verify', path, '--recount', '--region', 'us-east-1')).toMatchObject({ exitCode: 0 });
});

test('a path that is not there is a usage error', async () => {
  expect(await run('verify', join(folder, 'none.log'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('does not exist'),
  });
});

test('a path without a manifest is a usage error', async () => {
  writeFileSync(join(folder, 'x.log'), 'x');
  expect(await run('verify', join(folder, 'x.log'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('has no manifest beside it'),
  });
});

function seed(stream: string, ...offsetsMs: number[]): void {
  const events = offsetsMs.map((offsetMs) => ({ timestamp: nowMs + offsetMs, message: `${stream} at ${offsetMs}` }));
  endpoint.store.seedEvents('/app', stream, events);
}

function requests(): number {
  return [...endpoint.requests.values()].reduce((sum, count) => sum + count, 0);
}

async function run(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const exitCode = await main(args, io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}
