import { expect, test } from 'vitest';
import { splitZone } from '../../src/time/zone-suffix.js';
import { read } from './read.js';

test.each([
  ['2026-11-19T10:00:00Z', '2026-11-19T10:00:00', 'UTC'],
  ['20261119T100000+0530', '20261119T100000', '+05:30'],
  ['yesterday 10:00 -08', 'yesterday 10:00', '-08:00'],
  ['yesterday 10:00+02:00', 'yesterday 10:00', '+02:00'],
  ['3pm utc', '3pm', 'UTC'],
  ['3pm UTC-8', '3pm', '-08:00'],
  ['3pm EST', '3pm', 'EST'],
  ['3pm PDT', '3pm', '-07:00'],
  ['3pm EEST', '3pm', '+03:00'],
  ['3pm BST', '3pm', '+01:00'],
  ['3pm CET', '3pm', 'CET'],
  ['3pm asia/kolkata', '3pm', 'Asia/Kolkata'],
])('%s ends in a zone', (text, rest, zone) => {
  expect(splitZone(text)).toEqual({ rest, zone });
});

test.each([
  '2026-11-19',
  '2026-11-19-08',
  '2026-11',
  'Nov 19 2026',
  '3pm',
  'noon',
  'yesterday NOON',
  '10:00 AM',
  '3pm XYZ',
  '3pm ET',
  '',
])('%j does not', (text) => {
  expect(splitZone(text)).toEqual({ rest: text, zone: undefined });
});

test.each([
  ['2016-08-31 10:23:25 UTC-8', '2016-08-31T18:23:25.000Z'],
  ['2018-07-06 13:09:54 PDT', '2018-07-06T20:09:54.000Z'],
  ['2026-11-19T10:00:00 Europe/Berlin', '2026-11-19T09:00:00.000Z'],
  ['2026-07-19T10:00:00 Europe/Berlin', '2026-07-19T08:00:00.000Z'],
  ['2026-07-19 10:00 EST', '2026-07-19T15:00:00.000Z'],
  ['2026-07-19 10:00 CET', '2026-07-19T08:00:00.000Z'],
])(
  '%s: signs as in ISO 8601; PDT is an offset, CET and Europe/Berlin are zones with their seasons',
  (text, expected) => {
    expect(read(text, { zone: 'Asia/Tokyo' })).toBe(expected);
  },
);
