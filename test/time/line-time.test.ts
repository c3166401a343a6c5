import { expect, test } from 'vitest';
import { createFieldTime, createWallReader } from '../../src/time/line-time.js';

const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString());

test.each<[unknown, string | undefined]>([
  [1_795_188_645, '2026-11-20T15:30:45.000Z'],
  [1_795_188_645.123, '2026-11-20T15:30:45.123Z'],
  [1_795_188_645_123, '2026-11-20T15:30:45.123Z'],
  [1_795_188_645_123_456, '2026-11-20T15:30:45.123Z'],
  ['1795188645123456789', '2026-11-20T15:30:45.123Z'],
  ['1795188645123', '2026-11-20T15:30:45.123Z'],
  ['2026-11-20T15:30:45.123Z', '2026-11-20T15:30:45.123Z'],
  ['2026-11-20T15:30:45.123456789+02:00', '2026-11-20T13:30:45.123Z'],
  ['2026-11-20 15:30:45,5', '2026-11-20T14:30:45.500Z'],
  ['2026-07-20T15:30:45', '2026-07-20T13:30:45.000Z'],
  ['2026-11-20t15:30z', '2026-11-20T15:30:00.000Z'],
  ['2026-13-20T15:30:45', undefined],
  ['2026-02-31T15:30:45', undefined],
  ['2024-02-29T15:30:45', '2024-02-29T14:30:45.000Z'],
  ['yesterday', undefined],
  [17, undefined],
  [null, undefined],
  [{}, undefined],
])('%s in Berlin is %s', (value, expected) => {
  expect(iso(createFieldTime('Europe/Berlin')(value))).toBe(expected);
});

test.each([
  ['an ordinary time', '2026-10-20T12:00:00Z', '2026-10-20T10:00:00.000Z'],
  ['the day of the change, before it', '2026-10-25T01:30:00Z', '2026-10-24T23:30:00.000Z'],
  ['a time that exists twice: the earlier', '2026-10-25T02:30:00Z', '2026-10-25T00:30:00.000Z'],
  ['the day of the change, after it', '2026-10-25T12:00:00Z', '2026-10-25T11:00:00.000Z'],
  ['a time that does not exist moves forward', '2026-03-29T02:30:00Z', '2026-03-29T01:30:00.000Z'],
  ['just after the skipped hour', '2026-03-29T03:00:00Z', '2026-03-29T01:00:00.000Z'],
])('%s', (_, wall, expected) => {
  expect(iso(createWallReader('Europe/Berlin')(Date.parse(wall)))).toBe(expected);
});
