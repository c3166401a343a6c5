/** Where a value lies in a JSON message: names of members, and numbers of elements. */
export type JsonPath = readonly string[];

/** The value at a path of a message as text. */
export type JsonReader = (message: string, path: JsonPath) => string;

/**
 * The value at a path of a message as text: strings as they are, what has members as JSON; empty where the message is
 * not JSON or has no such member. Numbers that a double cannot hold keep their digits.
 */
export function jsonValueText(message: string, path: JsonPath): string {
  return valueText(parseJson(message), path);
}

/** Creates what reads values of messages, and parses a message once for all that are read of it in a row. */
export function createJsonReader(): JsonReader {
  let kept: { readonly message: string; readonly value: unknown } | undefined;
  return (message, path) => {
    if (kept?.message !== message) kept = { message, value: parseJson(message) };
    return valueText(kept.value, path);
  };
}

/**
 * Gives the numbers in a JSON text the digits that they have in the one it was made of, and lost as doubles; only
 * numbers that differ no sooner than after their sixteenth digit cannot be told apart, and stay rounded.
 */
export function withDigitsOf(source: string, json: string): string {
  if (!/\d{16}/.test(source)) return json;
  const digits = new Map<number, string | undefined>();
  for (const [token] of source.matchAll(stringOrNumber)) {
    if (token.startsWith('"') || isHeld(token)) continue;
    const double = Number(token);
    digits.set(double, digits.has(double) && digits.get(double) !== token ? undefined : token);
  }
  if (digits.size === 0) return json;
  return json.replace(stringOrNumber, (token) =>
    token.startsWith('"') ? token : (digits.get(Number(token)) ?? token),
  );
}

/** Digits within either are no number of their own. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Marks a string that stands for a number: no text begins with it, as it is no character. */
const numberMark = '\ufdd0';

function valueText(root: unknown, path: JsonPath): string {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = Reflect.get(value, name);
  }
  if (typeof value === 'string') return value.startsWith(numberMark) ? value.slice(1) : value;
  return value === undefined ? '' : JSON.stringify(value).replace(/"\ufdd0([^"]*)"/g, '$1');
}

function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(/\d{16}/.test(text) ? text.replace(stringOrNumber, markNumber) : text);
  } catch {
    return undefined;
  }
}

function markNumber(token: string): string {
  return token.startsWith('"') || isHeld(token) ? token : `"${numberMark}${token}"`;
}

/** Of fewer digits a double writes the same number, if in a shorter way. */
const uncertainLength = 16;

/** Whether a double holds every digit of a number. */
function isHeld(token: string): boolean {
  return token.length < uncertainLength || String(Number(token)) === token;
}
