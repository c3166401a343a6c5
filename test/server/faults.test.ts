import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/server/faults.js';
import { failureOf, nowMs, startPair } from './sdk.js';

test.each<[FaultKind, string, number]>([
  ['500', 'InternalFailure', 500],
  ['503', 'ServiceUnavailableException', 503],
  ['throttle', 'ThrottlingException', 400],
])('a fault of the kind %s is %s for the SDK', async (kind, name, httpStatusCode) => {
  const { client, endpoint } = await startPair({ switches: { faults: { share: 1, kinds: [kind] } } });
  await expect(client.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode },
  });
  expect([...endpoint.faults]).toEqual([[kind, 1]]);
});

test.each<FaultKind>(['reset', 'cut'])('a connection that is %s fails a request of the SDK', async (kind) => {
  const { client, endpoint } = await startPair({ switches: { faults: { share: 1, kinds: [kind] } } });
  expect(await failureOf(client.send(new DescribeLogGroupsCommand({})))).not.toBe('no failure');
  expect([...endpoint.faults]).toEqual([[kind, 1]]);
});

test('a reset connection has sent nothing', async () => {
  const { endpoint } = await startPair({ switches: { faults: { share: 1, kinds: ['reset'] } } });
  await expect(send(endpoint.url, 'DescribeLogGroups')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a cut body has its whole length announced and half of it sent', async () => {
  const { endpoint } = await startPair({ switches: { faults: { share: 1, kinds: ['cut'] } } });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs, message: 'x'.repeat(900_000) }]);
  const { announced, received, code } = await send(endpoint.url, 'FilterLogEvents', { logGroupName: 'g' });
  expect(announced).toBeGreaterThan(900_000);
  expect({ received, code }).toEqual({ received: announced >>> 1, code: 'ECONNRESET' });
});

test('an operation without output is cut as well, and was done', async () => {
  const { endpoint } = await startPair({ switches: { faults: { share: 1, kinds: ['cut'] } } });
  expect(await send(endpoint.url, 'CreateLogGroup', { logGroupName: 'g' })).toEqual({
    announced: 2,
    received: 1,
    code: 'ECONNRESET',
  });
  expect([...endpoint.store.groups.keys()]).toEqual(['g']);
});

test.each<FaultKind>(['reset', 'cut'])('a batch whose answer is %s was stored in some cases', async (kind) => {
  const { client, endpoint } = await startPair({ switches: { faults: { share: 1, kinds: [kind] }, seed: 3 } });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', []);
  for (let batch = 0; batch < 20; batch++) expect(await failureOf(put(client))).not.toBe('no failure');
  const stored = endpoint.store.group('g').timeline.events().length;
  expect(stored).toBeGreaterThan(4);
  expect(stored).toBeLessThan(16);
});

test('a batch that fails by an answer of the service was never stored', async () => {
  const kinds = ['500', '503', 'throttle'] as const;
  const { client, endpoint } = await startPair({ switches: { faults: { share: 1, kinds } } });
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', []);
  for (let batch = 0; batch < 10; batch++) await failureOf(put(client));
  expect(endpoint.store.group('g').timeline.events()).toEqual([]);
});

test('faults befall about their share of the requests, spread over all kinds, and are counted', async () => {
  const { client, endpoint } = await startPair({ switches: { faults: { share: 0.5 }, seed: 1 } });
  let failed = 0;
  for (let request = 0; request < 200; request++) {
    if ((await failureOf(client.send(new DescribeLogGroupsCommand({})))) !== 'no failure') failed += 1;
  }
  const counts = [...endpoint.faults.values()];
  expect([...endpoint.faults.keys()].sort()).toEqual(['500', '503', 'cut', 'reset', 'throttle']);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(failed);
  expect(Math.abs(failed - 100)).toBeLessThan(25);
  expect(Math.min(...counts)).toBeGreaterThan(8);
});

test('the same seed gives the same faults', async () => {
  const outcomes = await Promise.all(
    [5, 5, 6].map(async (seed) => {
      const { client } = await startPair({ switches: { faults: { share: 0.5, kinds: ['500', 'throttle'] }, seed } });
      const names: string[] = [];
      for (let request = 0; request < 30; request++) {
        names.push(await failureOf(client.send(new DescribeLogGroupsCommand({}))));
      }
      return names;
    }),
  );
  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(outcomes[0]).not.toEqual(outcomes[2]);
});

test('without faults nothing fails and nothing is counted', async () => {
  const { client, endpoint } = await startPair();
  await client.send(new DescribeLogGroupsCommand({}));
  await failureOf(client.send(new FilterLogEventsCommand({ logGroupName: 'x' })));
  expect([...endpoint.faults]).toEqual([]);
});

function put(client: CloudWatchLogsClient): Promise<unknown> {
  const logEvents = [{ timestamp: nowMs, message: 'm' }];
  return client.send(new PutLogEventsCommand({ logGroupName: 'g', logStreamName: 's', logEvents }));
}

/** How much of an answer was announced and arrived before the connection broke. */
async function send(
  url: string,
  operation: string,
  input: object = {},
): Promise<{ announced: number; received: number; code: string | undefined }> {
  const headers = { 'x-amz-target': `Logs_20140328.${operation}` };
  const sent = httpRequest(url, { method: 'POST', headers, agent: false });
  sent.end(JSON.stringify(input));
  const [response] = await once(sent, 'response');
  let received = 0;
  let code: string | undefined;
  try {
    for await (const chunk of response) received += chunk.length;
  } catch (error) {
    code = (error as NodeJS.ErrnoException).code;
  }
  return { announced: Number(response.headers['content-length']), received, code };
}
