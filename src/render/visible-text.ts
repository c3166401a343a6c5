import { formatCharacters, toEscape } from '../escape.js';

const escapeCharacter = '\u001b';
const reset = `${escapeCharacter}[0m`;

const unseenBesidesLayout = new RegExp(String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f${formatCharacters}]`, 'u');
const anyUnseen = new RegExp(String.raw`[\p{Cc}${formatCharacters}]`, 'gu');
const unseenWithColorTail = new RegExp(String.raw`[\p{Cc}${formatCharacters}](?:\[[\d;:]*m)?`, 'gu');
const unseenInJson = new RegExp(String.raw`[\x7f-\x9f${formatCharacters}]`, 'gu');

/**
 * Makes control characters and hidden ones visible (`^[`, `\x9b`, `\u202e`) so that a message cannot drive the terminal
 * or seem to be another; newlines and tabs stay. SGR colours stay where colour is wanted, and a message that used them
 * ends with a reset; else they are left out.
 */
export function visibleText(text: string, color: boolean): string {
  if (!unseenBesidesLayout.test(text)) return text;
  let colored = false;
  const visible = text.replaceAll('\r\n', '\n').replace(unseenWithColorTail, (sequence) => {
    const control = String.fromCodePoint(sequence.codePointAt(0) ?? 0);
    if (control === '\n' || control === '\t') return sequence;
    if (control === escapeCharacter && sequence.length > 1) {
      colored = color;
      return color ? sequence : '';
    }
    return toVisible(control) + sequence.slice(control.length);
  });
  return colored ? visible + reset : visible;
}

/** Makes every control character and hidden one visible, newlines and tabs too: a stream name may hold any of them. */
export function visibleName(name: string): string {
  return name.replace(anyUnseen, toVisible);
}

/** Escapes, in JSON text, what JSON leaves raw but a terminal obeys or hides. */
export function visibleJson(json: string): string {
  return json.replace(unseenInJson, (hidden) => hidden.split('').map(toEscape).join(''));
}

function toVisible(hidden: string): string {
  const code = hidden.charCodeAt(0);
  if (code > 0x9f || code === 0xad) return toEscape(hidden);
  return code >= 0x80 ? `\\x${code.toString(16)}` : `^${String.fromCharCode(code ^ 0x40)}`;
}
