/** The member of a line of JSON by its name, or by the names on the way to it with dots between; undefined for none. */
export function memberOf(line: string, name: string): unknown {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && name in value
      ? value[name]
      : name.split('.').reduce<unknown>((inner, part) => (isObject(inner) ? inner[part] : undefined), value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
