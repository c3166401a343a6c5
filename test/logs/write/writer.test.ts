import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { createServiceClock } from '../../../src/logs/tail/clock.js';
import type { WriterNews } from '../../../src/logs/write/news.js';
import { createWriter, type WriterOptions } from '../../../src/logs/write/writer.js';
import { type EndpointOptions, startEndpoint } from '../../../src/server/endpoint.js';
import { createMockedClient, toException } from '../fixtures.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 15);
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const ended: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  // Without jitter a client's retries do not wait.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of ended.splice(0)) await end();
});

/** An endpoint with the group `/app` and in it the stream `s`, and what makes writers on it. */
async function start(endpointOptions: EndpointOptions = {}) {
  const endpoint = await startEndpoint({ now: () => nowMs, ...endpointOptions });
  ended.push(() => endpoint.close());
  endpoint.store.createGroup('/app');
  endpoint.store.seedEvents('/app', 's', []);
  const news: WriterNews[] = [];
  const open = (options: Partial<WriterOptions> = {}) => {
    const client = createClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, use: 'write' });
    ended.push(() => client.destroy());
    const onNews = (each: WriterNews): void => void news.push(each);
    const clock = createServiceClock(() => nowMs);
    return createWriter(client, { logGroup: '/app', logStream: 's', clock, onNews, ...options });
  };
  const lines = (logGroup = '/app') =>
    endpoint.store
      .group(logGroup)
      .timeline.events()
      .map(({ message }) => message);
  return { endpoint, open, lines, kinds: () => news.map(({ kind }) => kind), news };
}

const numbered = (count: number, timestampOf: (index: number) => number = () => nowMs) =>
  Array.from({ length: count }, (_, index) => ({ timestamp: timestampOf(index), message: String(index) }));
const nothingRejected = { tooOld: 0, tooNew: 0, expired: 0, empty: 0, oversize: 0 };

test('what is written arrives in a group and stream that did not exist', async () => {
  const { open, lines, kinds, endpoint } = await start();
  const writer = open({ logGroup: '/new', createGroup: true, retentionDays: 7 });
  for (const event of numbered(2)) writer.write(event);
  expect(await writer.close()).toEqual({
    delivered: 2,
    rejected: nothingRejected,
    undelivered: 0,
    possiblyStored: 0,
    possiblyTwice: 0,
    cut: 0,
  });
  expect(lines('/new')).toEqual(['0', '1']);
  expect(kinds()).toEqual(['begin', 'group-created']);
  expect(endpoint.store.group('/new').retentionInDays).toBe(7);
});

test('a group that exists keeps its retention', async () => {
  const { open, endpoint, kinds } = await start();
  const writer = open({ createGroup: true, retentionDays: 7 });
  for (const event of numbered(1)) writer.write(event);
  await writer.close();
  expect(kinds()).toEqual(['begin']);
  expect(endpoint.store.group('/app').retentionInDays).toBeUndefined();
});

test('several writers that make the same group and stream at once do no harm', async () => {
  const { open, lines, kinds } = await start();
  const writers = Array.from({ length: 5 }, () => open({ logGroup: '/new', createGroup: true, retentionDays: 1 }));
  for (const writer of writers) for (const event of numbered(10)) writer.write(event);
  const tallies = await Promise.all(writers.map((writer) => writer.close()));
  expect(tallies.map(({ delivered }) => delivered)).toEqual([10, 10, 10, 10, 10]);
  expect(lines('/new')).toHaveLength(50);
  expect(kinds().filter((kind) => kind === 'group-created')).toHaveLength(1);
});

test('a group that may not be made is a failure that names it, and its events are counted', async () => {
  const { open, news } = await start();
  const writer = open({ logGroup: '/missing' });
  for (const event of numbered(3)) writer.write(event);
  expect(await writer.close()).toMatchObject({ delivered: 0, undelivered: 3 });
  expect(news.at(-1)).toMatchObject({ kind: 'failed', count: 3, error: { name: 'GroupNotFoundError' } });
});

