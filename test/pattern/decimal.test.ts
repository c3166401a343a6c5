import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals, isDecimal } from '../../src/pattern/decimal.js';

test.each([
  ['1', '1.0', 0],
  ['1', '+1e0', 0],
  ['1000', '1E+3', 0],
  ['0.001', '1e-3', 0],
  ['0', '-0.000e99', 0],
  ['-1', '1', -1],
  ['-2', '-1', -1],
  ['2', '10', -1],
  ['0.2', '0.10', 1],
  ['-0.2', '-0.10', -1],
  ['1e400', '1e399', 1],
  ['1e400', '10e399', 0],
  ['-16e1', '-160', 0],
  ['-1e400', '1', -1],
  ['1e-400', '0', 1],
  ['9007199254740993', '9007199254740992', 1],
  ['123456789012345678901234567890', '123456789012345678901234567890.0', 0],
  ['0.1000000000000000055511151231257827', '0.1', 1],
  ['1e99999999999999999999', '1e3', 1],
  [`0.${'0'.repeat(100_000)}1`, '0', 1],
  [`1${'0'.repeat(100_000)}1`, `1${'0'.repeat(100_000)}`, 1],
])('comparison %#', (left, right, order) => {
  expect(Math.sign(compareDecimals(left, right))).toBe(order);
  expect(Math.sign(compareDecimals(right, left))).toBe(order === 0 ? 0 : -order);
});

test('compares as scaled integers do', () => {
  const part = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 25 }));
  fc.assert(
    fc.property(part, part, ([a, i], [b, j]) => {
      const order = a * 10n ** BigInt(i) - b * 10n ** BigInt(j);
      expect(Math.sign(compareDecimals(`${a}e${i - 12}`, `${b}e${j - 12}`))).toBe(order < 0 ? -1 : order > 0 ? 1 : 0);
    }),
  );
});

test.each(['7', '-7', '+7.50', '1e3', '1E-3', '007'])('%s is a number', (text) => {
  expect(isDecimal(text)).toBe(true);
});

test.each(['', '-', '.5', '5.', '1e', '0x10', '1_000', '1,5', ' 1', 'Infinity', '٣'])('%j is none', (text) => {
  expect(isDecimal(text)).toBe(false);
});
