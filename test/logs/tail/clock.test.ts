import { expect, test } from 'vitest';
import { createServiceClock } from '../../../src/logs/tail/clock.js';

const noonMs = Date.UTC(2026, 10, 20, 12);

test('before the service was heard it is the machine’s time', () => {
  expect(
    createServiceClock(
      () => noonMs,
      () => 0,
    ).now(),
  ).toBe(noonMs);
});

test.each([
  ['a second', 1_000, 0],
  ['five minutes ahead', 300_000, 300_500],
  ['an hour behind', -3_600_000, -3_599_500],
])('the service’s clock differs by %s', (_, differenceMs, takenMs) => {
  const clock = createServiceClock(
    () => noonMs,
    () => 0,
  );
  clock.heard(noonMs + differenceMs);
  expect(clock.now() - noonMs).toBe(takenMs);
});

test('once the service was heard, a jump of the machine’s clock is not followed', () => {
  let machineMs = noonMs;
  let elapsedMs = 0;
  const clock = createServiceClock(
    () => machineMs,
    () => elapsedMs,
  );
  clock.heard(noonMs);
  machineMs += 3_600_000;
  elapsedMs += 2_000.4;
  expect(clock.now()).toBe(noonMs + 2_000);
});

test('after a sleep, through which nothing elapses, the next answer sets it right', () => {
  let elapsedMs = 0;
  const clock = createServiceClock(
    () => noonMs,
    () => elapsedMs,
  );
  clock.heard(noonMs);
  elapsedMs += 10;
  clock.heard(noonMs + 8 * 3_600_000);
  expect(clock.now()).toBe(noonMs + 8 * 3_600_000 + 500);
});

test('it has whole milliseconds, as requests need them', () => {
  const clock = createServiceClock(
    () => noonMs,
    () => 0.123,
  );
  clock.heard(noonMs);
  expect(Number.isInteger(clock.now())).toBe(true);
});
