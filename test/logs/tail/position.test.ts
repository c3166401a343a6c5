import { describe, expect, test } from 'vitest';
import {
  clampTo,
  forgetBeforeMs,
  maxOverlapMs,
  minOverlapMs,
  pollRange,
  readOut,
  readTo,
  startAt,
  sweepStartMs,
  sweptOut,
} from '../../../src/logs/tail/position.js';

const nowMs = Date.UTC(2026, 10, 20);
const hourMs = 3_600_000;

test.each([
  ['a newest event just now', nowMs - 500, nowMs - 500],
  ['a newest event of long ago', nowMs - hourMs, nowMs - maxOverlapMs],
  ['a newest event that is dated ahead', nowMs + hourMs, nowMs],
  ['no event', undefined, nowMs - maxOverlapMs],
])('it starts with %s', (_, eventMs, newestMs) => {
  expect(startAt(nowMs, eventMs)).toEqual({ newestMs, sweptMs: nowMs });
});

describe('what was read moves it on, and nothing moves it back or past the present', () => {
  const position = { newestMs: nowMs - 10_000, sweptMs: nowMs - 20_000 };
  test.each([
    ['a newer event', readTo(position, nowMs - 1_000, nowMs), { newestMs: nowMs - 1_000 }],
    ['an older event', readTo(position, nowMs - 60_000, nowMs), {}],
    ['an event dated ahead', readTo(position, nowMs + hourMs, nowMs), { newestMs: nowMs }],
    ['a poll that found nothing', readOut(position, nowMs), { newestMs: nowMs - maxOverlapMs }],
    ['a poll that began long ago', readOut(position, nowMs - hourMs), {}],
    ['a sweep', sweptOut(position, nowMs - 5_000), { sweptMs: nowMs - 5_000 }],
    ['a sweep of before the last', sweptOut(position, nowMs - hourMs), {}],
    ['a clock that is put forward', clampTo(position, nowMs + hourMs), {}],
  ])('%s', (_, moved, change) => {
    expect(moved).toEqual({ ...position, ...change });
  });
});

test.each([
  ['before both', nowMs - hourMs, nowMs - hourMs, nowMs - hourMs],
  ['between them', nowMs - 15_000, nowMs - 15_000, nowMs - 20_000],
])('a clock that is put back does not leave it ahead of the present: %s', (_, presentMs, newestMs, sweptMs) => {
  const position = { newestMs: nowMs - 10_000, sweptMs: nowMs - 20_000 };
  expect(clampTo(position, presentMs)).toEqual({ newestMs, sweptMs });
});

describe('what is read next', () => {
  const position = { newestMs: nowMs - 2_000, sweptMs: nowMs - 9_000 };
  test('a poll begins a little before the newest event and reaches beyond what writers may date ahead', () => {
    const { startMs, endMs } = pollRange(position, minOverlapMs, nowMs);
    expect(startMs).toBe(nowMs - 3_000);
    expect(endMs).toBeGreaterThan(nowMs + 2 * hourMs);
  });
  test('a sweep begins a grace before the last', () => {
    expect(sweepStartMs(position, 120_000, nowMs)).toBe(nowMs - 129_000);
  });
  test('after an outage of an hour both begin where they stood', () => {
    const laterMs = nowMs + hourMs;
    expect(pollRange(position, maxOverlapMs, laterMs).startMs).toBe(nowMs - 10_000);
    expect(sweepStartMs(position, 120_000, laterMs)).toBe(nowMs - 129_000);
  });
  test('a clock that is put back an hour stalls neither', () => {
    const earlierMs = nowMs - hourMs;
    expect(pollRange(position, 1_000, earlierMs).startMs).toBe(earlierMs - 1_000);
    expect(sweepStartMs(position, 120_000, earlierMs)).toBe(earlierMs - 120_000);
  });
  test.each([
    ['the sweep begins first', 120_000, nowMs - 129_000],
    ['the poll begins first', 500, nowMs - 10_000],
  ])('nothing is forgotten that may be read again: %s', (_, graceMs, beforeMs) => {
    expect(forgetBeforeMs(position, graceMs, nowMs)).toBe(beforeMs);
  });
  test('no time before 1970 is asked for', () => {
    const first = { newestMs: 5, sweptMs: 5 };
    expect([pollRange(first, 1_000, 5).startMs, sweepStartMs(first, 1_000, 5)]).toEqual([0, 0]);
  });
});
