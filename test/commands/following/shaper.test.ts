import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createShaper } from '../../../src/commands/following/shaper.js';
import { toGrepRequest } from '../../../src/commands/options/grep.js';
import type { LogEvent } from '../../../src/logs/event.js';
import { openTail } from '../../../src/logs/tail/tail-events.js';
import { createMockedClient, toMissingGroup, toReceived } from '../../logs/fixtures.js';

const nowMs = Date.UTC(2026, 10, 20, 12);

test('the newest records of a group are read where it is, of several regions', async () => {
  const here = createMockedClient('eu-west-1');
  const there = createMockedClient('us-east-1');
  here.mock.on(FilterLogEventsCommand).resolves({ events: [toReceived(nowMs - 60_000, { message: 'S one' })] });
  there.mock.on(FilterLogEventsCommand).rejects(toMissingGroup('/app'));
  const clients = [here.client, there.client];
  const request = { logGroups: ['/app'], streams: { kind: 'all' }, filterPattern: undefined, unmask: false } as const;
  const shaper = await createShaper({
    tail: await openTail(clients, { ...request, from: { kind: 'newest', count: 0 } }),
    clients,
    request: { ...request, from: { kind: 'newest', count: 5 } },
    grep: await toGrepRequest({ multiline: '^S', check: true }, undefined),
    rules: {},
    starts: new WeakSet(),
    nowMs,
    signal: new AbortController().signal,
  });
  const shown: LogEvent[] = [];
  for await (const { events } of shaper.history()) shown.push(...events);
  expect(shown.map(({ message }) => message)).toEqual(['S one']);
});
