import { expect, test } from 'vitest';
import { renderEstimate, renderQueryProgress, renderScanned } from '../../src/render/query-progress.js';

const progress = {
  queries: 1,
  finished: 0,
  bytesScanned: 1_200_000_000,
  recordsScanned: 34_000,
  rows: 0,
  likelyBytes: 3_100_000_000,
  elapsedMs: 12_000,
};

test.each([
  [{}, '12 s · 1.2 GB of about 3.1 GB scanned · 34,000 events'],
  [{ likelyBytes: 10 }, '12 s · 1.2 GB scanned · 34,000 events'],
  [
    { queries: 7, finished: 2, rows: 5_000, likelyBytes: undefined },
    '12 s · 1.2 GB scanned · 34,000 events · 2 of 7 queries · 5,000 rows',
  ],
])('on the way: %j', (more, line) => {
  expect(renderQueryProgress({ ...progress, ...more })).toBe(line);
});

test.each([
  [{ rows: 1 }, '1 row; 1.2 GB scanned (34,000 events) by 1 query in 12 s'],
  [{ rows: 0, queries: 3, recordsScanned: 1 }, '0 rows; 1.2 GB scanned (1 event) by 3 queries in 12 s'],
])('at the end: %j', (more, line) => {
  expect(renderScanned({ ...progress, ...more })).toBe(line);
});

test('before the start', () => {
  const line = 'scans about 1.2 GB if the 31.0 GB that the groups store are spread evenly';
  expect(renderEstimate({ likelyBytes: 1.2e9, storedBytes: 31e9 })).toBe(line);
});
