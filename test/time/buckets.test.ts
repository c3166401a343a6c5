import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketEdges, roundStepMs } from '../../src/time/buckets.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

test.each<[string, number, number, number]>([
  ['an hour in 70 bars', hourMs, 70, minuteMs],
  ['six hours in 70 bars', 6 * hourMs, 70, 10 * minuteMs],
  ['ten seconds', 10_000, 70, 1_000],
  ['a month in 70 bars', 30 * dayMs, 70, 12 * hourMs],
  ['a month in 20 bars', 30 * dayMs, 20, 2 * dayMs],
  ['a century in 70 bars', 36_500 * dayMs, 70, 522 * dayMs],
])('the step of %s', (_, rangeMs, maxBuckets, stepMs) => {
  expect(roundStepMs(rangeMs, maxBuckets)).toBe(stepMs);
});

test('parts of a day count from midnight of the zone', () => {
  const at = (text: string) => Date.parse(`2026-11-20T${text}+05:30`);
  expect(bucketEdges(at('00:40'), at('02:10'), 30 * minuteMs, 'Asia/Kolkata')).toEqual(
    ['00:30', '01:00', '01:30', '02:00', '02:30'].map(at),
  );
});

test('a day of 25 hours and one of 23 begin at their midnights', () => {
  const autumn = bucketEdges(Date.parse('2026-10-24T12:00Z'), Date.parse('2026-10-26T12:00Z'), dayMs, 'Europe/Berlin');
  expect(autumn.map((ms) => new Date(ms).toISOString().slice(0, 16))).toEqual([
    '2026-10-23T22:00',
    '2026-10-24T22:00',
    '2026-10-25T23:00',
    '2026-10-26T23:00',
  ]);
});

test('an hour that comes twice is two buckets of an hour', () => {
  const at = (text: string) => Date.parse(`2026-10-25T${text}`);
  const edges = bucketEdges(at('01:00+02:00'), at('04:00+01:00'), hourMs, 'Europe/Berlin');
  expect(edges.map((ms, index) => ms - (edges[index - 1] ?? ms)).slice(1)).toEqual([hourMs, hourMs, hourMs, hourMs]);
});

test('hours are those that the clock shows, where one is missing', () => {
  const edges = bucketEdges(
    Date.parse('2026-03-29T00:00+01:00'),
    Date.parse('2026-03-29T12:00+02:00'),
    3 * hourMs,
    'Europe/Berlin',
  );
  const hours = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' });
  expect(edges.map((ms) => hours.format(ms))).toEqual(['00', '03', '06', '09', '12']);
});

test('any range lies between the first edge and the last, and every edge is later than the one before', () => {
  const steps = fc.constantFrom(1_000, 15_000, minuteMs, 30 * minuteMs, hourMs, 6 * hourMs, dayMs, 7 * dayMs);
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 200 }),
      steps,
      zones,
      (startMs, count, stepMs, zone) => {
        const endMs = startMs + Math.ceil(count * stepMs * 0.9);
        const edges = bucketEdges(startMs, endMs, stepMs, zone);
        expect(edges[0]).toBeLessThanOrEqual(startMs);
        expect(edges[1]).toBeGreaterThan(startMs);
        expect(edges.at(-1)).toBeGreaterThanOrEqual(endMs);
        expect(edges.at(-2)).toBeLessThan(endMs);
        expect(edges.every((edge, at) => at === 0 || edge > (edges[at - 1] ?? 0))).toBe(true);
      },
    ),
  );
});
