import { expect, test } from 'vitest';
import { zstdBlocks } from '../../src/save/zstd-blocks.js';

const one = '28b52ffd20042100006f6e650a';
const twoWithChecksum = '28b52ffd240421000074776f0a0f2d04f9';
/** A header with the size of the content, a block that is compressed, and two that repeat a byte. */
const long = ['28b52ffda0e09304005400001078780100fbff39c002', '02001078', '039f0478'];
const skipped = '5f2a4d1803000000aabbcc';

const cuts = [1, 2, 3, 5, 13, 1_000];

test.each<[string, string, string[]]>([
  ['one frame', one, [one]],
  ['frames behind each other', one + twoWithChecksum + one, [one, twoWithChecksum, one]],
  ['a frame of several blocks', long.join('') + one, [...long, one]],
  ['a frame to be skipped', skipped + one + skipped, [one]],
])('%s, in pieces of any length', async (_, hexadecimal, blocks) => {
  for (const cut of cuts) expect(await blocksOf(hexadecimal, cut)).toEqual(blocks);
});

test.each([one, twoWithChecksum, skipped, long.join(''), one + skipped, one + one])(
  '%s without its last byte is cut',
  async (hexadecimal) => {
    for (const cut of cuts) {
      await expect(blocksOf(hexadecimal.slice(0, -2), cut)).rejects.toThrow('unexpected end of file');
    }
  },
);

test.each(['', '28', '28b52ffd'])('%j is cut too', async (hexadecimal) => {
  await expect(blocksOf(hexadecimal, 1)).rejects.toThrow('unexpected end of file');
});

test.each(['1f8b0800', `${one}0a0a0a0a`])('%s is not Zstandard', async (hexadecimal) => {
  await expect(blocksOf(hexadecimal, 3)).rejects.toThrow('it is not Zstandard');
});

async function blocksOf(hexadecimal: string, cut: number): Promise<string[]> {
  const blocks: string[] = [];
  for await (const block of zstdBlocks(piecesOf(Buffer.from(hexadecimal, 'hex'), cut)))
    blocks.push(block.toString('hex'));
  return blocks;
}

async function* piecesOf(bytes: Buffer, cut: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += cut) yield bytes.subarray(start, start + cut);
}
