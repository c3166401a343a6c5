import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { finished, runShell, spawnFed } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

let endpoint: LocalEndpoint;
let env: Record<string, string>;

beforeAll(async () => {
  endpoint = await startEndpoint();
  env = endpointEnv(endpoint);
});
afterAll(() => endpoint.close());

test('100,000 lines go into a new group of the demo', async () => {
  const { stdout, stderr, exitCode } = await runShell('seq 100000 | cwlogs demo put /demo/new --create');
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
  expect(stderr).toMatch(/^cwlogs: 100,000 delivered, 0 rejected; \/demo\/new, stream [\dT-]+Z-[\da-f]{8}\n$/);
});

test('--tee copies bytes that are no text as they are', async () => {
  const line = `printf 'caf\\351\\n\\0\\xef\\xbb' | cwlogs put /raw s --create --tee | od -An -tx1`;
  const { stdout, stderr, exitCode } = await runShell(line, env);
  expect({ bytes: stdout.trim(), exitCode }).toEqual({ bytes: '63 61 66 e9 0a 00 ef bb', exitCode: 0 });
  expect(stderr).toContain('2 with bytes that are not UTF-8, kept as \ufffd');
});

test('a group is copied by fetch and put', async () => {
  endpoint.store.createGroup('/a');
  const startMs = Date.now() - 3_600_000;
  for (const stream of ['web/1', 'web/[$LATEST]2', 'ключ']) {
    const events = Array.from({ length: 5_000 }, (_, index) => ({
      timestamp: startMs + Math.floor(index / 3),
      message: `${stream} ${index} 🙂${index % 2 === 0 ? '\n' : ''}`,
    }));
    endpoint.store.seedEvents('/a', stream, events);
  }
  const line = 'cwlogs fetch /a --start 2h --format json | cwlogs put /b --create --from-json';
  expect(await runShell(line, env)).toEqual({
    stdout: '',
    stderr: 'cwlogs: 15,000 delivered, 0 rejected; /b\n',
    exitCode: 0,
    signal: null,
  });
  const contentOf = (logGroup: string) =>
    [...endpoint.store.group(logGroup).streams.values()]
      .map(({ name, timeline }) => [name, timeline.events().map(({ timestamp, message }) => [timestamp, message])])
      .sort();
  expect(contentOf('/b')).toEqual(contentOf('/a'));
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s delivers what was read, also of the last line, and ends with %d', async (signal, exitCode) => {
  const logGroup = `/${signal}`;
  const child = spawnFed(['put', logGroup, 's', '--create', '--batch-interval', '50ms'], env);
  const done = finished(child);
  child.stdin.write('first\nbegun');
  const messages = () =>
    [...(endpoint.store.groups.get(logGroup)?.timeline.events() ?? [])].map(({ message }) => message);
  await vi.waitFor(() => expect(messages()).toEqual(['first']), { timeout: 10_000 });
  child.kill(signal);
  expect(await done).toMatchObject({
    exitCode,
    stderr: expect.stringContaining('2 delivered, 0 rejected'),
  });
  expect(messages()).toEqual(['first', 'begun']);
});

test('a run that fails does not wait for a stdin that stays open', async () => {
  const child = spawnFed(['put', '/missing', '--batch-interval', '1ms'], env);
  child.stdin.write('line\n');
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(1);
});
