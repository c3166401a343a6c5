/** A name pattern: what all names it matches begin with, and whether it matches one. */
export interface NamePattern {
  readonly prefix: string;
  matches(name: string): boolean;
}

/** Reads a whole name in which `*` is the only wildcard: it stands for any text, `/` included. */
export function parseNamePattern(text: string): NamePattern {
  const parts = text.split('*');
  const [prefix = ''] = parts;
  return { prefix, matches: parts.length === 1 ? (name) => name === text : (name) => matchesParts(name, parts) };
}

/** Makes the test whether a name matches one of several patterns. */
export function matchesAny(patterns: readonly string[]): (name: string) => boolean {
  // Exact names may be many: they are looked up, not tried one after another.
  const exact = new Set(patterns.filter((text) => !text.includes('*')));
  const wild = patterns.filter((text) => text.includes('*')).map(parseNamePattern);
  return (name) => exact.has(name) || wild.some(({ matches }) => matches(name));
}

/** What every name begins with that matches one of several patterns; empty where they have nothing in common. */
export function commonPrefix(patterns: readonly string[]): string {
  const [first = '', ...others] = patterns.map((text) => parseNamePattern(text).prefix);
  let length = first.length;
  for (const prefix of others) {
    while (!prefix.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

/** Whether the parts occur in order, the first at the start and the last at the end. */
function matchesParts(name: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === last) return name.length - part.length >= at && name.endsWith(part);
    const found = name.indexOf(part, at);
    if (found < 0 || (index === 0 && found > 0)) return false;
    at = found + part.length;
  }
  return true;
}
