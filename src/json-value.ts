/** Where a value lies in a JSON message: names of members, and numbers of elements. */
export type JsonPath = readonly string[];

const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

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
    return JSON.parse(/\d{16}/.test(text) ? text.replace(longNumber, quoteNumber) : text);
  } catch {
    return undefined;
  }
}

function quoteNumber(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`;
}
