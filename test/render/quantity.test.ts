import { expect, test } from 'vitest';
import { renderAge, renderBytes, renderCount, renderExtent } from '../../src/render/quantity.js';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1234, '1.2 kB'],
  [99_949, '99.9 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [12_340_000, '12.3 MB'],
  [340_000_000, '340 MB'],
  [1_234_567_890, '1.2 GB'],
  [5e12, '5.0 TB'],
  [5e15, '5.0 PB'],
  [5e18, '5000 PB'],
])('%d bytes', (bytes, text) => {
  expect(renderBytes(bytes)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1234, '1,234'],
  [1_234_567, '1,234,567'],
])('the count %d', (count, text) => {
  expect(renderCount(count)).toBe(text);
});

test.each([
  [0, 'just now'],
  [999, 'just now'],
  [-999, 'just now'],
  [1000, '1 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_599_999, '59 min ago'],
  [3_600_000, '1 h ago'],
  [86_399_999, '23 h ago'],
  [86_400_000, '1 d ago'],
  [86_400_000 * 1500, '1,500 d ago'],
  [-180_000, 'in 3 min'],
])('an age of %d ms', (ageMs, text) => {
  expect(renderAge(ageMs)).toBe(text);
});

test.each([
  [0, 0, '0 events, 0 files'],
  [1, 1, '1 event, 1 file'],
  [1204, 1003, '1,204 events, 1,003 files'],
])('%d events in %d files', (events, files, text) => {
  expect(renderExtent(events, files)).toBe(text);
});
