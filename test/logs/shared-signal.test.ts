import { getEventListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sharedSignal } from '../../src/logs/shared-signal.js';

test.each([0, 1])('it is aborted with signal %i of two, for the same reason', (which) => {
  const stops = [new AbortController(), new AbortController()];
  const shared = sharedSignal(...stops.map(({ signal }) => signal));
  const reason = new Error('enough');
  stops[which]?.abort(reason);
  expect(shared.reason).toBe(reason);
});

test('it is aborted from the start where a signal is', () => {
  expect(sharedSignal(undefined, AbortSignal.abort()).aborted).toBe(true);
});

test('without a signal it is never aborted', () => {
  expect(sharedSignal(undefined).aborted).toBe(false);
});

test('any number may listen to it, and none does to what it was made from', async () => {
  const { signal } = new AbortController();
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warned);
  try {
    const shared = sharedSignal(signal);
    for (let listener = 0; listener < 11; listener += 1) shared.addEventListener('abort', () => {});
    await turnOfLoop();
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  } finally {
    process.removeListener('warning', warned);
  }
});
