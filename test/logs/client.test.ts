import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ServiceError } from '../../src/errors.js';
import { type Attempt, type ClientOptions, connect, createClient } from '../../src/logs/client.js';
import { temporaryFolder } from '../save/folder.js';
import { cut, cutInBody, endedEarly, json, refusal, silence, startWireServer, type WireServer } from './wire-server.js';

const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const page = { events: [{ timestamp: 1, ingestionTime: 2, message: 'm', eventId: '3', logStreamName: 's' }] };
const throttle = refusal('ThrottlingException', 'Rate exceeded');
const internal = refusal('InternalFailure', 'try later', 500);

let server: WireServer;
const clients: CloudWatchLogsClient[] = [];

beforeAll(async () => {
  server = await startWireServer();
});
afterAll(() => server.close());
beforeEach(() => {
  // Full jitter of nothing: no retry waits.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const client of clients.splice(0)) client.destroy();
});

test.each([
  ['a throttle', throttle],
  ['a failure inside the service', internal],
  ['a connection cut before the answer', cut],
  ['a connection cut in the middle of the body', cutInBody(page)],
  ['a body that ends early as if whole', endedEarly(page)],
])('%s is tried again', async (_, failure) => {
  server.answerWith(failure, failure, json(200, page));
  const { events } = await createTestClient().send(filter());
  expect(events).toEqual(page.events);
  expect(server.arrivals).toHaveLength(3);
});

test('every kind of trouble in turn is outlived', async () => {
  server.answerWith(json(200, page), throttle, internal, cutInBody(page), endedEarly(page), throttle, json(200, page));
  const client = createTestClient();
  await client.send(filter());
  expect(await client.send(filter())).toMatchObject(page);
  expect(server.arrivals).toHaveLength(7);
});

test('a service that only throttles fails after ten attempts', async () => {
  server.answerWith(throttle);
  const failure = await failureOf(createTestClient().send(filter()));
  expect(failure.cause).toMatchObject({ name: 'ThrottlingException', $metadata: { attempts: 10 } });
  expect(server.arrivals).toHaveLength(10);
});

