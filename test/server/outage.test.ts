import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { OutageKind } from '../../src/server/outage.js';
import { openSession } from './live-tail.js';
import { createMovedClock } from './moved-clock.js';
import { failureOf, nowMs, startPair } from './sdk.js';

const describe = new DescribeLogGroupsCommand({});

test.each<[OutageKind, string]>([
  ['throttle', 'ThrottlingException: Rate exceeded'],
  ['500', 'InternalFailure'],
  ['503', 'ServiceUnavailableException'],
  ['expired', 'ExpiredTokenException: The security token included in the request is expired'],
  [
    'denied',
    'AccessDeniedException: User: arn:aws:iam::123456789012:user/local is not authorized to perform: logs:DescribeLogGroups',
  ],
  ['reset', 'ECONNRESET'],
  ['refuse', 'ECONNREFUSED'],
])('during an outage of the kind %s every request fails, after it none', async (kind, failure) => {
  const { client, endpoint } = await startPair();
  await endpoint.beginOutage(kind);
  for (let request = 0; request < 3; request += 1) {
    const error = await client.send(describe).catch((reason) => `${reason} ${reason.code}`);
    expect(error).toContain(failure);
  }
  await endpoint.endOutage();
  expect(await failureOf(client.send(describe))).toBe('no failure');
});

test('a request that hangs is accepted and never answered, not even when the outage is over', async () => {
  const { client, endpoint } = await startPair();
  await endpoint.beginOutage('hang');
  let isAnswered = false;
  const hanging = failureOf(client.send(describe)).then(() => {
    isAnswered = true;
  });
  while (endpoint.requests.size === 0) await new Promise(setImmediate);
  await endpoint.endOutage();
  expect(await failureOf(client.send(describe))).toBe('no failure');
  expect(isAnswered).toBe(false);
  await endpoint.close();
  await hanging;
});

test('one outage takes the place of another', async () => {
  const { client, endpoint } = await startPair();
  await endpoint.beginOutage('refuse');
  await endpoint.beginOutage('expired');
  expect(await failureOf(client.send(describe))).toContain('ExpiredTokenException');
});

test('an endpoint is closed in the middle of an outage', async () => {
  const { client, endpoint } = await startPair();
  await endpoint.beginOutage('refuse');
  await endpoint.close();
  expect(await failureOf(client.send(describe))).not.toBe('no failure');
});

async function startSession() {
  const clock = createMovedClock(nowMs);
  const { client, endpoint } = await startPair({ now: clock.now, after: clock.after });
  endpoint.store.createGroup('g');
  const session = await openSession(client);
  await clock.advance(1_000);
  await session.update();
  return { clock, client, endpoint, session };
}

test.each<OutageKind>(['reset', 'refuse'])('a session breaks when an outage of the kind %s begins', async (kind) => {
  const { clock, endpoint, session } = await startSession();
  const next = expect(session.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await endpoint.beginOutage(kind);
  await next;
  expect(clock.waiting).toBe(0);
});

test('a session falls silent when an outage begins in which everything hangs', async () => {
  const { clock, endpoint, session } = await startSession();
  await endpoint.beginOutage('hang');
  const next = session.next().catch(() => 'closed');
  await endpoint.endOutage();
  await clock.advance(60_000);
  await endpoint.close();
  expect(await next).toBe('closed');
});

test.each<OutageKind>(['throttle', 'expired'])('a session outlives an outage of the kind %s', async (kind) => {
  const { clock, endpoint, session } = await startSession();
  await endpoint.beginOutage(kind);
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs, message: 'm' }]);
  await clock.advance(1_000);
  expect(await session.messages()).toEqual(['m']);
});

test('a page of a group that was deleted and made again has only what is new', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs, message: 'old' }]);
  endpoint.store.deleteGroup('g');
  const read = new FilterLogEventsCommand({ logGroupName: 'g' });
  expect(await failureOf(client.send(read))).toContain('ResourceNotFoundException');
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs, message: 'new' }]);
  const { events = [] } = await client.send(read);
  expect(events.map(({ message }) => message)).toEqual(['new']);
});