test('100,000 events of a few milliseconds arrive complete and in order, side by side', async () => {
  const { open, lines, endpoint } = await start({ switches: { latencyMs: [0, 20] } });
  const writer = open();
  const events = numbered(100_000, (index) => nowMs + Math.floor(index / 4_000));
  for (const event of events) if (!writer.write(event)) await writer.ready();
  expect(await writer.close()).toMatchObject({ delivered: 100_000 });
  expect(lines()).toEqual(events.map(({ message }) => message));
  expect(endpoint.requests.get('PutLogEvents')).toBeLessThanOrEqual(16);
});

test('25,000 events of one millisecond keep their order', async () => {
  const { open, lines } = await start({ switches: { latencyMs: [0, 30], seed: 3 } });
  const writer = open();
  for (const event of numbered(25_000)) writer.write(event);
  await writer.close();
  expect(lines()).toEqual(numbered(25_000).map(({ message }) => message));
});

test('each event goes to its stream', async () => {
  const { open, endpoint } = await start();
  const writer = open();
  for (const [index, event] of numbered(300).entries()) writer.write({ ...event, logStream: `s${index % 3}` });
  await writer.close();
  const { streams } = endpoint.store.group('/app');
  expect([...streams.keys()].sort()).toEqual(['s', 's0', 's1', 's2']);
  expect(
    streams
      .get('s1')
      ?.timeline.events()
      .map(({ message }) => Number(message) % 3),
  ).toEqual(Array(100).fill(1));
});

test('24 hours and 1 ms go in two requests', async () => {
  const { open, endpoint } = await start();
  const writer = open();
  writer.write({ timestamp: nowMs - dayMs - 1, message: 'a' });
  writer.write({ timestamp: nowMs, message: 'b' });
  expect(await writer.close()).toMatchObject({ delivered: 2, rejected: nothingRejected });
  expect(endpoint.requests.get('PutLogEvents')).toBe(2);
});

test('300 kB of emoji are not too large, and arrive as they were', async () => {
  const { open, lines } = await start();
  const writer = open();
  const messages = Array.from({ length: 8 }, (_, index) => `${index}${'😀'.repeat(75_000)}`);
  for (const message of messages) writer.write({ timestamp: nowMs, message });
  expect(await writer.close()).toMatchObject({ delivered: 8, cut: 0 });
  expect(lines()).toEqual(messages);
});

const oversize = `${'x'.repeat(1_048_549)}😀tail`;

test.each([
  ['split', { delivered: 2, cut: 1 }, ['x'.repeat(1_048_549), '😀tail']],
  ['truncate', { delivered: 1, cut: 1 }, ['x'.repeat(1_048_549)]],
  ['reject', { delivered: 0, rejected: { ...nothingRejected, oversize: 1 } }, []],
] as const)('a message above 1 MiB: %s', async (how, tally, expected) => {
  const { open, lines } = await start();
  const writer = open({ oversize: how });
  writer.write({ timestamp: nowMs, message: oversize });
  expect(await writer.close()).toMatchObject(tally);
  expect(lines()).toEqual(expected);
});

test('what the service would not take is left out beforehand and counted by reason', async () => {
  const { open, lines, endpoint, news } = await start();
  endpoint.store.group('/app').retentionInDays = 3;
  const writer = open();
  const ages = [15 * dayMs, 14 * dayMs + 1, 5 * dayMs, 3 * dayMs, 0, -2 * hourMs, -2 * hourMs - 1];
  for (const ageMs of ages) writer.write({ timestamp: nowMs - ageMs, message: `${ageMs}` });
  writer.write({ timestamp: nowMs, message: '' });
  expect(await writer.close()).toMatchObject({
    delivered: 3,
    rejected: { tooOld: 2, expired: 1, tooNew: 1, empty: 1, oversize: 0 },
  });
  expect(lines()).toEqual([3 * dayMs, 0, -2 * hourMs].map(String));
  const firstPut = news.findIndex(({ kind }) => kind === 'begin');
  expect(news.slice(0, firstPut)).toContainEqual({ kind: 'rejected', logStream: 's', counts: { tooOld: 2 } });
});

