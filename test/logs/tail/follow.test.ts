import { expect, test } from 'vitest';
import { ServiceError } from '../../../src/errors.js';
import type { LogEvent } from '../../../src/logs/event.js';
import { followSource } from '../../../src/logs/tail/follow.js';
import { createOutages, type TailNews } from '../../../src/logs/tail/outages.js';
import { toEvent, toException, toFailure, toMissingGroup } from '../fixtures.js';
import { createTimedClock, readFor } from './timed-clock.js';

test('turns begin an even time after each other, however long they take', async () => {
  const { turns, follow, ...run } = setUp({ takesMs: 300 });
  await readFor(follow(), 4_500, run);
  expect(turns).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
});

test('a turn that takes longer than there is time is followed by the next at once', async () => {
  const { turns, follow, ...run } = setUp({ takesMs: 1_700 });
  await readFor(follow(), 5_000, run);
  expect(turns).toEqual([0, 1_700, 3_400]);
});

test('a turn is told when the next is due', async () => {
  const { dues, follow, ...run } = setUp({});
  await readFor(follow(), 2_500, run);
  expect(dues).toEqual([1_000, 2_000, 3_000]);
});

test('while a long time is waited, a shorter one is soon heard of', async () => {
  let turnMs = 10_000;
  const { turns, clock, stop, follow } = setUp({ turnMs: () => turnMs });
  const reading = readFor(follow(), 15_000, { clock, stop });
  await clock.advance(3_500);
  turnMs = 1_000;
  await reading;
  expect(turns[1]).toBe(4_000);
  expect(turns[2]).toBe(5_000);
});

test('an outage is said once and outlived: ever longer waits, then turns as before', async () => {
  const { turns, news, abandoned, follow, ...run } = setUp({
    failure: (elapsedMs) => (elapsedMs >= 2_000 && elapsedMs < 60_000 ? unreachable() : undefined),
  });
  const read = await readFor(follow(), 70_000, run);
  const waits = turns.map((beganMs, index) => (turns[index + 1] ?? beganMs) - beganMs);
  expect(waits.slice(0, 11)).toEqual([1e3, 1e3, 1e3, 2e3, 4e3, 8e3, 1e4, 1e4, 1e4, 1e4, 1e4]);
  expect(turns.slice(11, 14)).toEqual([67_000, 68_000, 69_000]);
  expect(abandoned()).toBe(9);
  expect(read).toHaveLength(turns.length - 9);
  expect(news).toMatchObject([{ kind: 'outage' }, { kind: 'recovered', durationMs: 65_000 }]);
});

test('an outage that comes back within a minute is not said again', async () => {
  const { news, follow, ...run } = setUp({
    failure: (elapsedMs) => (Math.floor(elapsedMs / 5_000) % 4 === 1 ? unreachable() : undefined),
  });
  await readFor(follow(), 120_000, run);
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered']);
});

test('a group that is deleted and made anew is said once each, and asked for every five seconds', async () => {
  const { turns, news, follow, ...run } = setUp({
    failure: (elapsedMs) => (elapsedMs >= 1_000 && elapsedMs < 12_000 ? toMissingGroup('/app') : undefined),
  });
  await readFor(follow(), 18_500, run);
  expect(turns).toEqual([0, 1_000, 6_000, 11_000, 16_000, 17_000, 18_000]);
  expect(news).toMatchObject([
    { kind: 'group-lost', logGroup: '/app' },
    { kind: 'group-back', logGroup: '/app' },
  ]);
});

test('what cannot be outlived ends it', async () => {
  const invalid = toFailure('InvalidParameterException', 'Invalid filter pattern');
  const { clock, follow, turns } = setUp({ failure: () => invalid });
  await expect(clock.until(follow().next())).rejects.toBe(invalid);
  expect(turns).toEqual([0]);
});

test('a consumer that leaves ends the turn under way, and no other begins', async () => {
  const { turns, closed, clock, follow } = setUp({});
  const pages = follow();
  await clock.until(pages.next());
  expect(closed()).toBe(0);
  await clock.until(pages.return(undefined));
  expect(closed()).toBe(1);
  await clock.advance(10_000);
  expect(turns).toEqual([0]);
});

test.each([
  ['between turns', 2_500],
  ['while a request is under way', 2_100],
  ['while an outage is waited out', 5_500],
])('the signal ends it with its reason: %s', async (_, afterMs) => {
  const { clock, stop, follow, turns, news } = setUp({
    takesMs: 200,
    failure: (elapsedMs) => (elapsedMs >= 5_000 ? unreachable() : undefined),
  });
  await readFor(follow(), afterMs, { clock, stop });
  const before = turns.length;
  await clock.advance(20_000);
  expect(turns).toHaveLength(before);
  // What the signal made of a request is not an outage.
  expect(news).toHaveLength(afterMs > 5_000 ? 1 : 0);
});

interface Manner {
  readonly turnMs?: () => number;
  readonly takesMs?: number;
  readonly failure?: (elapsedMs: number) => Error | undefined;
}

/** A source that yields a page each turn, if it does not fail. */
function setUp({ turnMs = () => 1_000, takesMs = 0, failure = () => undefined }: Manner) {
  const clock = createTimedClock(0);
  const stop = new AbortController();
  const turns: number[] = [];
  const dues: number[] = [];
  const news: TailNews[] = [];
  let closed = 0;
  let abandoned = 0;
  const source = {
    logGroup: '/app',
    heldIds: 0,
    forgetsBeforeMs: () => 0,
    async *lastLook() {},
    async *turn(untilMs: number): AsyncGenerator<LogEvent[]> {
      turns.push(clock.elapsed());
      dues.push(untilMs);
      try {
        // A request that is aborted fails like any other.
        const abort = (): never => {
          throw new ServiceError({ operation: 'FilterLogEvents', cause: toException('AbortError', 'aborted') });
        };
        if (takesMs > 0) await clock.wait(takesMs, stop.signal).catch(abort);
        const error = failure(clock.elapsed());
        if (error !== undefined) throw error;
        yield [toEvent({})];
      } finally {
        closed += 1;
      }
    },
    async abandon() {
      abandoned += 1;
    },
  };
  const outages = createOutages({ report: (item) => news.push(item), renewable: false, clock, random: () => 1 });
  const follow = () => followSource(source, { turnMs, outages, clock, signal: stop.signal });
  return { clock, stop, turns, dues, news, follow, closed: () => closed, abandoned: () => abandoned };
}

function unreachable(): ServiceError {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  return new ServiceError({ operation: 'FilterLogEvents', cause });
}
