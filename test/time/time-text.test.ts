import { describe, expect, test } from 'vitest';
import { compileTimePattern } from '../../src/time/time-text.js';
import { createWallClock } from '../../src/time/wall-clock.js';

const clock = createWallClock('Europe/Berlin');
const atMs = Date.UTC(2026, 4, 3, 22, 4, 5, 67);

test.each([
  ['yyyy-MM-dd', '2026-05-04'],
  ['HH:mm:ss.SSS', '00:04:05.067'],
  ['yyyy-MM-ddTHH:mm', '2026-05-04T00:04'],
  ['dd.MM.yyyy, HH.mm', '04.05.2026, 00.04'],
  ['yyyyMMdd', '20260504'],
  ['mm:ss', '04:05'],
])('%s', (pattern, text) => {
  const toText = compileTimePattern(pattern, clock);
  expect(typeof toText === 'function' ? toText(atMs) : toText).toBe(text);
});

describe('refused', () => {
  test.each([
    ['YYYY-MM-dd', 'has "YYYY", which is no part of a time', 'write yyyy'],
    ['hh:mm', 'has "hh", which is no part of a time', 'write HH'],
    ['yyyy-mm-dd', 'has mm, the minutes, where a month seems to be meant', 'write MM for the month'],
    ['week', 'has "w", which is no part of a time', 'use yyyy MM dd HH mm ss SSS'],
    ['--', 'has no part of a time', 'use yyyy MM dd HH mm ss SSS'],
  ])('%s', (pattern, problem, fix) => {
    expect(compileTimePattern(pattern, clock)).toEqual({ problem, fix });
  });
});
