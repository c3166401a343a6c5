import { expect, test } from 'vitest';
import type { LogEvent } from '../../../src/logs/event.js';
import { type FollowOptions, followSource } from '../../../src/logs/tail/follow.js';
import { createOutages, type TailNews } from '../../../src/logs/tail/outages.js';
import type { TailSource } from '../../../src/logs/tail/tail-source.js';
import { toEvent, toFailure } from '../fixtures.js';
import { createMovedClock } from './simulation.js';

const throttled = toFailure('ThrottlingException', 'Rate exceeded');

test('turns begin in step, however long each takes', async () => {
  const { follow, clock, begun } = setUp(() => clock.move(300));
  await take(follow(), 4);
  expect(begun).toEqual([0, 1_000, 2_000, 3_000]);
});

test('a turn that takes longer than its time is followed by the next at once', async () => {
  const { follow, clock, begun } = setUp((turn) => clock.move(turn === 2 ? 2_500 : 100));
  await take(follow(), 4);
  expect(begun).toEqual([0, 1_000, 3_500, 4_500]);
});

test('a turn is told when the next is due', async () => {
  const { follow, untils } = setUp(() => {}, { turnMs: () => 7_000 });
  await take(follow(), 2);
  expect(untils).toEqual([7_000, 14_000]);
});

test('a long turn that becomes a short one is not waited out', async () => {
  const { follow, clock, begun } = setUp(() => {}, { turnMs: () => (clock.elapsed() >= 3_500 ? 1_000 : 10_000) });
  await take(follow(), 3);
  // It is looked every second.
  expect(begun).toEqual([0, 4_000, 5_000]);
});

test('an outage is waited out: the source begins anew after growing waits', async () => {
  const { follow, begun, news, abandoned } = setUp((turn) => {
    if (turn >= 2 && turn <= 4) throw throttled;
  });
  const events = await take(follow(), 3);
  expect(events.map(({ message }) => message)).toEqual(['turn 1', 'turn 5', 'turn 6']);
  expect(begun).toEqual([0, 1_000, 2_000, 4_000, 8_000, 9_000]);
  expect(abandoned()).toBe(3);
  expect(news).toEqual([
    { kind: 'outage', error: throttled },
    { kind: 'recovered', durationMs: 7_000 },
  ]);
});

test('what cannot be outlived is thrown', async () => {
  const refused = toFailure('InvalidParameterException', 'Invalid filter pattern');
  const { follow, news } = setUp(() => {
    throw refused;
  });
  await expect(take(follow(), 1)).rejects.toBe(refused);
  expect(news).toEqual([]);
});

test('stopped while it waits, it ends with the reason', async () => {
  const { follow, stop } = setUp(() => {});
  const pages = follow();
  await pages.next();
  stop.abort(new Error('enough'));
  await expect(pages.next()).rejects.toThrow(/abort|enough/);
  expect(await pages.next()).toEqual({ done: true, value: undefined });
});

test('stopped within a request, it ends with the reason and not with what became of the request', async () => {
  const { follow, stop, news, abandoned } = setUp(() => {
    stop.abort(new Error('enough'));
    throw toFailure('TimeoutError', 'the request was cut');
  });
  await expect(follow().next()).rejects.toThrow('enough');
  expect(news).toEqual([]);
  expect(abandoned()).toBe(0);
});

test('stopped during an outage, it waits no longer', async () => {
  const { follow, stop, begun } = setUp(() => {
    throw throttled;
  });
  const pages = follow({
    outages: {
      failed: () => {
        stop.abort(new Error('enough'));
        return 10_000;
      },
      answered: () => {},
    },
  });
  await expect(pages.next()).rejects.toThrow('enough');
  expect(begun).toEqual([0]);
});

test('abandoned by its reader within a turn, it asks no further', async () => {
  const { follow, begun, closed } = setUp(() => {});
  await take(follow(), 1);
  expect(begun).toEqual([0]);
  expect(closed()).toBe(1);
});

function setUp(onTurn: (turn: number) => void, more: Partial<FollowOptions> = {}) {
  const clock = createMovedClock(1_800_000_000_000);
  const stop = new AbortController();
  const news: TailNews[] = [];
  const outages = createOutages({ report: (one) => news.push(one), renewable: true, clock, random: () => 1 });
  const begun: number[] = [];
  const untils: number[] = [];
  let abandoned = 0;
  let closed = 0;
  const source: TailSource = {
    logGroup: '/g',
    async *turn(untilMs) {
      begun.push(clock.elapsed());
      untils.push(untilMs);
      onTurn(begun.length);
      try {
        yield [toEvent({ message: `turn ${begun.length}` })];
      } finally {
        closed += 1;
      }
    },
    async abandon() {
      abandoned += 1;
    },
    forgetsBeforeMs: () => 0,
    async *lastLook() {},
    heldIds: 0,
  };
  const options = { turnMs: () => 1_000, outages, clock, signal: stop.signal, ...more };
  const follow = (other: Partial<FollowOptions> = {}) => followSource(source, { ...options, ...other });
  return { follow, clock, stop, news, begun, untils, abandoned: () => abandoned, closed: () => closed };
}

/** Takes so many events, then abandons the pages. */
async function take(pages: AsyncGenerator<LogEvent[]>, count: number): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for await (const page of pages) {
    events.push(...page);
    if (events.length >= count) break;
  }
  return events;
}
