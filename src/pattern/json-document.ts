/** A JSON value, or the source text of a number where {@link JsonDocument.lexemes} made it. */
export type JsonValue = string | number | boolean | null | NumberText | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = { readonly [name: string]: JsonValue };

/** A number as its source text. */
export interface NumberText {
  readonly [numberTextKey]: string;
}

/** A message that is one JSON object. */
export interface JsonDocument {
  readonly root: JsonObject;
  /** The same object with every number as {@link NumberText}: equality with a quoted number compares source text. */
  lexemes(): JsonObject;
}

/** Reads a message; undefined unless all of it is one JSON object. */
export function readDocument(message: string): JsonDocument | undefined {
  if (!message.trimStart().startsWith('{')) return undefined;
  let root: JsonObject;
  try {
    root = JSON.parse(message) as JsonObject;
  } catch {
    return undefined;
  }
  let marked: JsonObject | undefined;
  return {
    root,
    lexemes() {
      marked ??= parseLexemes(message);
      return marked;
    },
  };
}

/** Whether a value has members that a name can select. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(numberTextKey in value);
}

/** The source text of a number read by `lexemes`. */
export function numberTextOf(value: JsonValue): string | undefined {
  return typeof value === 'object' && value !== null && numberTextKey in value
    ? String(value[numberTextKey])
    : undefined;
}

// No message can hold this key by accident and mean it: it is not even legal unescaped in JSON.
const numberTextKey = '\u0000number';

function parseLexemes(message: string): JsonObject {
  const marked = message.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [numberTextKey]: token }),
  );
  return JSON.parse(marked) as JsonObject;
}
