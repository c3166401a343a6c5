import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../save/folder.js';
import { runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

/** Where nobody listens. */
const closed = 'http://127.0.0.1:1';
let requests = 0;
const listener = createServer((_, response) => {
  requests += 1;
  response.statusCode = 500;
  response.end();
});
let env: Record<string, string> = {};

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  env = endpointEnv({ url: `http://127.0.0.1:${port}` });
});
afterAll(() => new Promise((resolve) => listener.close(resolve)));

test.each([
  [['fetch', 'g', '--start', 'yesterday foo'], '--start', 'yesterday foo'],
  [['fetch', 'g', '--start', '2026-13-01'], '--start', '2026-13-01'],
  [['fetch', 'g', '--start', '05/06/2026'], '--start', '05/06/2026'],
  [['fetch', 'g', '--start', 'now', '--end', '2h ago'], '--start', '2h ago'],
  [['fetch', 'g', '--strat', '1h'], '--strat', '1h'],
  [['fetch', 'g', '--format', 'xml'], '--format', 'xml'],
  [['fetch', 'g', '--limit', 'ten'], '--limit', 'ten'],
  [['fetch', 'g', '--tz', 'Europe/Berln'], '--tz', 'Europe/Berln'],
  [['fetch', 'g', '--color', 'red'], '--color', 'red'],
  [['fetch', 'g', '--region', 'Ireland'], '--region', 'Ireland'],
  [['fetch', 'g', '--stream', '2026/11/20/[]'], '--stream', '2026/11/20/[]'],
  [['fetch', 'my group'], '<group>', 'my group'],
  [['fetch', '123'], '<group>', '123'],
  [['fetch', 'g', '--filter', ''], '--filter', '""'],
  [['fetch', 'g', '--where', 'status'], '--where', 'status'],
  [['groups', '--format', 'yaml'], '--format', 'yaml'],
  [['serve', '--latency', 'slow'], '--latency', 'slow'],
  [['fecth', 'g'], '', 'fecth'],
])('%j is refused in one line that names flag and value, before any request', async (args, flag, value) => {
  requests = 0;
  const { stdout, stderr, exitCode } = await runBin(args, env);
  expect({ exitCode, stdout, requests }).toEqual({ exitCode: 2, stdout: '', requests: 0 });
  expect(stderr).toMatch(/^cwlogs: [^\n]+\n$/);
  expect(stderr).toContain(flag);
  expect(stderr).toContain(value);
});

test('a mistake in a filter pattern is pointed at, before any request', async () => {
  requests = 0;
  const { stdout, stderr, exitCode } = await runBin(['fetch', 'g', '--filter', '{ $.a == 1 }'], env);
  expect({ exitCode, stdout, requests }).toEqual({ exitCode: 2, stdout: '', requests: 0 });
  expect(stderr).toBe(
    'cwlogs: --filter is not a filter pattern: expected a value at column 8; write = once\n' +
      'cwlogs: { $.a == 1 }\n' +
      'cwlogs:        ^\n',
  );
});

test('without a command the error says what to try', async () => {
  expect(await runBin([])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('cwlogs --help') });
});

test.each(['--version', '-V'])('%s prints the version alone', async (flag) => {
  expect(await runBin([flag])).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each([
  [['--help']],
  [['fetch', '--help']],
  [['groups', '-h']],
  [['pattern', '--help']],
  [['demo', '--help']],
  [['help', 'serve']],
])('%j prints help with two examples to stdout', async (args) => {
  const { stdout, stderr, exitCode } = await runBin(args);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout.match(/^ {2}cwlogs .+$/gm)?.length).toBeGreaterThanOrEqual(2);
});

test('no region set is said with what to do', async () => {
  expect(await runBin(['fetch', 'g', '--start', '1h'])).toEqual({
    exitCode: 1,
    signal: null,
    stdout: '',
    stderr: 'cwlogs: no region is set; give --region, or set AWS_REGION\n',
  });
});

test('no credentials is said with what to do', async () => {
  const { exitCode, stdout, stderr } = await runBin(['fetch', 'g', '--start', '1h', '--region', 'eu-west-1']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^cwlogs: no AWS credentials found; [^\n]+\n$/);
});

test('an unreachable endpoint is said within seconds', async () => {
  const unreachable = { ...env, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: closed };
  const { exitCode, stderr } = await runBin(['fetch', 'g', '--start', '1h'], unreachable);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^cwlogs: cannot reach CloudWatch Logs in us-east-1 \(ECONNREFUSED[^\n]+\n$/);
});

test('keys beside AWS_PROFILE bring no warning of the SDK', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'config');
  writeFileSync(config, '[profile prod]\naws_access_key_id = x\naws_secret_access_key = x\n');
  const profiled = { ...env, AWS_PROFILE: 'prod', AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: closed };
  const { stderr } = await runBin(['fetch', 'g', '--start', '1h'], profiled);
  expect(stderr).toMatch(/^cwlogs: cannot reach CloudWatch Logs in us-east-1 \(profile prod\)[^\n]+\n$/);
});
