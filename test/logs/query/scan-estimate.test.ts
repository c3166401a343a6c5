import { expect, test } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { estimateScan } from '../../../src/logs/query/scan-estimate.js';
import { nowMs, startPair } from '../../server/sdk.js';

const dayMs = 86_400_000;

async function startStored() {
  const { endpoint, client } = await startPair();
  const tenDaysAgo = { creationTime: nowMs - 10 * dayMs };
  endpoint.store.createGroup('/ten-days', tenDaysAgo);
  endpoint.store.createGroup('/kept-for-five', tenDaysAgo).retentionInDays = 5;
  for (const group of ['/ten-days', '/kept-for-five']) {
    endpoint.store.seedEvents(group, 's', [{ timestamp: nowMs - dayMs, message: 'x'.repeat(974) }]);
  }
  return { endpoint, client };
}

test.each([
  ['a day of ten', ['/ten-days'], 1, 100, 1_000],
  ['a day of the five that are kept', ['/kept-for-five'], 1, 200, 1_000],
  ['both', ['/ten-days', '/kept-for-five'], 1, 300, 2_000],
  ['more than there is', ['/ten-days'], 100, 1_000, 1_000],
])('%s', async (_, logGroups, days, likelyBytes, storedBytes) => {
  const { client } = await startStored();
  const request = { logGroups, startMs: nowMs - days * dayMs, endMs: nowMs };
  expect(await estimateScan(client, request, nowMs)).toEqual({ likelyBytes, storedBytes });
});

test('a time before the group was there holds nothing', async () => {
  const { client } = await startStored();
  const request = { logGroups: ['/ten-days'], startMs: nowMs - 30 * dayMs, endMs: nowMs - 20 * dayMs };
  expect(await estimateScan(client, request, nowMs)).toEqual({ likelyBytes: 0, storedBytes: 1_000 });
});

test('where a group is not there, or cannot be looked up, nothing is known', async () => {
  const { endpoint, client } = await startStored();
  const request = { logGroups: ['/none', '/ten-days'], startMs: nowMs - dayMs, endMs: nowMs };
  expect(await estimateScan(client, request, nowMs)).toBeUndefined();
  const own = createClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const foreign = { ...request, logGroups: ['arn:aws:logs:us-east-1:999999999999:log-group:/x'] };
  expect(await estimateScan(own, foreign, nowMs)).toBeUndefined();
  own.destroy();
});