test('what the service rejects by its own clock is counted as well', async () => {
  const { open } = await start();
  const writer = open({ clock: createServiceClock(() => nowMs - 10 * dayMs) });
  writer.write({ timestamp: nowMs - 20 * dayMs, message: 'old' });
  writer.write({ timestamp: nowMs - 11 * dayMs, message: 'fine' });
  writer.write({ timestamp: nowMs - 10 * dayMs, message: 'fine' });
  expect(await writer.close()).toMatchObject({ delivered: 2, rejected: { ...nothingRejected, tooOld: 1 } });
});

test('a message that is left out for its size is told of', async () => {
  const { open, news } = await start();
  const writer = open({ oversize: 'reject' });
  writer.write({ timestamp: nowMs, message: oversize });
  await writer.close();
  expect(news).toEqual([{ kind: 'rejected', logStream: 's', counts: { oversize: 1 } }]);
});

test('half a surrogate pair does not spoil its batch', async () => {
  const { open, lines } = await start();
  const writer = open();
  writer.write({ timestamp: nowMs, message: 'a\ud83d' });
  writer.write({ timestamp: nowMs, message: 'b' });
  expect(await writer.close()).toMatchObject({ delivered: 2 });
  expect(lines()).toEqual(['a\ufffd', 'b']);
});

test('a time that is none is refused at once', async () => {
  const { open } = await start();
  const writer = open();
  expect(() => writer.write({ timestamp: Number.NaN, message: 'x' })).toThrow('not a time');
  await writer.close();
  expect(() => writer.write({ timestamp: nowMs, message: 'x' })).toThrow('the writer is closed');
});

test('of requests that fail one in five nothing is missing, and what is there twice was counted', async () => {
  const { open, lines, endpoint } = await start({ switches: { faults: { share: 0.2 }, seed: 7 } });
  const writer = open({ batchIntervalMs: 10 });
  const messages: string[] = [];
  for (let round = 0; round < 60; round += 1) {
    for (let each = 0; each < 20; each += 1) {
      messages.push(`${round} ${each}`);
      writer.write({ timestamp: nowMs + round, message: `${round} ${each}`, logStream: `s${round % 4}` });
    }
    await writer.flush();
  }
  const { delivered, undelivered, possiblyTwice } = await writer.close();
  const arrived = lines();
  expect({ delivered, undelivered }).toEqual({ delivered: 1_200, undelivered: 0 });
  expect([...new Set(arrived)].sort()).toEqual([...messages].sort());
  const twice = arrived.length - messages.length;
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThanOrEqual(possiblyTwice);
  expect([...endpoint.faults.keys()].sort()).toEqual(['500', '503', 'cut', 'reset', 'throttle']);
});

test('a throttle is a refusal: nothing is there twice, and nothing is said to be', async () => {
  const { open, lines, endpoint } = await start({ switches: { faults: { share: 0.5, kinds: ['throttle'] }, seed: 1 } });
  const writer = open();
  for (const event of numbered(3, (index) => nowMs - index * 26 * hourMs)) writer.write(event);
  expect(await writer.close()).toMatchObject({ delivered: 3, possiblyTwice: 0 });
  expect(lines()).toHaveLength(3);
  expect(endpoint.faults.get('throttle')).toBeGreaterThan(0);
});

/** A clock that moves only by being waited on. */
function movedClock(onWait: (elapsedMs: number) => Promise<void> | void) {
  let elapsedMs = 0;
  return {
    now: () => nowMs + elapsedMs,
    elapsed: () => elapsedMs,
    heard: () => {},
    async wait(ms: number) {
      elapsedMs += ms;
      await onWait(elapsedMs);
    },
  };
}

test.each(['refuse', 'reset', '500'] as const)(
  'an endpoint that is gone (%s) and comes back after 30 s loses nothing, and is told of once',
  async (kind) => {
    const { open, lines, endpoint, kinds } = await start();
    const clock = movedClock(async (elapsedMs) => {
      if (elapsedMs >= 30_000) await endpoint.endOutage();
    });
    const writer = open({ clock, batchIntervalMs: 1, concurrency: 2 });
    writer.write({ timestamp: nowMs, message: 'before' });
    await writer.flush();
    await endpoint.beginOutage(kind);
    for (const event of numbered(20_000)) writer.write(event);
    expect(await writer.close()).toMatchObject({ delivered: 20_001, undelivered: 0 });
    expect(lines()).toEqual(['before', ...numbered(20_000).map(({ message }) => message)]);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(kinds()).toEqual(['begin', 'outage', 'recovered']);
  },
);

