import { expect, test } from 'vitest';
import {
  collect,
  parseBytes,
  parseChoice,
  parseConcurrency,
  parseCount,
  parseRate,
  refuseTogether,
  toFlag,
} from '../../../src/commands/options/values.js';

test.each([
  ['1', 1],
  ['100', 100],
  ['007', 7],
])('the count %s is %i', (text, count) => {
  expect(parseCount(text, '--limit')).toBe(count);
});

test.each(['0', '-1', '1.5', '1e3', '', ' 1', 'ten', '0x10', '9007199254740993'])('the count %j is refused', (text) => {
  const quoted = JSON.stringify(text);
  expect(() => parseCount(text, '--limit')).toThrow(
    `--limit ${quoted} is not a whole number of at least 1; try --limit 100`,
  );
});

test('requests in flight are bounded by the connections there are', () => {
  expect(parseConcurrency('50')).toBe(50);
  expect(() => parseConcurrency('51')).toThrow(
    '--concurrency "51" is above 50, the connections there are: further requests would only wait in line; try --concurrency 50',
  );
  expect(() => parseConcurrency('0')).toThrow(
    '--concurrency "0" is not a whole number of at least 1; try --concurrency 8',
  );
});

test.each([
  ['25', 25],
  ['0.5', 0.5],
])('the rate %s is %d', (text, rate) => {
  expect(parseRate(text, '--rate')).toBe(rate);
});

test.each(['0', '0.0', '-1', '.5', '5.', '1e3', 'fast', ''])('the rate %j is refused', (text) => {
  const quoted = JSON.stringify(text);
  expect(() => parseRate(text, '--rate')).toThrow(
    `--rate ${quoted} is not a number of requests a second; try --rate 10`,
  );
});

test.each([
  ['100', 100],
  ['500MB', 500e6],
  ['1.5 gb', 1.5e9],
  ['1GiB', 2 ** 30],
  ['2TB', 2e12],
])('the size %j is %i bytes', (text, bytes) => {
  expect(parseBytes(text, '--max-bytes', '10GB')).toBe(bytes);
});

test.each(['', 'much', '1 2', '-1MB', '1PB', 'GB'])('the size %j is refused', (text) => {
  const quoted = JSON.stringify(text);
  expect(() => parseBytes(text, '--buffer', '64MB')).toThrow(`--buffer ${quoted} is not a size; try --buffer 64MB`);
});

test('a choice is one of its words, exactly', () => {
  expect(parseChoice('never', '--color', ['auto', 'always', 'never'])).toBe('never');
  expect(() => parseChoice('Never', '--color', ['auto', 'never'])).toThrow(
    '--color "Never" is not known; use auto, never',
  );
});

test.each([
  [undefined, undefined],
  ['a', undefined],
  [undefined, 'b'],
  [true, false],
  [false, 'b'],
])('%j and %j go together', (value, other) => {
  expect(() => refuseTogether('--tz', value, '--utc', other)).not.toThrow();
});

test.each([
  ['a', 'b'],
  ['', true],
  [0, true],
])('%j and %j are refused together', (value, other) => {
  expect(() => refuseTogether('--tz', value, '--utc', other)).toThrow('--tz and --utc cannot be used together');
});

test.each([
  ['end', '--end'],
  ['failIfEmpty', '--fail-if-empty'],
])('the flag %s is typed as %s', (name, flag) => {
  expect(toFlag(name)).toBe(flag);
});

test('a repeatable option grows without changing what it had', () => {
  const before = ['a'];
  expect(collect('b', before)).toEqual(['a', 'b']);
  expect(before).toEqual(['a']);
  expect(collect('a')).toEqual(['a']);
});
