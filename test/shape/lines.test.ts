import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines } from '../../src/shape/lines.js';

async function linesOf(pieces: readonly string[]): Promise<(readonly string[])[]> {
  const batches: (readonly string[])[] = [];
  for await (const lines of splitLines(arriving(pieces), 'x.log')) batches.push(lines);
  return batches;
}

async function* arriving(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}

test.each<[string, string[], string[][]]>([
  ['nothing', [], []],
  ['an empty piece', [''], []],
  ['lines of one piece come together', ['a\nb\n'], [['a', 'b']]],
  ['a last line without its newline', ['a\nb'], [['a'], ['b']]],
  ['an empty line', ['\n\na\n'], [['', '', 'a']]],
  ['a byte order mark before the text', ['', '\ufeff{}\n', '\ufeffa'], [['{}'], ['\ufeffa']]],
  ['nothing but a byte order mark', ['\ufeff'], []],
  ['a line in several pieces', ['a', 'b', '', 'c\nd', 'e\n'], [['abc'], ['de']]],
  ['a newline that opens a piece', ['a', '\nb\n'], [['a', 'b']]],
  ['line endings of Windows', ['a\r\nb\r\n'], [['a', 'b']]],
  ['an ending of Windows in two pieces', ['a\r', '\nb\n'], [['a', 'b']]],
  ['a carriage return that ends no line', ['a\rb\r\r\nc\r'], [['a\rb\r'], ['c\r']]],
])('%s', async (_, pieces, batches) => {
  expect(await linesOf(pieces)).toEqual(batches);
});

test('wherever a text is cut, its lines are the same', async () => {
  const piece = fc.stringMatching(/^[ab\r\n]{0,5}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      expect((await linesOf(pieces)).flat()).toEqual((await linesOf([pieces.join('')])).flat());
    }),
  );
});

test('a line without an end is refused before it fills the memory', async () => {
  let pieces = 0;
  async function* endless(): AsyncGenerator<string> {
    yield 'first\n';
    for (; ; pieces++) yield 'x'.repeat(1024 * 1024);
  }
  const reading = (async () => {
    for await (const _ of splitLines(endless(), 'x.log'));
  })();
  await expect(reading).rejects.toThrow('"x.log": line 2 is longer than 16777216 characters');
  expect(pieces).toBe(16);
});

test('who leaves early leaves the source too', async () => {
  let left = false;
  async function* source(): AsyncGenerator<string> {
    try {
      yield 'a\n';
      yield 'b\n';
    } finally {
      left = true;
    }
  }
  for await (const _ of splitLines(source(), 'x.log')) break;
  expect(left).toBe(true);
});