test.each([
  ['refuse', 'certainly not stored', 0],
  ['reset', 'perhaps stored', 10],
] as const)('an outage past its bound (%s) is given up on and counted, as %s', async (kind, _, possiblyStored) => {
  const { open, endpoint, kinds, news } = await start();
  await endpoint.beginOutage(kind);
  const writer = open({ clock: movedClock(() => {}), maxOutageMs: 20_000 });
  for (const event of numbered(10)) writer.write(event);
  expect(await writer.close()).toMatchObject({ delivered: 0, undelivered: 10, possiblyStored });
  expect(kinds()).toEqual(['begin', 'outage', 'failed']);
  expect(news.at(-1)).toMatchObject({ count: 10, mayBeStored: possiblyStored > 0 });
});

test('what came late in an outage is held as long as what came first', async () => {
  const { open, endpoint, lines } = await start();
  await endpoint.beginOutage('500');
  let late: Promise<void> | undefined;
  const clock = movedClock(async (elapsedMs) => {
    if (elapsedMs >= 15_000 && late === undefined) {
      writer.write({ timestamp: nowMs, message: 'late' });
      late = writer.flush();
    }
    if (elapsedMs >= 30_000) await endpoint.endOutage();
  });
  const writer = open({ clock, maxOutageMs: 20_000 });
  writer.write({ timestamp: nowMs, message: 'first' });
  await writer.flush();
  expect(writer.tally).toMatchObject({ delivered: 0, undelivered: 1 });
  expect(await writer.close()).toMatchObject({ delivered: 1, undelivered: 1 });
  expect(lines()).toEqual(['late']);
});

test('what is not delivered in the time given to close is given up on', async () => {
  const { open, endpoint } = await start();
  await endpoint.beginOutage('hang');
  const writer = open();
  for (const event of numbered(10)) writer.write(event);
  expect(await writer.close({ withinMs: 50 })).toMatchObject({ delivered: 0, undelivered: 10 });
});

test('a full queue says so, and has room again when something was delivered', async () => {
  const { open, endpoint } = await start();
  await endpoint.beginOutage('500');
  const clock = movedClock(() => endpoint.endOutage());
  const writer = open({ clock, maxQueuedBytes: 1_000 });
  const taken = numbered(20).map((event) => writer.write(event));
  expect(taken.indexOf(false)).toBe(7);
  expect(taken.lastIndexOf(true)).toBe(6);
  await writer.ready();
  expect(writer.queuedBytes).toBeLessThan(1_000);
  expect(await writer.close()).toMatchObject({ delivered: 20 });
});

test('a client of the user’s own will do', async () => {
  const { endpoint, lines } = await start();
  const client = new CloudWatchLogsClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
  ended.push(() => client.destroy());
  const clock = createServiceClock(() => nowMs);
  const writer = createWriter(client, { logGroup: '/new', logStream: 's', createGroup: true, clock });
  writer.write({ timestamp: nowMs, message: 'x' });
  expect(await writer.close()).toMatchObject({ delivered: 1 });
  expect(lines('/new')).toEqual(['x']);
});

test('a group that another is just making is waited for', async () => {
  const { client, mock } = createMockedClient();
  const missing = toException('ResourceNotFoundException', 'The specified log group does not exist.');
  mock.on(PutLogEventsCommand).rejectsOnce(missing).resolves({});
  mock.on(CreateLogStreamCommand).rejectsOnce(missing).rejectsOnce(missing).resolves({});
  mock
    .on(CreateLogGroupCommand)
    .rejectsOnce(toException('OperationAbortedException', 'A conflicting operation is in progress.'))
    .rejects(toException('ResourceAlreadyExistsException', 'The specified log group already exists'));
  const writer = createWriter(client, {
    logGroup: '/new',
    logStream: 's',
    createGroup: true,
    clock: movedClock(() => {}),
  });
  writer.write({ timestamp: nowMs, message: 'x' });
  expect(await writer.close()).toMatchObject({ delivered: 1, undelivered: 0 });
});
