/** Whether a text is a number as patterns write them. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/**
 * Compares numbers by their texts, exactly: negative where the first is less, 0 where they are equal. Both are numbers
 * as patterns or JSON write them.
 */
export function compareDecimals(left: string, right: string): number {
  if (isExactAsNumber(left) && isExactAsNumber(right)) return Number(left) - Number(right);
  const a = toParts(left);
  const b = toParts(right);
  if (a.sign !== b.sign) return a.sign - b.sign;
  return a.sign < 0 ? compareMagnitudes(b, a) : compareMagnitudes(a, b);
}

const decimal = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A double tells any two decimals of 15 digits apart. */
const exactDigits = 15;

function isExactAsNumber(text: string): boolean {
  return text.length <= exactDigits && !/[eE]/.test(text);
}

/** `sign × 0.digits × 10^exponent`; the digits neither begin nor end with a zero. */
interface Parts {
  readonly sign: number;
  readonly digits: string;
  readonly exponent: number;
}

function toParts(text: string): Parts {
  const [, sign, whole = '', fraction = '', power = '0'] = decimal.exec(text) ?? [];
  const digits = whole + fraction;
  let start = 0;
  while (digits.charAt(start) === '0') start += 1;
  if (start === digits.length) return { sign: 0, digits: '', exponent: 0 };
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end -= 1;
  return {
    sign: sign === '-' ? -1 : 1,
    digits: digits.slice(start, end),
    exponent: Number(power) + whole.length - start,
  };
}

function compareMagnitudes(a: Parts, b: Parts): number {
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
