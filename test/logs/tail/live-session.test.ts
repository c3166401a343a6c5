import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import type { StreamSelector } from '../../../src/logs/read/filter-events.js';
import { type LiveUpdate, liveUpdates } from '../../../src/logs/tail/live-session.js';
import { collect, toException } from '../fixtures.js';
import { createTimedClock } from './timed-clock.js';

const appArn = 'arn:aws:logs:eu-west-1:111111111111:log-group:/app';
const otherArn = 'arn:aws:logs:eu-west-1:222222222222:log-group:/app';
const webArn = 'arn:aws:logs:eu-west-1:111111111111:log-group:/web';

test.each<[string, StreamSelector, object]>([
  ['all streams', { kind: 'all' }, {}],
  ['some streams', { kind: 'names', names: ['a', 'b'] }, { logStreamNames: ['a', 'b'] }],
  ['streams by prefix', { kind: 'prefix', prefix: 'web/' }, { logStreamNamePrefixes: ['web/'] }],
])('it asks for %s of groups by their ARNs', async (_, streams, chosen) => {
  const { inputs, read, clock } = setUp([], { streams, filterPattern: 'ERROR' });
  await clock.until(collect(read()));
  expect(inputs).toEqual([{ logGroupIdentifiers: [appArn, webArn], logEventFilterPattern: 'ERROR', ...chosen }]);
});

test('updates come as they are: events completed, whether some were left out, empty ones too', async () => {
  const { read, clock } = setUp([
    { sessionStart: {} },
    { sessionUpdate: { sessionMetadata: { sampled: false }, sessionResults: [] } },
    {
      sessionUpdate: {
        sessionMetadata: { sampled: true },
        sessionResults: [
          { timestamp: 5, ingestionTime: 7, message: 'hello', logStreamName: 's', logGroupIdentifier: appArn },
        ],
      },
    },
    { sessionUpdate: {} },
  ]);
  expect(await clock.until(collect(read()))).toEqual([
    { events: [], sampled: false },
    {
      events: [
        {
          timestamp: 5,
          ingestionTime: 7,
          message: 'hello',
          eventId: '',
          logStreamName: 's',
          logGroupName: 'app as asked for',
          region: 'eu-west-1',
        },
      ],
      sampled: true,
    },
    { events: [], sampled: false },
  ]);
});

test.each([
  ['its ARN', appArn, 'app as asked for'],
  ['account and name', '111111111111:/app', 'app as asked for'],
  ['its name', '/web', '/web'],
  ['account and name, as there is one of that name in another account', '222222222222:/app', otherArn],
  ['the ARN of one in another account', otherArn, otherArn],
  ['a form nobody knows', 'logs/111111111111:/web', '/web'],
  ['one that was not asked for', '/else', '/else'],
])('a group is known by %s', async (_, logGroupIdentifier, logGroup) => {
  const frame = { sessionUpdate: { sessionResults: [{ logGroupIdentifier, message: 'm' }] } };
  const { read, clock } = setUp([frame], {
    logGroups: [
      { logGroup: 'app as asked for', arn: appArn },
      { logGroup: otherArn, arn: otherArn },
      { logGroup: '/web', arn: webArn },
    ],
  });
  const [update] = await clock.until(collect(read()));
  expect(update?.events.map(({ logGroupName }) => logGroupName)).toEqual([logGroup]);
});

describe('it ends', () => {
  const update = { sessionUpdate: { sessionResults: [] } };

  test('by itself, where the service ends it without a word', async () => {
    const { clock, read } = setUp([update, update]);
    expect(await clock.until(collect(read()))).toHaveLength(2);
    expect(clock.waiting()).toBe(0);
  });

  test('by the exception that the service ends it with', async () => {
    const timeout = toException('SessionTimeoutException', 'The session has timed out.');
    const { clock, read } = setUp([update], { ending: timeout });
    await expect(clock.until(collect(read()))).rejects.toBe(timeout);
    expect(clock.waiting()).toBe(0);
  });

  test('by a refusal, before the first update', async () => {
    const refusal = toException('AccessDeniedException', 'no');
    const { clock, read } = setUp([], { refusal });
    await expect(clock.until(collect(read()))).rejects.toBe(refusal);
  });

  test('when nothing has come for fifteen seconds', async () => {
    const { clock, read, isOpen } = setUp([update, update], { ending: 'silence' });
    await expect(clock.until(collect(read()))).rejects.toThrow('aborted');
    expect(clock.elapsed()).toBe(2_000 + 15_000);
    expect(isOpen()).toBe(false);
  });

  test('never as long as updates come, though they come slowly', async () => {
    const { read, isOpen, clock } = setUp(Array(60).fill(update), { everyMs: 10_000 });
    expect(await clock.until(collect(read()))).toHaveLength(60);
    expect(clock.elapsed()).toBe(600_000);
    expect(isOpen()).toBe(false);
  });

  test('by the signal', async () => {
    const { read, isOpen, clock, stop } = setUp(Array(10).fill(update));
    const reading = collect(read());
    reading.catch(() => {});
    await clock.advance(2_500);
    expect(isOpen()).toBe(true);
    stop.abort(new Error('stopped'));
    // As the SDK shows it; whoever reads knows better.
    await expect(clock.until(reading)).rejects.toThrow('aborted');
    expect(isOpen()).toBe(false);
  });

  test('when its consumer leaves', async () => {
    const { read, isOpen, clock } = setUp(Array(10).fill(update));
    const updates = read();
    await clock.until(updates.next());
    expect(isOpen()).toBe(true);
    await clock.until(updates.return(undefined));
    expect(isOpen()).toBe(false);
    expect(clock.waiting()).toBe(0);
  });
});

interface Session {
  readonly streams?: StreamSelector;
  readonly filterPattern?: string;
  readonly logGroups?: readonly { readonly logGroup: string; readonly arn: string }[];
  readonly everyMs?: number;
  /** How it ends after its frames; default: without a word. */
  readonly ending?: 'silence' | Error;
  readonly refusal?: Error;
}

/** A session of so many frames. */
function setUp(frames: readonly object[], session: Session = {}) {
  const { streams = { kind: 'all' }, filterPattern, everyMs = 1_000, ending, refusal } = session;
  const logGroups = session.logGroups ?? [
    { logGroup: 'app as asked for', arn: appArn },
    { logGroup: '/web', arn: webArn },
  ];
  const clock = createTimedClock(0);
  const stop = new AbortController();
  const inputs: object[] = [];
  let open = 0;
  async function* responseStream(signal: AbortSignal) {
    const broken = (): never => {
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    };
    open += 1;
    try {
      for (const frame of frames) {
        await clock.wait(everyMs, signal).catch(broken);
        yield frame;
      }
      if (ending === 'silence') await clock.wait(1e12, signal).catch(broken);
      if (ending instanceof Error) throw ending;
    } finally {
      open -= 1;
    }
  }
  const client = Object.assign(new CloudWatchLogsClient({ region: 'eu-west-1' }), {
    async send(command: { readonly input: object }, { abortSignal }: { readonly abortSignal: AbortSignal }) {
      inputs.push(JSON.parse(JSON.stringify(command.input)));
      if (refusal !== undefined) throw refusal;
      return { responseStream: responseStream(abortSignal) };
    },
  });
  const request = { region: 'eu-west-1', logGroups, streams, filterPattern };
  const read = (): AsyncGenerator<LiveUpdate> => liveUpdates(client, request, { clock, signal: stop.signal });
  return { clock, stop, inputs, read, isOpen: () => open > 0 };
}
