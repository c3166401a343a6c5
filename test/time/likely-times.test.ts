import { describe, expect, test } from 'vitest';
import { read, refusalOf } from './read.js';

const slips: readonly (readonly [text: string, ...likely: string[]])[] = [
  ['1 fortnight ago', '2 weeks ago'],
  ['a fortnight ago', '2 weeks ago'],
  ['3 fortnights', '6 weeks ago'],
  ['2 quarters ago', '6 months ago'],
  ['a decade ago', '10 years ago'],
  ['a couple of hours ago', '2 hours ago'],
  ['few minutes ago', '3 minutes ago'],
  ['2h before', '2h ago'],
  ['30 min earlier', '30 min ago'],
  ['now-1h', '1h ago'],
  ['now - 90 minutes', '90 minutes ago'],
  ['--2h', '2h ago'],
  ['1h ago UTC', '1h ago'],
  ['1h ago Europe/Berlin', '1h ago'],
  ['5M', '5m', '5mo'],
  ['1h30', '1h30m', '01:30'],
  ['30h 15', '30h15m'],
  ['yesterday 15', 'yesterday 15:00'],
  ['friday 3', 'friday 03:00', 'friday 15:00'],
  ['1795186800,5', '1795186800.5'],
  ['20/11', '2026-11-20'],
  ['11/20', '2026-11-20'],
  ['5/6', '2026-05-06', '2026-06-05'],
  ['6/6', '2026-06-06'],
];

describe.each(slips)('"%s"', (text, ...likely) => {
  const shown = likely.map((time) => (time.includes(' ') ? `"${time}"` : time)).join(' or ');

  test(`is refused with ${shown}`, () => {
    expect(refusalOf(() => read(text))).toBe(`--start "${text}" is not a time; try ${shown}`);
  });

  test.each(likely)('%s works', (time) => {
    expect(read(time)).toMatch(/^20/);
  });
});

test.each([
  ['yesteday', 'yesterday'],
  ['Thrusday', 'thursday'],
])('the slip %s is asked about', (text, word) => {
  expect(refusalOf(() => read(text))).toBe(`--start "${text}" is not a time; did you mean ${word}?`);
});

test.each(['now - 1 banana', 'a few moments ago', '31/31', 'yesterday 25', 'banana', '1h ago again'])(
  'what is offered for "%s" is only what is read',
  (text) => {
    expect(refusalOf(() => read(text))).toMatch(/(?:try|write it as) .*"2h ago"/);
  },
);
