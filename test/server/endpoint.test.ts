import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { startEndpoint } from '../../src/server/endpoint.js';
import { failureOf, nowMs, startPair } from './sdk.js';

const target = { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' };

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function send(url: string, { method = 'POST', path = '/', headers = target, body = '{}' }: RawRequest) {
  const sent = httpRequest(new URL(path, url), { method, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  const received: IncomingHttpHeaders = response.headers;
  return { statusCode: response.statusCode, code: received['x-amzn-errortype'], headers: received, text };
}

test('an answer has the type of AWS JSON 1.1, the date of the endpoint’s clock and a request id', async () => {
  const { endpoint } = await startPair();
  const { statusCode, headers, text } = await send(endpoint.url, {});
  expect({ statusCode, text }).toEqual({ statusCode: 200, text: '{"logGroups":[]}' });
  expect(headers['content-type']).toBe('application/x-amz-json-1.1');
  expect(headers.date).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
  expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('an error names its exception in the header and in the body', async () => {
  const { endpoint } = await startPair();
  const headers = { 'x-amz-target': 'Logs_20140328.FilterLogEvents' };
  const { statusCode, code, text } = await send(endpoint.url, { headers, body: '{"logGroupName":"x"}' });
  expect({ statusCode, code }).toEqual({ statusCode: 400, code: 'ResourceNotFoundException' });
  expect(JSON.parse(text)).toEqual({
    __type: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
});

test.each<[string, RawRequest, number, string]>([
  ['a foreign host', { headers: { ...target, host: 'logs.example.com' } }, 403, 'AccessDeniedException'],
  [
    'a foreign host that resolves to this one',
    { headers: { ...target, host: 'evil.example:80' } },
    403,
    'AccessDeniedException',
  ],
  [
    'a foreign host with the prefix of streaming operations',
    { headers: { ...target, host: 'stream-logs.example.com' } },
    403,
    'AccessDeniedException',
  ],
  ['another port in the host', { headers: { ...target, host: '127.0.0.1:1' } }, 403, 'AccessDeniedException'],
  [
    'an address that stands for all of this machine',
    { headers: { ...target, host: '0.0.0.0' } },
    403,
    'AccessDeniedException',
  ],
  ['an IPv6 address of a network', { headers: { ...target, host: '[fd00::1]' } }, 403, 'AccessDeniedException'],
  ['the IPv6 address that stands for all', { headers: { ...target, host: '[::]' } }, 403, 'AccessDeniedException'],
  [
    'a host with the loopback address in front',
    { headers: { ...target, host: '127.0.0.1.nip.io' } },
    403,
    'AccessDeniedException',
  ],
  [
    'a host with the loopback address as a user',
    { headers: { ...target, host: '127.0.0.1@evil.example' } },
    403,
    'AccessDeniedException',
  ],
  ['a host that is none', { headers: { ...target, host: 'a b' } }, 403, 'AccessDeniedException'],
  [
    'an origin with the loopback address in front',
    { headers: { ...target, origin: 'http://127.0.0.1.nip.io' } },
    403,
    'AccessDeniedException',
  ],
  [
    'an origin of another IPv6 address',
    { headers: { ...target, origin: 'http://[fd00::1]' } },
    403,
    'AccessDeniedException',
  ],
  ['an origin that is no URL', { headers: { ...target, origin: '*' } }, 403, 'AccessDeniedException'],
  ['a foreign origin', { headers: { ...target, origin: 'https://example.com' } }, 403, 'AccessDeniedException'],
  ['an opaque origin', { headers: { ...target, origin: 'null' } }, 403, 'AccessDeniedException'],
  [
    'an origin that only begins like this machine',
    { headers: { ...target, origin: 'http://localhost.example.com' } },
    403,
    'AccessDeniedException',
  ],
  ['an unknown operation', { headers: { 'x-amz-target': 'Logs_20140328.Nothing' } }, 400, 'UnknownOperationException'],
  [
    'the name of an inherited property',
    { headers: { 'x-amz-target': 'Logs_20140328.constructor' } },
    400,
    'UnknownOperationException',
  ],
  [
    'another service',
    { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
    400,
    'UnknownOperationException',
  ],
  ['no operation', { headers: {} }, 400, 'UnknownOperationException'],
  ['another path', { path: '/x' }, 404, 'UnknownOperationException'],
  ['another method', { method: 'PUT' }, 404, 'UnknownOperationException'],
  ['a body that is not JSON', { body: '{' }, 400, 'SerializationException'],
  ['a body that is no structure', { body: '[]' }, 400, 'SerializationException'],
  ['a member of the wrong type', { body: '{"limit":"1"}' }, 400, 'SerializationException'],
  ['a body of more than 8 MiB', { body: ' '.repeat(8 * 1_048_576 + 1) }, 413, 'RequestEntityTooLargeException'],
])('%s is refused', async (_, raw, statusCode, code) => {
  const { endpoint } = await startPair();
  expect(await send(endpoint.url, raw)).toMatchObject({ statusCode, code });
});

test.each<[string, RawRequest, string]>([
  ['an operation', { headers: { 'x-amz-target': 'Logs_20140328.PutMetricFilter' } }, 'PutMetricFilter'],
  ['a service', { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } }, 'DynamoDB_20120810.ListTables'],
  ['a path', { path: '/x' }, 'POST /x'],
  ['a request', { headers: {} }, 'a request without X-Amz-Target'],
])('the refusal of %s it does not have names the local endpoint', async (_, raw, asked) => {
  const { endpoint } = await startPair();
  const { text } = await send(endpoint.url, raw);
  expect(JSON.parse(text)).toEqual({
    __type: 'UnknownOperationException',
    message: `cwlogs serve does not have ${asked}`,
  });
});

test('it listens on the loopback address, and on no other of this machine', async () => {
  const { endpoint } = await startPair();
  const { hostname, port } = new URL(endpoint.url);
  expect(hostname).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
    await expect(once(connect(Number(port), address), 'connect')).rejects.toThrow('ECONNREFUSED');
  }
});

test('an endpoint does not start on a port that is in use', async () => {
  const { endpoint } = await startPair();
  const port = Number(new URL(endpoint.url).port);
  await expect(startEndpoint({ port })).rejects.toThrow(
    new UsageError({ flag: '--port', value: String(port), problem: 'is in use', fix: 'leave it out for a free one' }),
  );
});

test.each([
  ['localhost as host', (port: string) => ({ host: `localhost:${port}` })],
  ['localhost with the prefix of streaming operations', (port: string) => ({ host: `stream-localhost:${port}` })],
  ['the IPv6 loopback as host', (port: string) => ({ host: `[::1]:${port}` })],
  ['the IPv6 loopback written out', (port: string) => ({ host: `[0:0:0:0:0:0:0:1]:${port}` })],
  ['an origin of the IPv6 loopback', () => ({ origin: 'http://[::1]:3000' })],
  ['an origin of this machine', () => ({ origin: 'http://localhost:3000' })],
])('%s is served', async (_, toHeaders) => {
  const { endpoint } = await startPair();
  const headers = { ...target, ...toHeaders(new URL(endpoint.url).port) };
  expect(await send(endpoint.url, { headers })).toMatchObject({ statusCode: 200 });
});

test('every request is counted by its operation, refused ones too', async () => {
  const { endpoint, client } = await startPair();
  await client.send(new DescribeLogGroupsCommand({}));
  await failureOf(client.send(new DescribeLogGroupsCommand({ limit: 51 })));
  await failureOf(client.send(new FilterLogEventsCommand({ logGroupName: 'x' })));
  expect([...endpoint.requests]).toEqual([
    ['DescribeLogGroups', 2],
    ['FilterLogEvents', 1],
  ]);
});

test('an operation has one second of requests in advance and earns more as time goes by', async () => {
  let clockMs = nowMs;
  const { client } = await startPair({ now: () => clockMs, switches: { requestsPerSecond: { DescribeLogGroups: 2 } } });
  const ask = () => failureOf(client.send(new DescribeLogGroupsCommand({})));
  expect([await ask(), await ask(), await ask()]).toEqual([
    'no failure',
    'no failure',
    'ThrottlingException: Rate exceeded',
  ]);
  clockMs += 500;
  expect([await ask(), await ask()]).toEqual(['no failure', 'ThrottlingException: Rate exceeded']);
  expect(await failureOf(client.send(new FilterLogEventsCommand({ logGroupName: 'x' })))).toContain('ResourceNotFound');
});

test('answers are as late as was asked for', async () => {
  const { client } = await startPair({ switches: { latencyMs: [30, 40] } });
  const startedMs = performance.now();
  await client.send(new DescribeLogGroupsCommand({}));
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(29);
});

test('closing does not wait for an answer that is late', async () => {
  const { endpoint, client } = await startPair({ switches: { latencyMs: 60_000 } });
  const failure = failureOf(client.send(new DescribeLogGroupsCommand({})));
  while (endpoint.requests.size === 0) await new Promise(setImmediate);
  await endpoint.close();
  expect(await failure).not.toBe('no failure');
});

test('the same seed gives the same request ids', async () => {
  const ids = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const { endpoint } = await startPair({ switches: { seed } });
      return (await send(endpoint.url, {})).headers['x-amzn-requestid'];
    }),
  );
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});
