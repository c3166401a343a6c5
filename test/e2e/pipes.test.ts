import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { finished, runBin, runShell, spawnBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

const nowMs = Date.now();
let endpoint: LocalEndpoint;
let env: Record<string, string>;

beforeAll(async () => {
  endpoint = await startEndpoint();
  env = endpointEnv(endpoint);
  // Far more than pipes hold: 40 MB.
  fill('/many', 40_000, 'x'.repeat(1_000));
  fill('/long', 20, 'y'.repeat(900_000));
});
afterAll(() => endpoint.close());

test.each(['/many', '/long'])('a reader that leaves after the first line of %s ends the run quietly', async (group) => {
  const { stdout, stderr, exitCode } = await runShell(`cwlogs fetch ${group} --start 1h | head -n 1 | wc -l`, env);
  expect({ stdout: stdout.trim(), stderr, exitCode }).toEqual({ stdout: '1', stderr: '', exitCode: 0 });
});

test('everything arrives through a pipe', async () => {
  const { stdout, exitCode } = await runBin(['fetch', '/many', '--start', '1h'], env);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').length - 1).toBe(40_000);
  expect(stdout.endsWith(`${'x'.repeat(1_000)}\n`)).toBe(true);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends with %d and leaves only whole lines', async (signal, exitCode) => {
  const child = spawnBin(['fetch', '/many', '--start', '1h'], env);
  const done = finished(child);
  await once(child.stdout, 'data');
  child.kill(signal);
  const ended = await done;
  expect(ended).toMatchObject({ exitCode, signal: null });
  // How far it came is said where anything had been written whole.
  expect(ended.stderr).toMatch(new RegExp(`^(cwlogs: INCOMPLETE: [^\n]+\n)?cwlogs: interrupted by ${signal}\n$`));
  const lines = ended.stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([1_000]));
});

test('the same Ctrl-C from the terminal and from a launcher is one, and a tail ends with 0', async () => {
  const child = spawnBin(['tail', '/many', '-n', '1'], env);
  const done = finished(child);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await done).toMatchObject({ exitCode: 0, signal: null, stderr: expect.stringContaining('stopped: 1 event') });
});

test('messages of many lines and other alphabets come through as they were', async () => {
  const message = 'first\n\tat second (🙂)\n\n終わり';
  endpoint.store.createGroup('/text');
  endpoint.store.seedEvents('/text', 's', [{ timestamp: nowMs - 60_000, message: `${message}\n` }]);
  expect(await runBin(['fetch', '/text', '--start', '1h'], env)).toMatchObject({ stdout: `${message}\n`, exitCode: 0 });
});

function fill(group: string, count: number, message: string): void {
  endpoint.store.createGroup(group);
  const events = Array.from({ length: count }, (_, index) => ({ timestamp: nowMs - 1_800_000 + index, message }));
  endpoint.store.seedEvents(group, 'stream', events);
}
