import { StartLiveTailCommand, type StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { type LiveRequest, liveUpdates } from '../../../src/logs/tail/live-session.js';
import { collect, createMockedClient, toEvent } from '../fixtures.js';
import { createMovedClock } from './simulation.js';

const arn = 'arn:aws:logs:eu-west-1:111:log-group:/app';
const request: LiveRequest = {
  region: 'eu-west-1',
  logGroups: [{ logGroup: '/app', arn }],
  streams: { kind: 'all' },
  filterPattern: undefined,
};

describe('what is asked for', () => {
  test.each<[string, Partial<LiveRequest>, object]>([
    ['all streams', {}, {}],
    ['streams by name', { streams: { kind: 'names', names: ['a', 'b'] } }, { logStreamNames: ['a', 'b'] }],
    ['streams by prefix', { streams: { kind: 'prefix', prefix: 'web/' } }, { logStreamNamePrefixes: ['web/'] }],
    ['a pattern', { filterPattern: 'ERROR' }, { logEventFilterPattern: 'ERROR' }],
  ])('%s', async (_, parts, expected) => {
    const { run, inputs } = setUp([]);
    await collect(run(parts));
    expect(inputs()).toEqual([{ logGroupIdentifiers: [arn], ...expected }]);
  });
});

test('the first frame, which tells of the session, is no update', async () => {
  const { run } = setUp([{ sessionStart: {} }, { sessionUpdate: { sessionMetadata: { sampled: true } } }]);
  expect(await collect(run())).toEqual([{ events: [], sampled: true }]);
});

describe('the group of an event is named as it was asked for', () => {
  test.each([
    ['as the service names it', '111:/app', '/app'],
    ['by its name', '/app', '/app'],
    ['by its ARN', arn, '/app'],
    ['that was not asked for', '111:/application', '/application'],
  ])('%s', async (_, logGroupIdentifier, logGroupName) => {
    const event = { timestamp: 1, ingestionTime: 2, message: 'm', logStreamName: 's' };
    const { run } = setUp([{ sessionUpdate: { sessionResults: [{ ...event, logGroupIdentifier }] } }]);
    const [update] = await collect(run());
    expect(update?.events).toEqual([toEvent({ ...event, eventId: '', logGroupName })]);
  });
});

test('a session that falls silent for 15 s is ended', async () => {
  const { run, clock, signals } = setUp([{ sessionUpdate: {} }], { isSilent: true });
  const updates = run();
  expect((await updates.next()).value).toEqual({ events: [], sampled: false });
  const silent = expect(updates.next()).rejects.toThrow('the session was cut');
  await silent;
  expect(clock.elapsed()).toBe(15_000);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test('a session that is left is ended', async () => {
  const { run, signals } = setUp([{ sessionUpdate: {} }, { sessionUpdate: {} }]);
  for await (const update of run()) {
    expect(update.events).toEqual([]);
    break;
  }
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

/** A session of these frames, which then ends or falls silent until it is aborted. */
function setUp(frames: readonly object[], { isSilent = false } = {}) {
  const { client, mock } = createMockedClient();
  const clock = createMovedClock(0);
  const signals: AbortSignal[] = [];
  const send = client.send.bind(client);
  Object.assign(client, {
    send(command: StartLiveTailCommand, options: { readonly abortSignal: AbortSignal }) {
      signals.push(options.abortSignal);
      return send(command, options);
    },
  });
  mock.on(StartLiveTailCommand).callsFake(() => ({ responseStream: stream() }));
  async function* stream(): AsyncGenerator<StartLiveTailResponseStream> {
    yield* frames as StartLiveTailResponseStream[];
    const [signal] = signals;
    if (!isSilent || signal === undefined) return;
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve());
    });
    throw new Error('the session was cut');
  }
  const run = (parts: Partial<LiveRequest> = {}) =>
    liveUpdates(client, { ...request, ...parts }, { clock, signal: new AbortController().signal });
  const inputs = () => mock.commandCalls(StartLiveTailCommand).map(({ args }) => args[0].input);
  return { run, clock, signals, inputs };
}
