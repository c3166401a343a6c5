/**
 * Cuts Zstandard bytes into the blocks of their frames: the decoder of Node drops what stands behind a frame in the
 * same piece (https://github.com/nodejs/node/issues/64741), and up to 2026 it took a frame that was cut for a whole
 * one (https://github.com/nodejs/node/issues/64592). Throws where a frame is cut.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8878#section-3
 */
export async function* zstdBlocks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = createByteReader(pieces);
  do {
    const magic = (await reader.take(4)).readUInt32LE();
    if (magic === frameMagic) yield* frameBlocks(reader);
    else if (magic >>> 4 === skippableMagic >>> 4) await reader.skip((await reader.take(4)).readUInt32LE());
    else throw new Error('it is not Zstandard');
  } while (!(await reader.isAtEnd()));
}

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/** The blocks of a frame, the first with the header before it, and the last with the checksum behind it. */
async function* frameBlocks({ take }: ByteReader): AsyncGenerator<Buffer> {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(frameMagic);
  const descriptor = await take(1);
  const flags = descriptor.readUInt8();
  let before = [magic, descriptor, await take(headerLength(flags))];
  for (let isLast = false; !isLast; before = []) {
    const header = await take(3);
    const bits = header.readUIntLE(0, 3);
    isLast = (bits & 1) === 1;
    const isRepeated = ((bits >>> 1) & 3) === 1;
    const content = await take(isRepeated ? 1 : bits >>> 3);
    const checksum = await take(isLast && (flags & 4) !== 0 ? 4 : 0);
    yield Buffer.concat([...before, header, content, checksum]);
  }
}

/** The bytes between the descriptor of a frame and its first block. */
function headerLength(flags: number): number {
  const isSingle = (flags & 0x20) !== 0;
  const contentSizes = [isSingle ? 1 : 0, 2, 4, 8];
  const dictionarySizes = [0, 1, 2, 4];
  return (isSingle ? 0 : 1) + (dictionarySizes[flags & 3] ?? 0) + (contentSizes[flags >>> 6] ?? 0);
}

interface ByteReader {
  /** The next bytes, exactly so many. */
  take(length: number): Promise<Buffer>;
  /** Leaves so many bytes out. */
  skip(length: number): Promise<void>;
  isAtEnd(): Promise<boolean>;
}

function createByteReader(pieces: AsyncIterable<Buffer>): ByteReader {
  const source = pieces[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const isAtEnd = async () => {
    while (held.length === 0) {
      const { value, done } = await source.next();
      if (done === true) return true;
      held = value;
    }
    return false;
  };
  const some = async (length: number) => {
    if (await isAtEnd()) throw new Error('unexpected end of file');
    const part = held.subarray(0, length);
    held = held.subarray(part.length);
    return part;
  };
  return {
    isAtEnd,
    async take(length) {
      const parts: Buffer[] = [];
      for (let left = length; left > 0; left -= parts.at(-1)?.length ?? 0) parts.push(await some(left));
      return Buffer.concat(parts);
    },
    async skip(length) {
      for (let left = length; left > 0; ) left -= (await some(left)).length;
    },
  };
}
