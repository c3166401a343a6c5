import { expect, test } from 'vitest';
import { nearZones, resolveZone } from '../../src/time/zone.js';
import { refusalOf } from './read.js';

test.each([
  [{ utc: true }, {}, 'UTC'],
  [{ utc: true }, { TZ: 'Europe/Berlin' }, 'UTC'],
  [{ tz: 'Europe/Berlin' }, { TZ: 'Asia/Tokyo' }, 'Europe/Berlin'],
  [{ tz: 'europe/berlin', utc: false }, {}, 'Europe/Berlin'],
  [{ tz: 'Asia/Kolkata' }, {}, 'Asia/Kolkata'],
  [{ tz: 'utc' }, {}, 'UTC'],
  [{ tz: 'Z' }, {}, 'UTC'],
  [{ tz: '+02:00' }, {}, '+02:00'],
  [{ tz: '-0530' }, {}, '-05:30'],
  [{ tz: '+00:00' }, {}, 'UTC'],
  [{ tz: 'UTC-8' }, {}, '-08:00'],
  [{ tz: 'EST5EDT' }, {}, 'EST5EDT'],
  [{}, { TZ: 'Asia/Tokyo' }, 'Asia/Tokyo'],
  [{}, { TZ: ':America/New_York' }, 'America/New_York'],
])('%j with the environment %j is %s', (flags, env, expected) => {
  expect(resolveZone(flags, env)).toBe(expected);
});

test.each([{}, { TZ: '' }, { TZ: 'Nowhere/Land' }, { TZ: 'UTC-8' }])(
  "with the environment %j it is the machine's",
  (env) => {
    const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(resolveZone({}, env)).toBe(machine);
  },
);

test.each([
  ['Europe/Berln', '--tz "Europe/Berln" is not a time zone; try Europe/Berlin'],
  ['Tokyo', '--tz "Tokyo" is not a time zone; try Asia/Tokyo'],
  ['new york', 'try America/New_York'],
  ['kolkata', 'try Asia/Kolkata'],
  ['Berln', 'try Europe/Berlin'],
  ['Middle-earth', 'write an IANA name such as Europe/Berlin, UTC, or +02:00'],
  ['', '--tz "" is not a time zone'],
  ['+25:00', 'is not a time zone'],
  ['+02:75', 'is not a time zone'],
])('--tz %j is refused: "%s"', (tz, message) => {
  expect(refusalOf(() => resolveZone({ tz }, {}))).toContain(message);
});

test('--tz and --utc exclude each other', () => {
  expect(refusalOf(() => resolveZone({ tz: 'Asia/Tokyo', utc: true }, {}))).toBe(
    '--tz "Asia/Tokyo" excludes --utc; give one of them',
  );
});

test('a word that is like no zone has none near it', () => {
  expect(nearZones('xyzzy')).toEqual([]);
});
