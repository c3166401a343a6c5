import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withLateSignal } from '../../src/logs/late-signal.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is sent is told only after the delay, and why', async () => {
  const stop = new AbortController();
  const sent = withLateSignal(
    stop.signal,
    1_000,
    (late) => new Promise((_, reject) => late.addEventListener('abort', () => reject(late.reason))),
  );
  const ending = vi.fn();
  const ended = sent.catch(ending);
  stop.abort(new Error('enough'));
  await vi.advanceTimersByTimeAsync(999);
  expect(ending).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await ended;
  expect(ending).toHaveBeenCalledExactlyOnceWith(new Error('enough'));
});

test('an answer within the delay is the answer', async () => {
  const stop = new AbortController();
  const sent = withLateSignal(stop.signal, 1_000, () => new Promise((resolve) => setTimeout(resolve, 500, 'x')));
  stop.abort();
  await vi.advanceTimersByTimeAsync(500);
  expect(await sent).toBe('x');
});

test.each([
  ['an answer', () => Promise.resolve()],
  ['a failure', () => Promise.reject(new Error('broken'))],
])('after %s nothing listens any more', async (_, send) => {
  const { signal } = new AbortController();
  await withLateSignal(signal, 1_000, send).catch(() => {});
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
