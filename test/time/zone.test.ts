import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createPresent, nearZones, resolveZone } from '../../src/time/zone.js';
import { temporaryFolder } from '../save/folder.js';
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
  [{}, { TZ: 'UTC0' }, 'UTC'],
  [{ utc: true }, { TZ: 'Nowhere/Land' }, 'UTC'],
  [{ tz: 'Asia/Tokyo' }, { TZ: 'Nowhere/Land' }, 'Asia/Tokyo'],
])('%j with the environment %j is %s', (flags, env, expected) => {
  expect(resolveZone(flags, env)).toBe(expected);
});

test.each([{}, { TZ: '' }])("with the environment %j it is the machine's", (env) => {
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(resolveZone({}, env)).toBe(machine);
});

test.each([
  ['Nowhere/Land', 'set it to a name such as Europe/Berlin, or give --tz or --utc'],
  ['Europe/Berln', 'set it to Europe/Berlin, or give --tz or --utc'],
  ['UTC-8', 'set it to a name such as Europe/Berlin, or give --tz or --utc'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', 'set it to a name such as Europe/Berlin, or give --tz or --utc'],
  [':/no/such/file', 'set it to a name such as Europe/Berlin, or give --tz or --utc'],
])('TZ=%s, which Node would take for UTC, is refused', (TZ, fix) => {
  expect(refusalOf(() => resolveZone({}, { TZ }))).toBe(`TZ "${TZ}" is not the name of a time zone; ${fix}`);
});

test('a TZ that is a file of the zone database, or a link to one, is that zone', () => {
  const folder = join(temporaryFolder(), 'zoneinfo');
  mkdirSync(join(folder, 'Asia'), { recursive: true });
  writeFileSync(join(folder, 'Asia', 'Tokyo'), '');
  symlinkSync(join(folder, 'Asia', 'Tokyo'), join(folder, 'localtime'));
  expect(resolveZone({}, { TZ: join(folder, 'Asia', 'Tokyo') })).toBe('Asia/Tokyo');
  expect(resolveZone({}, { TZ: `:${join(folder, 'localtime')}` })).toBe('Asia/Tokyo');
});

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

test("the machine's zone is looked up when it is first asked for", () => {
  const lookup = vi.spyOn(Intl, 'DateTimeFormat');
  const present = createPresent(5, {}, {});
  expect(present.nowMs).toBe(5);
  expect(lookup).not.toHaveBeenCalled();
  lookup.mockRestore();
  expect(present.zone).toBe(resolveZone({}, {}));
});

test('a zone that is named is read at once', () => {
  expect(createPresent(5, { tz: 'europe/berlin' }, { TZ: 'UTC' })).toEqual({ nowMs: 5, zone: 'Europe/Berlin' });
  expect(() => createPresent(5, { tz: 'Nowhere/City' }, {})).toThrow('is not a time zone');
});
