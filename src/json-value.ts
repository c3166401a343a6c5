/** Where a value lies in a JSON message: names of members, and numbers of elements. */
export type JsonPath = readonly string[];

/** A string or a whole number: digits within either are no number of their own. */
const scalar = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A double holds numbers of fewer digits than this as they are written, or in a shorter way. */
const uncertainDigits = 16;

/**
 * The value at a path of a message as text: strings as they are, what has members as JSON; empty where the message is
 * not JSON or has no such member. Numbers that a double cannot hold keep their digits.
 */
export function jsonValueText(message: string, path: JsonPath): string {
  let value = parseJson(message);
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = Reflect.get(value, name);
  }
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(/\d{16}/.test(text) ? text.replace(scalar, quoteUncertain) : text);
  } catch {
    return undefined;
  }
}

function quoteUncertain(token: string): string {
  if (token.startsWith('"') || token.length < uncertainDigits || String(Number(token)) === token) return token;
  return `"${token}"`;
}
