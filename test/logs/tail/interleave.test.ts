import { expect, test } from 'vitest';
import { interleave } from '../../../src/logs/tail/interleave.js';

test('whatever is ready comes, each value once, until all have ended', async () => {
  const inputs = [counting(3, 1), counting(2, 4), counting(0, 1)].map(({ values }) => values);
  const values: number[] = [];
  for await (const value of interleave(inputs, () => {})) values.push(value);
  expect(values.toSorted()).toEqual([0, 0, 1, 1, 2]);
});

test('the next value is asked for when the one before was taken', async () => {
  const input = counting(5, 1);
  const merged = interleave([input.values], () => {});
  await merged.next();
  await turns(10);
  expect(input.asked()).toBe(1);
  await merged.next();
  expect(input.asked()).toBe(2);
  await merged.return(undefined);
});

test('a failure ends all', async () => {
  const failing = (async function* (): AsyncGenerator<number> {
    yield 1;
    throw new Error('broken');
  })();
  const other = counting(100, 1);
  const merged = interleave([failing, other.values], () => {});
  await expect(
    (async () => {
      for await (const _ of merged);
    })(),
  ).rejects.toThrow('broken');
  expect(other.isClosed()).toBe(true);
});

test('a consumer that leaves ends those that wait, which are told first', async () => {
  const stop = new AbortController();
  const waiting = (async function* (): AsyncGenerator<number> {
    await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
    yield 0;
  })();
  const busy = counting(100, 1);
  for await (const _ of interleave([waiting, busy.values], () => stop.abort())) break;
  expect(busy.isClosed()).toBe(true);
  expect(busy.asked()).toBe(1);
});

test('where there is nothing at first, those that join are waited for, and the end of the last ends it', async () => {
  async function* joining(): AsyncGenerator<AsyncGenerator<number>> {
    await turns(3);
    yield counting(2, 1).values;
    await turns(3);
    yield counting(1, 1).values;
  }
  const read: number[] = [];
  for await (const value of interleave([], () => {}, joining())) read.push(value);
  expect(read).toEqual([0, 1, 0]);
});

test('one that stays quiet beside a busy one is asked once', async () => {
  let asked = 0;
  const quiet = {
    next() {
      asked += 1;
      return new Promise<IteratorResult<number>>(() => {});
    },
    return: async () => ({ done: true, value: undefined }),
  } as unknown as AsyncGenerator<number>;
  let count = 0;
  for await (const _ of interleave([quiet, counting(1_000, 0).values], () => {})) if (++count === 1_000) break;
  expect(asked).toBe(1);
});

function counting(length: number, ticks: number) {
  let asked = 0;
  let closed = false;
  async function* count(): AsyncGenerator<number> {
    try {
      for (let value = 0; value < length; value++) {
        asked += 1;
        await turns(ticks);
        yield value;
      }
    } finally {
      closed = true;
    }
  }
  return { values: count(), asked: () => asked, isClosed: () => closed };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}
