import { expect, test, vi } from 'vitest';
import { createLastLook } from '../../../src/commands/following/last-look.js';
import { startTimeLimit } from '../../../src/commands/following/time-limit.js';
import { memoryIo } from '../../support/memory-io.js';

const limit = { ...startTimeLimit(new AbortController().signal, { forMs: undefined, idleMs: undefined }, () => true) };

/** Prints nothing until it is to end. */
function stuck(ending: AbortSignal): Promise<void> {
  return new Promise((_, reject) => ending.addEventListener('abort', () => reject(ending.reason)));
}

test('what takes longer than the quota explains is not called complete', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new Error('timeout')));
  const print = async (ending: AbortSignal) => ending.throwIfAborted();
  const look = createLastLook(print, 100, { ...limit, expired: () => '--for' }, memoryIo());
  await expect(look()).rejects.toMatchObject({
    name: 'IncompleteError',
    message: 'not all could be looked through once more within 30 s after --for ran out: what came last may be missing',
  });
  expect(timeout).toHaveBeenCalledWith(30_000);
  timeout.mockRestore();
});

test('Ctrl-C ends it, and is no failure', async () => {
  const io = memoryIo();
  const looked = createLastLook(stuck, 1, limit, io)();
  io.interrupt('SIGINT');
  expect(await looked).toBeUndefined();
});

test.each([
  ['SIGTERM', 'interrupted by SIGTERM'],
  [undefined, 'broken'],
] as const)('%s: what else ends it is told', async (signal, message) => {
  const io = memoryIo();
  const print = signal === undefined ? () => Promise.reject(new Error('broken')) : stuck;
  const looked = createLastLook(print, 1, limit, io)();
  if (signal !== undefined) io.interrupt(signal);
  await expect(looked).rejects.toThrow(message);
});
