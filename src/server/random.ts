/** A source of numbers from 0 up to but not including 1. */
export type Random = () => number;

/** Creates a small generator (mulberry32) that yields the same numbers for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed from a text (FNV-1a): the same for the same text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** A whole number from `least` to `most`, both included. */
export function randomInteger(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** A number, or the least and the most of a range of whole numbers to draw from. */
export type Span = number | readonly [least: number, most: number];

/** A number of a span. */
export function drawFrom(random: Random, span: Span): number {
  return typeof span === 'number' ? span : randomInteger(random, ...span);
}

/** So many hexadecimal digits. */
export function randomHex(random: Random, digits: number): string {
  let hex = '';
  // Seven digits at a time: the number stays in the range of small integers, which are quick to print.
  while (hex.length < digits) hex += (2 ** 28 + Math.floor(random() * 2 ** 28)).toString(16).slice(1);
  return hex.slice(0, digits);
}

/** A random identifier in the form of a UUID of version 4. */
export function randomUuid(random: Random): string {
  const hex = randomHex(random, 28);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-0${hex.slice(17, 28)}`;
}

/** One of several, each as likely as the others. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new RangeError('there is nothing to pick from');
  return choice;
}
