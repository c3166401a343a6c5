import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from '../../../src/logs/write/unless-aborted.js';

const never = new Promise<string>(() => {});

test('a promise is waited for, and the listener taken back', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve('x'), signal)).toBe('x');
  await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('what comes too late is not waited for, and its failure is nobody’s', async () => {
  const stop = new AbortController();
  const waiting = unlessAborted(never, stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  expect(await unlessAborted(Promise.reject(new Error('late')), stop.signal)).toBeUndefined();
});
