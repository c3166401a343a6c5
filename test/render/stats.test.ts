import { expect, test } from 'vitest';
import { renderStats, type Stats } from '../../src/render/stats.js';

const one: Stats = {
  events: 1,
  bytes: 512,
  pages: 1,
  emptyPages: 0,
  windows: 1,
  requests: 1,
  throttles: 0,
  retries: 0,
  firstTimestamp: Date.UTC(2026, 10, 20, 15),
  lastTimestamp: Date.UTC(2026, 10, 20, 16),
  durationMs: 1_234,
};

test.each<[string, Stats, string]>([
  [
    'one of each',
    one,
    '1 event (512 B) in 1.2 s, from 2026-11-20T15:00:00.000Z to 2026-11-20T16:00:00.000Z; 1 page, 0 of them empty, in 1 window; 1 request, 0 throttled, 0 made again',
  ],
  [
    'many',
    { ...one, events: 12_345, bytes: 1_200_000, pages: 6, windows: 5, requests: 2_000 },
    '12,345 events (1.2 MB) in 1.2 s, from 2026-11-20T15:00:00.000Z to 2026-11-20T16:00:00.000Z; 6 pages, 0 of them empty, in 5 windows; 2,000 requests, 0 throttled, 0 made again',
  ],
  [
    'none, counted rather than written',
    { ...one, events: 0, bytes: null, firstTimestamp: null, lastTimestamp: null },
    '0 events in 1.2 s; 1 page, 0 of them empty, in 1 window; 1 request, 0 throttled, 0 made again',
  ],
])('the line of a run with %s', (_, stats, line) => {
  expect(renderStats(stats)).toBe(line);
});
