import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123);
let endpoint: LocalEndpoint;
let io: MemoryIo;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs });
  const streams = { '/prod/api': ['web', 'jobs'], '/prod/cron': ['jobs'], '/prod/worker': ['web', 'extra'] };
  for (const [group, names] of Object.entries(streams)) {
    endpoint.store.createGroup(group);
    for (const name of names) {
      endpoint.store.seedEvents(group, name, [{ timestamp: nowMs - 60_000, message: `req-1 ${group} ${name}` }]);
    }
  }
});
afterAll(() => endpoint.close());
beforeEach(() => {
  io = memoryIo({ env: endpointEnv(endpoint), nowMs });
});

const lacking = 'cwlogs: stream "web" does not exist in log group "/prod/cron"\n';
const bothOfWeb = 'req-1 /prod/api web\nreq-1 /prod/worker web\n';

describe('a stream that some of the groups have', () => {
  test.each([
    ['fetch', ['fetch', '/prod/*', '--start', '1h']],
    ['fetch, the newest', ['fetch', '/prod/*', '-n', '5', '--start', '1h']],
    ['fetch, page after page', ['fetch', '/prod/*', '--start', '1h', '--concurrency', '1']],
    ['trace', ['trace', 'req-1', '/prod/*', '--format', 'message']],
    ['tail', ['tail', '/prod/*', '--no-follow']],
    ['tail from a time on', ['tail', '/prod/*', '--start', '1h', '--no-follow']],
  ])('%s: the others are read, and it is said', async (_, words) => {
    expect(await main([...words, '--stream', 'web'], io)).toBe(0);
    expect(io.stdout.text()).toBe(bothOfWeb);
    expect(io.stderr.text()).toBe(lacking);
  });

  test('histogram counts the others, and it is said', async () => {
    expect(await main(['histogram', '/prod/*', '--format', 'json', '--bucket', '1h', '--stream', 'web'], io)).toBe(0);
    expect(io.stdout.text()).toContain('"count":2');
    expect(io.stderr.text()).toBe(lacking);
  });

  test('of several streams each group is read for those that it has', async () => {
    const words = ['fetch', '/prod/*', '--start', '1h', '--stream', 'web', '--stream', 'extra'];
    expect(await main(words, io)).toBe(0);
    expect(io.stdout.text().split('\n').sort()).toEqual([
      '',
      'req-1 /prod/api web',
      'req-1 /prod/worker extra',
      'req-1 /prod/worker web',
    ]);
    expect(io.stderr.text()).toBe(
      `${lacking}cwlogs: stream "extra" does not exist in log groups "/prod/api", "/prod/cron"\n`,
    );
  });

  test('tail follows each group for those that it has', async () => {
    const words = [
      'tail',
      '/prod/api',
      '/prod/worker',
      '--stream',
      'web',
      '--stream',
      'extra',
      '-n',
      '9',
      '--for',
      '1s',
    ];
    expect(await main(words, io)).toBe(0);
    expect(io.stdout.text().split('\n').sort()).toHaveLength(4);
    expect(io.stderr.text()).toBe(
      'cwlogs: stream "extra" does not exist in log group "/prod/api"; it is followed there once it is made\n',
    );
  });
});

describe('a stream that none of the groups has', () => {
  const everywhere = 'cwlogs: stream "wbe" does not exist in any of the 2 log groups; did you mean "web"?\n';
  const alone = 'cwlogs: stream "wbe" does not exist in log group "/prod/api" (us-east-1); did you mean "web"?\n';
  test.each([
    ['fetch', '/prod/worker', everywhere],
    ['tail', '/prod/worker', everywhere],
    ['histogram', '/prod/worker', everywhere],
    ['trace req-1', '/prod/worker', everywhere],
    ['fetch', undefined, alone],
    ['fetch -n 3', undefined, alone],
    ['tail', undefined, alone],
    ['trace req-1', undefined, alone],
    ['histogram', undefined, alone],
  ])('%s', async (command, other, problem) => {
    const groups = ['/prod/api', ...(other === undefined ? [] : [other])];
    expect(await main([...command.split(' '), ...groups, '--stream', 'wbe'], io)).toBe(1);
    expect(io.stdout.text()).toBe('');
    expect(io.stderr.text()).toBe(command === 'tail' ? problem.replace('\n', ' --wait waits for it\n') : problem);
  });

  test('is told among those that are there', async () => {
    expect(await main(['fetch', '/prod/api', '--start', '1h', '--stream', 'jobs', '--stream', 'w?b'], io)).toBe(1);
    expect(io.stderr.text()).toBe(
      'cwlogs: stream "w?b" does not exist in log group "/prod/api" (us-east-1); only * is a wildcard; did you mean "web"?\n',
    );
  });
});
