import { shellQuoted, shellWord } from '../../escape.js';

/** A command line up to the cursor as a shell reads it; nothing in it is expanded or carried out. */
export interface TypedLine {
  /** The words behind the program's name, the last as far as it is typed: empty after a space. */
  readonly words: readonly [string, ...string[]];
  /** The last word with its quotes. */
  readonly raw: string;
  /** Whether the last word is a file that the shell reads or writes: `> all.log`. */
  readonly isRedirect: boolean;
}

/** Reads a command line that begins with the program's name. */
export function readTypedLine(line: string): TypedLine {
  const words: string[] = [];
  let isRedirect = false;
  let rest = line;
  for (;;) {
    const raw = rest.slice(0, endOfWord(rest));
    rest = rest.slice(raw.length);
    const { text } = unquote(raw);
    const isAssignment = words.length === 0 && /^\w+=/.test(raw);
    if (rest === '') {
      const [, ...before] = words;
      const [first = '', ...others] = [...before, text];
      return { words: [first, ...others], raw, isRedirect };
    }
    const [operator = ''] = /^\s+|^[<>]+&?/.exec(rest) ?? [];
    rest = rest.slice(operator.length);
    const isStream = /^[<>]/.test(operator) && /^\d+$/.test(raw);
    if (raw !== '' && !isRedirect && !isAssignment && !isStream) words.push(text);
    if (raw !== '' || operator.trim() !== '') isRedirect = /^[<>]/.test(operator);
  }
}

/** What bash puts in the place of `replaced`, the end of the last word: quoted, and fit for a quote that is open. */
export function toBashReplies(values: readonly string[], { raw }: TypedLine, replaced: string): string[] {
  // Bash replaces what stands behind the last `=`, `:` or opening quote.
  const { text, open } = unquote(raw.slice(0, raw.length - replaced.length));
  const rests = values.filter((value) => value.startsWith(text)).map((value) => value.slice(text.length));
  if (open === "'") return rests.map((rest) => rest.replaceAll("'", "'\\''"));
  // Before a `!` of the history no backslash helps.
  if (open === '"') return rests.map((rest) => rest.replace(/["$`\\]/g, '\\$&').replaceAll('!', `"'!'"`));
  // All or none: bash inserts at once what they have in common.
  return rests.every((rest) => rest === shellWord(rest)) ? rests : rests.map(shellQuoted);
}

function endOfWord(text: string): number {
  let end = 0;
  let open = '';
  while (end < text.length) {
    const character = text.charAt(end);
    if (character === '\\' && open !== "'") end += 1;
    else if (open === '' && /[\s<>]/.test(character)) return end;
    else open = nextOpen(open, character);
    end += 1;
  }
  return text.length;
}

interface Unquoted {
  readonly text: string;
  /** The quote that is not closed, or nothing. */
  readonly open: string;
}

function unquote(raw: string): Unquoted {
  let text = '';
  let open = '';
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw.charAt(at);
    const next = raw.charAt(at + 1);
    if (character === '\\' && (open === '' || (open === '"' && /["$`\\]/.test(next)))) {
      text += next;
      at += 1;
    } else if (nextOpen(open, character) === open) text += character;
    else open = nextOpen(open, character);
  }
  return { text, open };
}

function nextOpen(open: string, character: string): string {
  if (open === character) return '';
  return open === '' && /["']/.test(character) ? character : open;
}
