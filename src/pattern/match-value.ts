import { compareDecimals, isDecimal } from './decimal.js';
import { compileRegex } from './regex.js';
import type { Comparison, NumberOperand, Operand, Ordering, Regex, TextOperand } from './syntax.js';

/** Compiles a comparison into a test of values: of texts, and of numbers as they are written. */
export function compileComparison(comparison: Comparison): ValueTest {
  if (comparison.kind === 'order') return { text: () => false, number: compileOrder(comparison) };
  const { text, number } = compileOperand(comparison.operand);
  if (!comparison.isNegated) return { text, number };
  return { text: (value) => !text(value), number: (value) => !number(value) };
}

/** Tests of a value: of one that is a text, and of one that is a number, as it is written. */
export interface ValueTest {
  readonly text: (value: string) => boolean;
  readonly number: (value: string) => boolean;
}

/** Compiles a test of words, any of which is a number if it looks like one. */
export function compileWordTest(comparison: Comparison): (word: string) => boolean {
  const { text, number } = compileComparison(comparison);
  return (word) => (isDecimal(word) ? number(word) : text(word));
}

function compileOrder({ operator, limit }: Ordering): (value: string) => boolean {
  switch (operator) {
    case '<':
      return (value) => compareDecimals(value, limit) < 0;
    case '<=':
      return (value) => compareDecimals(value, limit) <= 0;
    case '>':
      return (value) => compareDecimals(value, limit) > 0;
    case '>=':
      return (value) => compareDecimals(value, limit) >= 0;
  }
}

function compileOperand(operand: Operand): ValueTest {
  if (operand.kind === 'number') return compileNumber(operand);
  const test = compileText(operand);
  return { text: test, number: test };
}

/** A number is compared with other numbers by its value, and with a text by how it is written. */
function compileNumber({ text }: NumberOperand): ValueTest {
  return { text: (value) => value === text, number: (value) => compareDecimals(value, text) === 0 };
}

function compileText(operand: TextOperand | Regex): (value: string) => boolean {
  if (operand.kind === 'regex') return compileRegex(operand);
  const { text, isOpenStart, isOpenEnd } = operand;
  if (isOpenStart && isOpenEnd) return (value) => value.includes(text);
  if (isOpenStart) return (value) => value.endsWith(text);
  if (isOpenEnd) return (value) => value.startsWith(text);
  return (value) => value === text;
}
