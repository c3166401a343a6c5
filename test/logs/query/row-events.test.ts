import { expect, test } from 'vitest';
import { createRowEvents, parseRowTime } from '../../../src/logs/query/row-events.js';

test('a row with all fields is the event', () => {
  const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/a:*';
  const toEvent = createRowEvents([arn, '/b'], 'us-east-1');
  const row = {
    '@timestamp': '2026-11-20 12:00:00.123',
    '@ingestionTime': '1795176000456',
    '@message': 'hello',
    '@logStream': 'web/1',
    '@log': '123456789012:/a',
    '@ptr': 'abc=',
  };
  expect(toEvent(row)).toEqual({
    timestamp: Date.UTC(2026, 10, 20, 12, 0, 0, 123),
    ingestionTime: 1795176000456,
    message: 'hello',
    logStreamName: 'web/1',
    logGroupName: arn,
    eventId: 'abc=',
    region: 'us-east-1',
  });
  expect(toEvent({ ...row, '@log': '123456789012:/b' })?.logGroupName).toBe('/b');
  expect(toEvent({ ...row, '@log': '210987654321:/c' })?.logGroupName).toBe('/c');
});

test.each([
  [{ '@timestamp': '2026-11-20 12:00:00.123' }],
  [{ '@message': 'x' }],
  [{ '@message': 'x', '@timestamp': 'yesterday' }],
])('%j is no event', (row) => {
  expect(createRowEvents(['/a'], 'us-east-1')(row)).toBeUndefined();
});

test.each([
  ['1970-01-01 00:00:01.500', 1_500],
  ['1970-01-01 00:00:01', 1_000],
  ['1500', 1_500],
  ['', undefined],
  ['1970-01-01', undefined],
])('the time %j is %j', (text, ms) => {
  expect(parseRowTime(text)).toBe(ms);
});
