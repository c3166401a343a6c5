/** JSON texts with commas between them, kept as bytes: what is to be sent is never put together as a text. */
export interface JsonList {
  /** How many texts there are. */
  readonly count: number;
  /** Adds a text if the list then still has at most so many bytes; the first text always fits. */
  add(json: string, maxBytes: number): boolean;
  /** The list in its order or from its end; valid until the next call. */
  bytes(order?: 'forward' | 'backward'): Buffer;
  /** Empties the list and keeps its memory for the next one. */
  clear(): void;
}

/** Room for a full page of the service, and for an event that no longer fits. */
const startBytes = 1_200_000;
/** What one unit of a string takes at most as UTF-8. */
const maxUnitBytes = 3;
const comma = 0x2c;

/** Creates an empty list. */
export function createJsonList(): JsonList {
  let buffer: Buffer = Buffer.allocUnsafe(startBytes);
  let usedBytes = 0;
  let starts: number[] = [];
  return {
    get count() {
      return starts.length;
    },
    add(json, maxBytes) {
      const neededBytes = usedBytes + json.length * maxUnitBytes + 1;
      if (neededBytes > buffer.length) buffer = Buffer.concat([buffer], neededBytes);
      const end = usedBytes + buffer.write(json, usedBytes);
      if (end > maxBytes && starts.length > 0) return false;
      buffer[end] = comma;
      starts.push(usedBytes);
      usedBytes = end + 1;
      return true;
    },
    bytes(order = 'forward') {
      if (order === 'forward') return buffer.subarray(0, Math.max(0, usedBytes - 1));
      const texts = starts.map((start, index) => buffer.subarray(start, starts[index + 1] ?? usedBytes));
      return Buffer.concat(texts.reverse(), Math.max(0, usedBytes - 1));
    },
    clear() {
      usedBytes = 0;
      starts = [];
    },
  };
}
