import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLimiter, type Limiter } from '../../src/logs/limiter.js';

const operation = 'FilterLogEvents';

test('after a burst of a fifth of a second requests are evenly spaced', async () => {
  const limited = createTestLimiter(10);
  limited.advance(60_000);
  expect(await limited.takeWaits(6)).toEqual([0, 0, 0, 100, 200, 300]);
});

test('a pause of any length earns no more than the burst', async () => {
  const limited = createTestLimiter(10);
  await limited.takeWaits(3);
  limited.advance(3_600_000);
  expect(await limited.takeWaits(5)).toEqual([0, 0, 0, 100, 200]);
});

test('a rate below one a second spaces by more than a second', async () => {
  const limited = createTestLimiter(0.5);
  limited.advance(60_000);
  expect(await limited.takeWaits(3)).toEqual([0, 1_800, 3_800]);
});

test('each operation has its own rate', async () => {
  const limited = createTestLimiter((name) => (name === operation ? 10 : 1));
  limited.advance(60_000);
  await limited.takeWaits(5);
  expect(await limited.takeWaits(2, 'GetLogEvents')).toEqual([0, 800]);
  limited.limiter.throttled('GetLogEvents');
  expect(await limited.rate()).toBe(10);
});

test('without a known rate nothing waits until the first throttle', async () => {
  const limited = createTestLimiter(undefined);
  expect(await limited.takeWaits(1_000)).toEqual(Array(1_000).fill(0));
  limited.answer(20, { everyMs: 50 });
  limited.limiter.throttled(operation);
  expect(await limited.rate()).toBe(14);
});

test('an unknown rate is guessed from the answers of the last second alone', async () => {
  const limited = createTestLimiter(undefined);
  limited.answer(500, { everyMs: 1 });
  limited.advance(5_000);
  limited.answer(10, { everyMs: 100 });
  limited.limiter.throttled(operation);
  expect(await limited.rate()).toBe(7);
});

test('a throttle in the first second counts: others may be using the quota', async () => {
  const limited = createTestLimiter(10);
  await limited.takeWaits(1);
  limited.advance(300);
  limited.limiter.throttled(operation);
  expect(await limited.rate()).toBe(7);
});

test('throttles that come together lower the rate once', async () => {
  const limited = createTestLimiter(10);
  await limited.takeWaits(1);
  limited.advance(2_000);
  for (let request = 0; request < 8; request++) limited.limiter.throttled(operation);
  limited.advance(999);
  limited.limiter.throttled(operation);
  expect(await limited.rate()).toBe(7);
});

test('throttles a second apart lower it again, down to one request in two seconds', async () => {
  const limited = createTestLimiter(10);
  const rates = [];
  await limited.takeWaits(1);
  for (let times = 0; times < 12; times++) {
    limited.advance(1_000);
    limited.limiter.throttled(operation);
    rates.push(Number((await limited.rate()).toFixed(3)));
  }
  expect(rates.slice(0, 2)).toEqual([7, 4.9]);
  expect(rates.at(-1)).toBe(0.5);
  expect(Math.min(...rates)).toBe(0.5);
});

test('after a throttle the rate is won back, no further than where it began', async () => {
  const limited = createTestLimiter(10);
  await limited.takeWaits(1);
  limited.advance(2_000);
  limited.limiter.throttled(operation);
  limited.advance(1_000);
  expect(await limited.rate()).toBeCloseTo(7 * 1.3, 3);
  limited.advance(60_000);
  expect(await limited.rate()).toBe(10);
});

test('a throttle is heeded while the rate is being won back', async () => {
  const limited = createTestLimiter(10);
  await limited.takeWaits(1);
  limited.advance(2_000);
  limited.limiter.throttled(operation);
  for (let requests = 0; requests < 15; requests++) {
    limited.advance(200);
    await limited.takeWaits(1);
  }
  const before = await limited.rate();
  limited.limiter.throttled(operation);
  expect((await limited.rate()) / before).toBeCloseTo(0.7, 3);
});

test.each(['while it waits', 'before it asks'])('an abort %s rejects the request', async (moment) => {
  const limiter = createLimiter({ startRate: () => 0.001, clock: () => 1_000_000 });
  await limiter.take(operation);
  const controller = new AbortController();
  if (moment === 'before it asks') controller.abort();
  const waiting = limiter.take(operation, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('however requests come, no second sees more than the rate, the burst and one', async () => {
  const gapsMs = fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3_000)), { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(gapsMs, fc.integer({ min: 1, max: 40 }), async (gaps, rate) => {
      const limited = createTestLimiter(rate);
      const sentMs: number[] = [];
      for (const gapMs of gaps) {
        limited.advance(gapMs);
        const [waitMs = 0] = await limited.takeWaits(1);
        sentMs.push(limited.nowMs() + waitMs);
      }
      for (const fromMs of sentMs) {
        const sent = sentMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1_000).length;
        expect(sent).toBeLessThanOrEqual(rate * 1.2 + 1);
      }
    }),
  );
});

interface TestLimiter {
  readonly limiter: Limiter;
  nowMs(): number;
  advance(ms: number): void;
  /** How long each of so many requests that come together has to wait. */
  takeWaits(count: number, operation?: string): Promise<number[]>;
  /** The rate that shows in the distance of two waiting requests. */
  rate(): Promise<number>;
  answer(count: number, pace: { everyMs: number }): void;
}

function createTestLimiter(rate: number | undefined | ((operation: string) => number)): TestLimiter {
  let nowMs = 0;
  let waitedMs = 0;
  const limiter = createLimiter({
    startRate: typeof rate === 'function' ? rate : () => rate,
    clock: () => nowMs,
    wait: async (ms) => {
      waitedMs = ms;
    },
  });
  const takeWaits = async (count: number, name = operation): Promise<number[]> => {
    const waits: number[] = [];
    for (let taken = 0; taken < count; taken++) {
      waitedMs = 0;
      await limiter.take(name);
      waits.push(Math.round(waitedMs * 1_000) / 1_000);
    }
    return waits;
  };
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  return {
    limiter,
    nowMs: () => nowMs,
    advance,
    takeWaits,
    async rate() {
      const [before = 0, after = 0] = (await takeWaits(20)).slice(-2);
      return Math.round(1e6 / (after - before)) / 1_000;
    },
    answer(count, { everyMs }) {
      for (let answers = 0; answers < count; answers++) {
        advance(everyMs);
        limiter.answered(operation);
      }
    },
  };
}
