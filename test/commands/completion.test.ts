import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { cleanEnvironment, finished, runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  for (const group of ['/prod/api', '/prod/worker', '/stage/api']) endpoint.store.createGroup(group);
  for (const stream of ['web/1', 'web/2', '2026/11/20/[$LATEST]0a', 'x$(touch owned)']) {
    endpoint.store.seedEvents('/prod/api', stream, [{ timestamp: 1, message: 'x' }]);
  }
});
afterAll(() => endpoint.close());

describe('what the last word may become', () => {
  test.each<[string, string[], string[]]>([
    ['a command', ['gro'], ['groups']],
    ['an option', ['fetch', '--form'], ['--format']],
    ['a form of a query', ['query', 'x', '--format', ''], ['message', 'json', 'csv', 'tsv', 'table']],
    ['a form of output', ['fetch', '/prod/api', '--format', 'j'], ['json']],
    ['a group by its beginning', ['fetch', '/prod/'], ['/prod/api', '/prod/worker']],
    ['a second group', ['tail', '/prod/api', '/stage'], ['/stage/api']],
    ['a group after options with values', ['fetch', '--start', '2h', '--stats', '/st'], ['/stage/api']],
    ['a stream of the group named before', ['fetch', '/prod/api', '--stream', 'web/'], ['web/1', 'web/2']],
    ['a stream as an operand', ['streams', '/prod/api', 'web/2'], ['web/2']],
    [
      'the beginning of a stream whose rest needs quotes',
      ['fetch', '/prod/api', '--stream-prefix', '2026'],
      ['2026/11/20/'],
    ],
    ['a stream whose name would run a command: none', ['fetch', '/prod/api', '--stream', 'x'], []],
    ['a zone', ['fetch', '--tz', 'Europe/Berl'], ['Europe/Berlin']],
    ['a group of the demo', ['demo', 'fetch', '/demo/a'], ['/demo/api']],
    ['what no command has', ['fatch', ''], []],
    ['a stream without a group', ['fetch', '--stream', ''], []],
  ])('%s', async (_, words, expected) => {
    const { stdout, stderr, exitCode } = await runBin(['complete', '--', ...words], environment());
    expect(stdout.split('\n').flatMap((line) => line.match(/^([^:\t]+)\t/)?.[1] ?? [])).toEqual(expected);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });
});

test('nothing is said where the service cannot be reached', async () => {
  const env = environment({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:9' });
  const done = await runBin(['complete', '--', 'fetch', '/prod'], env);
  expect(done).toMatchObject({ stdout: ':4\n', stderr: '', exitCode: 0 });
});

test.runIf(process.platform === 'linux')(
  'where no folder can be made for the cache, it ends all the same',
  async () => {
    const done = await runBin(
      ['complete', '--', 'fetch', '/prod/w'],
      environment({ XDG_CACHE_HOME: '', HOME: '/proc' }),
    );
    expect(done).toMatchObject({ stdout: expect.stringContaining('/prod/worker'), stderr: '', exitCode: 0 });
  },
);

test('a second Tab asks nothing of the service, and the cache is for the user alone', async () => {
  const env = environment();
  await runBin(['complete', '--', 'fetch', '/prod/w'], env);
  const asked = endpoint.requests.get('DescribeLogGroups');
  const { stdout } = await runBin(['complete', '--', 'fetch', '/prod/w'], env);
  expect(stdout).toContain('/prod/worker');
  expect(endpoint.requests.get('DescribeLogGroups')).toBe(asked);
  const folder = join(env.XDG_CACHE_HOME, 'cwlogs');
  const [file = ''] = readdirSync(folder);
  expect(statSync(folder).mode & 0o77).toBe(0);
  expect(statSync(join(folder, file)).mode & 0o77).toBe(0);
});

test('bash takes the script, and completes a group by it', async () => {
  const bin = join(import.meta.dirname, '../../bin/cwlogs.cjs');
  const tab = `COMP_WORDS=(cwlogs fetch /prod/w); COMP_CWORD=2; _cwlogs; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const script = `cwlogs() { '${process.execPath}' '${bin}' "$@"; }; source <(cwlogs completion bash); ${tab}`;
  const env = cleanEnvironment(environment());
  const done = await finished(spawn('bash', ['-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  expect(done).toMatchObject({ stdout: '/prod/worker\n', stderr: '', exitCode: 0 });
});

test('what stands in the line is not carried out at a Tab', async () => {
  const bin = join(import.meta.dirname, '../../bin/cwlogs.cjs');
  const folder = mkdtempSync(join(tmpdir(), 'cwlogs-tab-'));
  const tab = `COMP_WORDS=(cwlogs fetch '$(touch ${folder}/run)' '>' ${folder}/file ';' 'touch' ${folder}/more --st); COMP_CWORD=8; _cwlogs`;
  const script = `cwlogs() { '${process.execPath}' '${bin}' "$@"; }; source <(cwlogs completion bash); ${tab}`;
  const env = cleanEnvironment(environment());
  await finished(spawn('bash', ['-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['bash', 'zsh', 'fish', 'powershell'])('the script for %s asks cwlogs itself', async (shell) => {
  const { stdout, exitCode } = await runBin(['completion', shell]);
  expect(stdout).toMatch(/cwlogs complete '?--/);
  expect(exitCode).toBe(0);
});

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  'the script for %s evaluates nothing that was typed',
  async (shell) => {
    const { stdout } = await runBin(['completion', shell]);
    const code = stdout.replace(/^ *#.*$/gm, '');
    expect(code).toContain('cwlogs complete');
    expect(code).not.toMatch(/\beval\b|Invoke-Expression|\biex\b|ScriptBlock\]::Create|InvokeScript/i);
  },
);

test('a shell that is not known is refused with those that are', async () => {
  const { stderr, exitCode } = await runBin(['completion', 'tcsh']);
  expect(stderr).toBe('cwlogs: <shell> "tcsh" is not a shell that is known here; use bash, zsh, fish, powershell\n');
  expect(exitCode).toBe(2);
});

function environment(env: Record<string, string> = {}) {
  return { ...endpointEnv(endpoint), XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cwlogs-cache-')), ...env };
}
