import type { Ink } from './palette.js';

/** What is searched for: where it is in a text, from left to right. */
export interface Mark {
  spans(text: string): readonly { readonly start: number; readonly end: number }[];
}

const escapeCharacter = '\u001b';
const color = new RegExp(String.raw`(${escapeCharacter}\[[\d;:]*m)`);
const reset = new RegExp(String.raw`^${escapeCharacter}\[[0;:]*m$`);

/**
 * Makes what paints the matches in a text that a terminal may be shown. Colours of its own are not searched, and go on
 * behind a match.
 */
export function createHighlighter(marks: readonly Mark[], { open, close }: Ink): (visible: string) => string {
  return (visible) => {
    // Text at even places, colours between.
    const pieces = visible.split(color);
    const plain = pieces.length === 1 ? visible : pieces.filter((_, index) => index % 2 === 0).join('');
    const spans = union(marks.flatMap((mark) => mark.spans(plain)));
    if (spans.length === 0) return visible;
    let text = '';
    let own = '';
    let at = 0;
    let next = 0;
    for (const [index, piece] of pieces.entries()) {
      if (index % 2 === 1) {
        own = reset.test(piece) ? '' : own + piece;
        text += piece;
        continue;
      }
      const end = at + piece.length;
      const start = at;
      while (at < end) {
        const span = spans[next];
        const from = Math.min(end, Math.max(at, span?.start ?? end));
        const to = Math.min(end, span?.end ?? end);
        text += piece.slice(at - start, from - start);
        if (to > from) text += open + piece.slice(from - start, to - start) + close + own;
        at = Math.max(from, to);
        if (span !== undefined && span.end <= at) next += 1;
      }
    }
    return text;
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** In order, without what overlaps. */
function union(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start > last.end) joined.push(span);
    else if (span.end > last.end) joined[joined.length - 1] = { start: last.start, end: span.end };
  }
  return joined;
}
