/**
 * The values of a JSON text in the order of their beginnings, four numbers each; a key stands before its value. Made
 * once and filled anew for every message: a message costs no objects, and numbers keep the text they were written as.
 */
export interface JsonTape {
  readonly message: string;
  /** For each value its kind, where its text begins and ends, and the place on the tape behind all that it holds. */
  readonly nodes: Int32Array;
}

/** A value's place on the tape; that of the whole message is 0. */
export type JsonNode = number;

/** What stands on the tape for the kind of a value; an escaped string is one that is not its own text. */
export const jsonKinds = { object: 0, array: 1, string: 2, escaped: 3, number: 4, true: 5, false: 6, null: 7 } as const;

/** The kind of a value. */
export function kindOf({ nodes }: JsonTape, node: JsonNode): number {
  return nodes[node] ?? -1;
}

/** Where the text of a value begins in the message, behind the quote of a string. */
export function startOf({ nodes }: JsonTape, node: JsonNode): number {
  return nodes[node + startField] ?? 0;
}

/** Where the text of a value ends in the message, before the quote of a string. */
export function endOf({ nodes }: JsonTape, node: JsonNode): number {
  return nodes[node + endField] ?? 0;
}

/** The place behind a value and all that it holds. */
export function behind({ nodes }: JsonTape, node: JsonNode): JsonNode {
  return nodes[node + behindField] ?? 0;
}

/** The place behind a key, or of the first thing in a container. */
export function inside(node: JsonNode): JsonNode {
  return node + tapeStride;
}

const startField = 1;
const endField = 2;
const behindField = 3;
const tapeStride = 4;

/** Makes a reader of messages; the tape it gives holds until the next message. */
export function createJsonReader(): (message: string) => JsonTape | undefined {
  const tape = { message: '', nodes: new Int32Array(256 * tapeStride) };
  return (message) => {
    tape.message = message;
    return isJsonObject(tape) ? tape : undefined;
  };
}

interface OpenTape {
  readonly message: string;
  nodes: Int32Array;
}

/** Writes the tape; false unless all of the message is one object. Keeps its own stack, so that depth costs nothing. */
function isJsonObject(tape: OpenTape): boolean {
  const { message } = tape;
  let index = skipSpace(message, 0);
  if (message.charCodeAt(index) !== openBrace) return false;
  let next = 0;
  let parent = -1;
  while (index !== -1) {
    if (next + 2 * tapeStride > tape.nodes.length) grow(tape);
    const { nodes } = tape;
    const code = message.charCodeAt(index);
    if (code === openBrace || code === openBracket) {
      nodes[next] = code === openBrace ? jsonKinds.object : jsonKinds.array;
      nodes[next + startField] = index;
      // Until it is closed, a container remembers the one around it here.
      nodes[next + behindField] = parent;
      parent = next;
      next += tapeStride;
      index = skipSpace(message, index + 1);
      const isEmpty = message.charCodeAt(index) === code + 2;
      if (!isEmpty && code === openBracket) continue;
      if (!isEmpty) {
        index = readKey(tape, index, next);
        next += tapeStride;
        continue;
      }
    } else {
      index = readScalar(tape, index, next);
      if (index === -1) return false;
      next += tapeStride;
    }
    // Behind a value come the ends of what holds it, and then a comma or the end.
    for (;;) {
      index = skipSpace(message, index);
      if (parent === -1) return index === message.length;
      const isObject = nodes[parent] === jsonKinds.object;
      const follower = message.charCodeAt(index);
      index += 1;
      if (follower === comma) {
        index = skipSpace(message, index);
        if (!isObject) break;
        index = readKey(tape, index, next);
        next += tapeStride;
        break;
      }
      if (follower !== (isObject ? closeBrace : closeBracket)) return false;
      const outer = nodes[parent + behindField] ?? -1;
      nodes[parent + endField] = index;
      nodes[parent + behindField] = next;
      parent = outer;
    }
  }
  return false;
}

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;
const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const zero = 0x30;

function grow(tape: OpenTape): void {
  const nodes = new Int32Array(tape.nodes.length * 2);
  nodes.set(tape.nodes);
  tape.nodes = nodes;
}

function skipSpace(message: string, start: number): number {
  let index = start;
  for (;;) {
    const code = message.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return index;
    index += 1;
  }
}

/** Reads a key and its colon; gives where the value begins, or -1. */
function readKey(tape: OpenTape, start: number, at: number): number {
  if (tape.message.charCodeAt(start) !== quote) return -1;
  const end = readString(tape, start, at);
  if (end === -1) return -1;
  const index = skipSpace(tape.message, end);
  return tape.message.charCodeAt(index) === colon ? skipSpace(tape.message, index + 1) : -1;
}

/** Reads a value that holds no others; gives where it ends, or -1. */
function readScalar(tape: OpenTape, start: number, at: number): number {
  const code = tape.message.charCodeAt(start);
  if (code === quote) return readString(tape, start, at);
  if (code === minus || isDigit(code)) return readNumber(tape, start, at);
  for (const literal of literals) {
    if (!tape.message.startsWith(literal, start)) continue;
    return write(tape, at, jsonKinds[literal], start, start + literal.length);
  }
  return -1;
}

const literals = ['true', 'false', 'null'] as const;

function readString(tape: OpenTape, start: number, at: number): number {
  const { message } = tape;
  let kind: number = jsonKinds.string;
  for (let index = start + 1; index < message.length; index += 1) {
    const code = message.charCodeAt(index);
    if (code === quote) {
      write(tape, at, kind, start + 1, index);
      return index + 1;
    }
    if (code < 0x20) return -1;
    if (code === backslash) {
      kind = jsonKinds.escaped;
      index += 1;
      const escaped = message.charAt(index);
      if (escaped === 'u') {
        if (!/^[\dA-Fa-f]{4}$/.test(message.slice(index + 1, index + 5))) return -1;
      } else if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) return -1;
    }
  }
  return -1;
}

function readNumber(tape: OpenTape, start: number, at: number): number {
  const { message } = tape;
  const whole = message.charCodeAt(start) === minus ? start + 1 : start;
  let end = skipDigits(message, whole);
  if (end === whole || (message.charCodeAt(whole) === zero && end > whole + 1)) return -1;
  if (message.charAt(end) === '.') {
    const fraction = end + 1;
    end = skipDigits(message, fraction);
    if (end === fraction) return -1;
  }
  if (message.charAt(end) === 'e' || message.charAt(end) === 'E') {
    const sign = message.charAt(end + 1);
    const power = sign === '+' || sign === '-' ? end + 2 : end + 1;
    end = skipDigits(message, power);
    if (end === power) return -1;
  }
  return write(tape, at, jsonKinds.number, start, end);
}

function skipDigits(message: string, start: number): number {
  let index = start;
  while (isDigit(message.charCodeAt(index))) index += 1;
  return index;
}

function isDigit(code: number): boolean {
  return code >= zero && code <= 0x39;
}

function write(tape: OpenTape, at: number, kind: number, start: number, end: number): number {
  const { nodes } = tape;
  nodes[at] = kind;
  nodes[at + startField] = start;
  nodes[at + endField] = end;
  nodes[at + behindField] = at + tapeStride;
  return end;
}
