import stringWidth from 'string-width';
import { visible } from '../escape.js';

/** Wide enough to see where one is, narrow enough for a terminal of 80 columns. */
const maxWidth = 76;

/** Draws the line of a pattern and, below it, a caret under one of its columns (counted from 1). */
export function renderPointer(pattern: string, column: number): string {
  const characters = [...segmenter.segment(pattern)].map(({ segment, index }) => ({ index, shown: visible(segment) }));
  const found = characters.findIndex(({ index }, position) => {
    const next = characters[position + 1]?.index ?? pattern.length;
    return index <= column - 1 && column - 1 < next;
  });
  const at = found === -1 ? characters.length : found;
  const shown = characters.map(({ shown }) => shown);
  const { lead, before } = lastPart(shown.slice(0, at));
  const behind = firstPart(shown.slice(at), maxWidth - stringWidth(lead + before));
  return `${lead}${before}${behind}\n${' '.repeat(stringWidth(lead + before))}^`;
}

const segmenter = new Intl.Segmenter();

/** As much of a long beginning as leaves half of the line for the rest. */
function lastPart(characters: readonly string[]): { readonly lead: string; readonly before: string } {
  const whole = characters.join('');
  if (stringWidth(whole) <= maxWidth / 2) return { lead: '', before: whole };
  let before = '';
  for (const character of characters.toReversed()) {
    if (stringWidth(character + before) >= maxWidth / 2) break;
    before = character + before;
  }
  return { lead: '…', before };
}

function firstPart(characters: readonly string[], width: number): string {
  const whole = characters.join('');
  if (stringWidth(whole) <= width) return whole;
  let part = '';
  for (const character of characters) {
    if (stringWidth(part + character) >= width) break;
    part += character;
  }
  return `${part}…`;
}
