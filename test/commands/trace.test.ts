import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 0);
let endpoint: LocalEndpoint;
let io: MemoryIo;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 2 } });
  const { store } = endpoint;
  for (const group of ['/prod/checkout', '/prod/payments', '/aws/lambda/mail']) store.createGroup(group);
  store.seedEvents('/prod/checkout', 'c', [
    at(-60_000, 'order for id-7'),
    at(-59_000, 'order for id-8'),
    at(-50_000, '{"level":"error","id":"id-7","message":"no answer"}'),
  ]);
  store.seedEvents('/prod/payments', 'p', [at(-59_962, 'charging id-7\n  12 EUR')]);
  store.seedEvents('/aws/lambda/mail', '2026/11/20/[$LATEST]1', [
    at(-58_001, 'REPORT RequestId: id-6'),
    at(-58_000, 'START RequestId: id-7 Version: 3\n'),
    at(-57_990, 'connecting\n'),
    at(-57_900, 'END RequestId: id-7\n'),
    at(-57_900, 'REPORT RequestId: id-7\tDuration: 99 ms\n'),
    at(-57_800, 'START RequestId: id-9'),
  ]);
});
afterAll(() => endpoint.close());
beforeEach(() => {
  io = memoryIo({ nowMs, env: endpointEnv(endpoint) });
});

function at(ms: number, message: string) {
  return { timestamp: nowMs + ms, message };
}

const groups = ['/prod/checkout', '/prod/payments', '/aws/lambda/mail'];

test('one id over three groups: times between, where it went, errors, and all of a Lambda invocation', async () => {
  expect(await main(['trace', 'id-7', ...groups], io)).toBe(0);
  expect(io.stdout.text()).toBe(
    [
      '15:29:00.000         checkout              order for id-7',
      '15:29:00.038   +38ms checkout → payments   charging id-7',
      '                                             12 EUR',
      '15:29:02.000  +1.96s payments → mail       START RequestId: id-7 Version: 3',
      '15:29:02.010   +10ms mail                  connecting',
      '15:29:02.100   +90ms mail                  END RequestId: id-7',
      '15:29:02.100    +0ms mail                  REPORT RequestId: id-7\tDuration: 99 ms',
      '15:29:10.000  +7.90s mail → checkout     ! {"level":"error","id":"id-7","message":"no answer"}',
      '',
    ].join('\n'),
  );
  expect(io.stderr.text()).toBe('');
});

test('context of the same stream stands in its place on the timeline, each event once', async () => {
  expect(
    await main(['trace', 'id-7', '/prod/checkout', '/aws/lambda/mail', '-C', '1', '--format', 'message'], io),
  ).toBe(0);
  expect(io.stdout.text().split('\n')).toEqual([
    'order for id-7',
    'order for id-8',
    'REPORT RequestId: id-6',
    'START RequestId: id-7 Version: 3',
    'connecting',
    'END RequestId: id-7',
    'REPORT RequestId: id-7\tDuration: 99 ms',
    'START RequestId: id-9',
    '{"level":"error","id":"id-7","message":"no answer"}',
    '',
  ]);
});

test('context in two regions that answer alike, each event once', async () => {
  const argv = ['trace', 'id-8', '/prod/checkout', '-A', '1', '--region', 'eu-west-1', '--region', 'us-east-1'];
  expect(await main([...argv, '--format', '{region} {eventId}'], io)).toBe(0);
  const lines = io.stdout.text().trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(new Set(lines).size).toBe(4);
});

test('as JSON it is the events, for another program', async () => {
  expect(await main(['trace', 'id-8', ...groups, '--format', 'json'], io)).toBe(0);
  expect(JSON.parse(io.stdout.text())).toMatchObject({ group: '/prod/checkout', message: 'order for id-8' });
});

test('an id with quotes and backslashes is found as it is written', async () => {
  endpoint.store.seedEvents('/prod/payments', 'p', [at(-1_000, 'path C:\\"x"')]);
  await main(['trace', 'C:\\"x"', '/prod/payments', '--format', 'message'], io);
  expect(io.stdout.text()).toBe('path C:\\"x"\n');
});

test('nothing found is said, with where and when it was sought', async () => {
  expect(await main(['trace', 'nowhere', ...groups], io)).toBe(0);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toMatch(
    /^cwlogs: no event matches the id 'nowhere' in \/prod\/checkout, .*; only 24 hours were searched: try --start 7d\n$/,
  );
});

describe('before any request', () => {
  test.each([
    ['an empty id', ['trace', ' ', '/g'], '<id> " " is empty; give the id to find'],
    ['a format that is none', ['trace', 'x', '/g', '--format', 'nope'], '--format "nope" is not a format'],
  ])('%s is refused', async (_, argv, message) => {
    const asked = endpoint.requests.size;
    expect(await main(argv, io)).toBe(2);
    expect(io.stderr.text()).toContain(message);
    expect(endpoint.requests.size).toBe(asked);
  });

  test('--dry-run prints the last day and the term', async () => {
    expect(await main(['trace', 'id-7', '/prod/api', '--dry-run', '--utc'], io)).toBe(0);
    expect(JSON.parse(io.stdout.text())).toMatchObject({
      command: 'trace',
      regions: ['us-east-1'],
      filterPattern: '"id-7"',
      startMs: nowMs - 86_400_000,
      endMs: nowMs,
    });
  });
});
