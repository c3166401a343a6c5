import { expect, test } from 'vitest';
import { createTimedClock } from './timed-clock.js';

const never = new AbortController().signal;

test('those that wait are woken in the order in which they are due, and see that time', async () => {
  const clock = createTimedClock(1_000);
  const woken: string[] = [];
  const sleep = async (name: string, ms: number): Promise<void> => {
    for (let turn = 1; turn <= 2; turn++) {
      await clock.wait(ms, never);
      woken.push(`${name} ${clock.now()}`);
    }
  };
  void Promise.all([sleep('slow', 50), sleep('quick', 20), sleep('even', 20)]);
  await clock.advance(40);
  expect(woken).toEqual(['quick 1020', 'even 1020', 'quick 1040', 'even 1040']);
  await clock.advance(100);
  expect(woken.slice(4)).toEqual(['slow 1050', 'slow 1100']);
  expect(clock.elapsed()).toBe(140);
});

test('waiting ends with the signal, without time passing', async () => {
  const clock = createTimedClock(0);
  const stop = new AbortController();
  const waiting = clock.wait(10, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(clock.wait(10, stop.signal)).rejects.toThrow('stopped');
  await clock.advance(5);
  expect(clock.elapsed()).toBe(5);
});

test('time passes until a promise is settled, no further', async () => {
  const clock = createTimedClock(0);
  void clock.wait(30, never);
  expect(await clock.until(clock.wait(20, never).then(() => 'done'))).toBe('done');
  expect(clock.elapsed()).toBe(20);
  await expect(clock.until(new Promise(() => {}))).rejects.toThrow('something else');
});
