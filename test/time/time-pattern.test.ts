import { expect, test } from 'vitest';
import { parseTimePattern } from '../../src/time/time-pattern.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);

test.each<[string, string, string | undefined]>([
  ['yyyy-MM-dd HH:mm:ss.SSS', '2026-11-19 08:15:30.250 INFO up', '2026-11-19T08:15:30.250Z'],
  ['yyyy-MM-dd HH:mm:ss,SSSSSS', '[2026-11-19 08:15:30,250999]', '2026-11-19T08:15:30.250Z'],
  ["yyyy-MM-dd'T'HH:mm:ssZ", 'x 2026-11-19T08:15:30+01:00 y', '2026-11-19T07:15:30.000Z'],
  ["yyyy-MM-dd'T'HH:mm:ssZ", '2026-11-19T08:15:30Z', '2026-11-19T08:15:30.000Z'],
  ['dd/MMM/yyyy:HH:mm:ss Z', '1.2.3.4 - [19/Nov/2026:08:15:30 -0500] "GET /"', '2026-11-19T13:15:30.000Z'],
  ['MMM d HH:mm:ss', 'Nov  9 08:15:30 host sshd', '2026-11-09T08:15:30.000Z'],
  ['MMM d HH:mm:ss', 'Dec 31 08:15:30 host sshd', '2025-12-31T08:15:30.000Z'],
  ['M/d/yy h:mm a', '11/9/26 3:05 PM up', '2026-11-09T15:05:00.000Z'],
  ['M/d/yy h:mm a', '11/9/26 12:05 am up', '2026-11-09T00:05:00.000Z'],
  ['yyyy-MM-dd HH:mm:ss', 'no time here', undefined],
  ['yyyy-MM-dd HH:mm:ss', '2026-13-19 08:15:30', undefined],
  ['yyyy-MM-dd HH:mm:ss', '2026-11-19 25:15:30', undefined],
  ['yyyy-MM-dd HH:mm:ss', '2026-02-31 08:15:30', undefined],
  ['yyyy-MM-dd HH:mm:ss', '2024-02-29 08:15:30', '2024-02-29T08:15:30.000Z'],
  ['MMM d HH:mm:ss', 'Feb 31 08:15:30 host sshd', undefined],
  ['MMM d HH:mm:ss', 'Feb 29 08:15:30 host sshd', undefined],
  ['yyyy-MM-dd HH:mm:ss', '9992026-11-19 08:15:30', undefined],
])('%s finds in %j the time %s', (pattern, line, expected) => {
  const ms = parseTimePattern(pattern, 'UTC', '--time-format')(line, nowMs);
  expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(expected);
});

test.each([
  ['Asia/Tokyo', 'Jan  1 08:50:00', Date.UTC(2026, 11, 31, 23, 51), '2026-12-31T23:50:00.000Z'],
  ['America/New_York', 'Dec 31 19:10:00', Date.UTC(2027, 0, 1, 0, 11), '2027-01-01T00:10:00.000Z'],
])('a year that has begun in %s only: %s', (zone, line, readMs, expected) => {
  const ms = parseTimePattern('MMM d HH:mm:ss', zone, '--time-format')(line, readMs);
  expect(new Date(ms ?? 0).toISOString()).toBe(expected);
});

test('a time without an offset is one of the zone', () => {
  const find = parseTimePattern('yyyy-MM-dd HH:mm', 'Asia/Kolkata', '--time-format');
  expect(find('2026-11-19 08:15', nowMs)).toBe(Date.UTC(2026, 10, 19, 2, 45));
});

test.each([
  ['', 'lacks the month, the day or the hour'],
  ['HH:mm:ss', 'lacks the month, the day or the hour'],
  ['yyyy-MM-dd QQ', 'has a part that is no time: QQ'],
  ['yyyy-MM-dd HH dd', 'has the day twice'],
  ['%Y-%m-%d', 'has a part that is no time: Y'],
])('the pattern %j is refused: it %s', (pattern, problem) => {
  expect(() => parseTimePattern(pattern, 'UTC', '--time-format')).toThrow(problem);
});
