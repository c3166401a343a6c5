import { expect, test } from 'vitest';
import { withTicks } from '../../../src/commands/following/ticks.js';

test('values come as they are, and undefined while none does', async () => {
  let release = (): void => {};
  async function* values() {
    yield 1;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    yield 2;
  }
  const seen: (number | undefined)[] = [];
  for await (const value of withTicks(values(), 5, new AbortController().signal)) {
    seen.push(value);
    if (seen.length === 3) release();
  }
  expect(seen.slice(0, 3)).toEqual([1, undefined, undefined]);
  expect(seen.at(-1)).toBe(2);
});

test('left while a value is waited for, it does not wait', async () => {
  async function* never() {
    await new Promise(() => {});
    yield 1;
  }
  for await (const value of withTicks(never(), 1, new AbortController().signal)) {
    expect(value).toBeUndefined();
    break;
  }
});

test('what ends the values ends it', async () => {
  const stop = new AbortController();
  async function* failing() {
    await new Promise<void>((resolve) => {
      stop.signal.addEventListener('abort', () => resolve());
    });
    stop.signal.throwIfAborted();
    yield 1;
  }
  const ended = (async () => {
    for await (const _ of withTicks(failing(), 1, stop.signal)) stop.abort(new Error('stopped'));
  })();
  await expect(ended).rejects.toThrow('stopped');
});
