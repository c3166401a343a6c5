/** JSON texts with a comma after each, kept as bytes: what is to be sent is never put together as a text. */
export interface JsonList {
  /** How many texts there are. */
  readonly count: number;
  /** Adds a text if it fits; the first one always does. */
  add(json: string): boolean;
  /** The texts with commas between them. */
  bytes(): Buffer;
  /** The same, with the last text first. */
  reversedBytes(): Buffer;
}

/** Doubled four times, this holds a full page of the service and an event that no longer fits. */
const startBytes = 72 * 1024;
const maxBytesPerUnit = 3;
const comma = 0x2c;

/** Creates an empty list, which grows up to so many bytes. */
export function createJsonList(maxBytes: number): JsonList {
  let buffer = Buffer.allocUnsafe(startBytes);
  let usedBytes = 0;
  const starts: number[] = [];
  return {
    get count() {
      return starts.length;
    },
    add(json) {
      const neededBytes = usedBytes + json.length * maxBytesPerUnit + 1;
      if (neededBytes > buffer.length) buffer = enlarge(buffer, neededBytes);
      const end = usedBytes + buffer.write(json, usedBytes);
      if (end >= maxBytes && starts.length > 0) return false;
      buffer[end] = comma;
      starts.push(usedBytes);
      usedBytes = end + 1;
      return true;
    },
    bytes: () => buffer.subarray(0, Math.max(0, usedBytes - 1)),
    reversedBytes() {
      const texts = starts.map((start, index) => buffer.subarray(start, starts[index + 1] ?? usedBytes));
      return Buffer.concat(texts.reverse()).subarray(0, -1);
    },
  };
}

function enlarge(buffer: Buffer, neededBytes: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(2 * buffer.length, neededBytes));
  buffer.copy(larger);
  return larger;
}
