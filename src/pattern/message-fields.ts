/** A word of a message, or what stands in `"…"` or `[…]`. */
export interface MessageField {
  readonly text: string;
  /** Where it begins, with its quote or bracket. */
  readonly index: number;
  /** Where it ends, with its quote or bracket. */
  readonly end: number;
}

/** Splits a message at white space; quotes and brackets that are never closed are ordinary characters. */
export function toFields(message: string): readonly MessageField[] {
  const fields: MessageField[] = [];
  const closing = { '"': 0, ']': 0 };
  let index = skip(message, 0, isSpace);
  while (index < message.length) {
    const close = closeOf[message.charAt(index)];
    // Each mark is looked for once: where none is left, the next search would only run through the message again.
    if (close !== undefined && closing[close] !== -1) closing[close] = message.indexOf(close, index + 1);
    const closed = close === undefined ? -1 : closing[close];
    const end = closed === -1 ? skip(message, index, isWord) : closed + 1;
    fields.push({ text: closed === -1 ? message.slice(index, end) : message.slice(index + 1, closed), index, end });
    index = skip(message, end, isSpace);
  }
  return fields;
}

const closeOf: Readonly<Record<string, '"' | ']' | undefined>> = { '"': '"', '[': ']' };

function skip(message: string, start: number, isSkipped: (code: number) => boolean): number {
  let index = start;
  while (index < message.length && isSkipped(message.charCodeAt(index))) index += 1;
  return index;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function isWord(code: number): boolean {
  return !isSpace(code);
}
