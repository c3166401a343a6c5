import stringWidth from 'string-width';
import { visibleName } from './visible-text.js';

/**
 * Creates short names for slash-separated ones: as few segments from the end as no other name seen so far ends with, a
 * long last segment cut to `maxColumns` from its left. A name keeps its short form, whatever comes later.
 */
export function createTails(known: readonly string[], maxColumns: number): (name: string) => string {
  const tailUses = new Map<string, number>();
  const chosen = new Map<string, string>();
  for (const name of known) countTails(name);
  for (const name of known) chosen.set(name, choose(name));

  return (name) => {
    let tail = chosen.get(name);
    if (tail === undefined) {
      countTails(name);
      tail = choose(name);
      chosen.set(name, tail);
    }
    return tail;
  };

  function countTails(name: string): void {
    for (const tail of tailsOf(name, maxColumns)) tailUses.set(tail, (tailUses.get(tail) ?? 0) + 1);
  }

  function choose(name: string): string {
    return tailsOf(name, maxColumns).find((tail) => tailUses.get(tail) === 1) ?? visibleName(name);
  }
}

/** The endings of a name, shortest first. */
function tailsOf(name: string, maxColumns: number): string[] {
  const segments = visibleName(name).split('/').filter(Boolean);
  const last = segments.pop();
  if (last === undefined) return [];
  const tails = [cutLeft(last, maxColumns)];
  for (const segment of segments.reverse()) tails.push(`${segment}/${tails.at(-1)}`);
  return tails;
}

function cutLeft(text: string, maxColumns: number): string {
  if (stringWidth(text) <= maxColumns) return text;
  const characters = [...text];
  while (stringWidth(characters.join('')) >= maxColumns) characters.shift();
  return `…${characters.join('')}`;
}