test('a refusal is not tried again, and says what was asked of whom', async () => {
  server.answerWith(refusal('ResourceNotFoundException', 'The specified log group does not exist.'));
  const failure = await failureOf(createTestClient({ profile: 'prod' }).send(filter('/nope')));
  expect(failure).toMatchObject({
    operation: 'FilterLogEvents',
    region: 'eu-west-1',
    profile: 'prod',
    logGroup: '/nope',
    cause: { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' },
  });
  expect(server.arrivals).toHaveLength(1);
});

test('a failure for a group given by ARN names the ARN', async () => {
  server.answerWith(refusal('AccessDeniedException', 'no'));
  const logGroupIdentifier = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';
  const failure = await failureOf(createTestClient().send(new DescribeLogStreamsCommand({ logGroupIdentifier })));
  expect(failure).toMatchObject({ operation: 'DescribeLogStreams', logGroup: logGroupIdentifier });
});

test('missing credentials are a failure of the operation that needed them', async () => {
  const missing = async () => {
    throw Object.assign(new Error('nothing found'), { name: 'CredentialsProviderError' });
  };
  const failure = await failureOf(createTestClient({ credentials: missing }).send(filter()));
  expect(failure).toMatchObject({ operation: 'FilterLogEvents', cause: { name: 'CredentialsProviderError' } });
});

test('onAttempt hears every attempt, also those that were tried again', async () => {
  server.answerWith(throttle, endedEarly(page), json(200, page));
  const attempts: Attempt[] = [];
  await createTestClient({ onAttempt: (attempt) => attempts.push(attempt) }).send(filter());
  expect(attempts).toMatchObject([
    { operation: 'FilterLogEvents', error: { name: 'ThrottlingException' } },
    { operation: 'FilterLogEvents', error: { name: 'SyntaxError' } },
    { operation: 'FilterLogEvents', durationMs: expect.any(Number) },
  ]);
  expect(attempts[2]).not.toHaveProperty('error');
});

test('each attempt of a request takes its turn at the given rate', async () => {
  server.answerWith(...Array(7).fill(internal), json(200, page));
  const startMs = performance.now();
  await createTestClient({ ratePerSecond: 20 }).send(filter());
  // Five attempts go out as the burst; the other three come 50 ms after each other, less what timers round off.
  expect(performance.now() - startMs).toBeGreaterThan(140);
});

test('an abort ends a request that waits for its turn', async () => {
  server.answerWith(json(200, page));
  const client = createTestClient({ ratePerSecond: 0.01 });
  await client.send(filter());
  const controller = new AbortController();
  const waiting = client.send(filter(), { abortSignal: controller.signal });
  setImmediate(() => controller.abort());
  expect((await failureOf(waiting)).cause).toMatchObject({ name: 'AbortError' });
  expect(server.arrivals).toHaveLength(1);
});

test('an abort ends a request that is not answered', async () => {
  server.answerWith(silence);
  const controller = new AbortController();
  const unanswered = createTestClient().send(filter(), { abortSignal: controller.signal });
  await vi.waitUntil(() => server.arrivals.length === 1);
  controller.abort();
  expect((await failureOf(unanswered)).cause).toMatchObject({ name: 'AbortError' });
});

test.each([
  ['events', { ...page, searchedLogStreams: [], nextToken: 't/1' }],
  ['an empty page with a token', { events: [], searchedLogStreams: [], nextToken: 't/2' }],
  ['an empty last page', { events: [], searchedLogStreams: [] }],
  ['other alphabets, emoji and escapes', toPage('終わり 🙂 \u0000 \u001b[31m "q" \\ \n\t \u2028 e\u0301')],
  ['a long message of multi-byte characters', toPage('é🙂終'.repeat(60_000))],
  ['10,000 events', { events: Array.from({ length: 10_000 }, (_, at) => ({ timestamp: at, message: `${at}` })) }],
])('a page with %s is read as the stock protocol reads it', async (_, sent) => {
  server.answerWith(json(200, sent));
  const stock = new CloudWatchLogsClient({ region: 'eu-west-1', endpoint: server.url, credentials });
  clients.push(stock);
  expect(await createTestClient().send(filter())).toEqual(await stock.send(filter()));
});

test('a page is the JSON that was sent: what is newer than the SDK stays', async () => {
  server.answerWith(json(200, { events: [{ ...page.events[0], entity: 'e-1' }] }));
  expect(await createTestClient().send(filter())).toMatchObject({ events: [{ entity: 'e-1' }] });
});

test('an own endpoint gets no host prefix', async () => {
  server.answerWith(refusal('InvalidParameterException', 'no such group'));
  const command = new StartLiveTailCommand({
    logGroupIdentifiers: ['arn:aws:logs:eu-west-1:123456789012:log-group:g'],
  });
  expect((await failureOf(createTestClient().send(command))).cause).toMatchObject({
    name: 'InvalidParameterException',
  });
  expect(server.arrivals).toMatchObject([{ operation: 'StartLiveTail', host: new URL(server.url).host }]);
});

test('a connection knows the region it reads', async () => {
  const { client, region } = await connect({ region: 'eu-north-1', credentials });
  clients.push(client);
  expect(region).toBe('eu-north-1');
});

test('without a region connecting fails', async () => {
  for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
  expect(await failureOf(connect({}))).toMatchObject({
    operation: 'connecting',
    cause: { message: expect.stringContaining('Region is missing') },
  });
});

test.each(['Ireland', 'us east 1'])('the region %j of a profile is refused before any request', async (region) => {
  const file = join(temporaryFolder(), 'config');
  writeFileSync(file, `[profile prod]\nregion = ${region}\n`);
  for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', file);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  await expect(connect({ profile: 'prod' })).rejects.toThrow(
    `the region of profile prod "${region}" is not an AWS region; run: aws configure set region eu-west-1 --profile prod, or give --region`,
  );
});

function createTestClient(options: ClientOptions = {}): CloudWatchLogsClient {
  // A rate so high that what the limiter learns from a throttle is not felt.
  const reachable = { region: 'eu-west-1', endpoint: server.url, credentials, ratePerSecond: 1_000 };
  const client = createClient({ ...reachable, ...options });
  clients.push(client);
  return client;
}

function filter(logGroupName = '/app'): FilterLogEventsCommand {
  return new FilterLogEventsCommand({ logGroupName });
}

function toPage(message: string): object {
  return { events: [{ timestamp: 1_795_187_045_123, ingestionTime: 0, message, eventId: '1', logStreamName: 's' }] };
}

async function failureOf(promise: Promise<unknown>): Promise<ServiceError> {
  const failure = await promise.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (failure instanceof ServiceError) return failure;
  throw failure;
}
