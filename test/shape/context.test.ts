import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../src/logs/event.js';
import { type Block, type ContextOptions, createContext } from '../../src/shape/context.js';
import { toEvent } from '../logs/fixtures.js';

/** `a1` is the event 1 of stream a; `a1*` was found. */
function run(line: string, options: ContextOptions): string {
  const stage = createContext(options);
  const blocks: Block[] = [];
  for (const word of line.split(' ')) {
    stage.push(toNamed(word.slice(0, 2)), word.endsWith('*'));
    blocks.push(...stage.take());
  }
  return show([...blocks, ...stage.flush()]);
}

function toNamed(name: string): LogEvent {
  return toEvent({ logStreamName: name.slice(0, 1), message: name });
}

function show(blocks: readonly Block[]): string {
  const words = blocks.flatMap(({ events, isNew }) => [
    ...(isNew ? ['--'] : []),
    ...events.map(({ message }) => message),
  ]);
  return words.slice(1).join(' ');
}

describe('what is around', () => {
  test.each<[string, string, ContextOptions, string]>([
    ['before', 'a1 a2 a3 a4* a5', { before: 2, after: 0 }, 'a2 a3 a4'],
    ['after', 'a1 a2* a3 a4 a5', { before: 0, after: 2 }, 'a2 a3 a4'],
    ['both', 'a1 a2 a3* a4 a5', { before: 1, after: 1 }, 'a2 a3 a4'],
    ['nothing found', 'a1 a2', { before: 1, after: 1 }, ''],
    ['at the edges', 'a1* a2 a3*', { before: 5, after: 5 }, 'a1 a2 a3'],
    ['two islands', 'a1* a2 a3 a4 a5*', { before: 1, after: 1 }, 'a1 a2 -- a4 a5'],
    ['ranges that overlap', 'a1* a2 a3*', { before: 1, after: 1 }, 'a1 a2 a3'],
    ['ranges that touch', 'a1* a2 a3 a4*', { before: 1, after: 1 }, 'a1 a2 a3 a4'],
    ['found one after the other', 'a1* a2* a3 a4', { before: 0, after: 1 }, 'a1 a2 a3'],
    ['only events of the same stream', 'a1 b1 a2* b2 a3 b3', { before: 1, after: 1 }, 'a1 a2 a3'],
    [
      'islands in the order of what was found',
      'a1 b1 b2* a2* b3 a3 a4 b4 b5',
      { before: 1, after: 1 },
      'b1 b2 b3 -- a1 a2 a3',
    ],
    [
      'an island that is complete waits for one before it',
      'a1* b1* b2 b3 b4 a2',
      { before: 1, after: 1 },
      'a1 a2 -- b1 b2',
    ],
  ])('%s', (_, line, options, expected) => {
    expect(run(line, options)).toBe(expected);
  });

  test.each<[string, string, ContextOptions, string]>([
    ['what was found is given at once, the rest as it comes', 'a1 a2* a3', { before: 1, after: 1 }, 'a1 a2 a3'],
    [
      'a line of another stream begins an island, as does what goes on behind it',
      'a1* b1* a2 b2',
      { before: 0, after: 1 },
      'a1 -- b1 -- a2 -- b2',
    ],
    ['what is not shown begins none', 'a1* b1 a2', { before: 0, after: 1 }, 'a1 a2'],
  ])('where nothing waits: %s', (_, line, options, expected) => {
    expect(run(line, { ...options, maxHeldBytes: 0 })).toBe(expected);
  });

  test('what was found first is given out while its island is open, and counted', () => {
    const stage = createContext({ before: 1, after: 3 });
    stage.push(toNamed('a1'), false);
    stage.push(toNamed('a2'), true);
    expect(stage.take()).toEqual([{ events: [toNamed('a1'), toNamed('a2')], hits: 1, isNew: true }]);
    expect([stage.isWaiting, stage.open()]).toEqual([true, [toNamed('a2')]]);
    stage.push(toNamed('a3'), false);
    expect(stage.take()).toEqual([{ events: [toNamed('a3')], hits: 0, isNew: false }]);
  });

  test('islands that wait hold no more than they may: the first then goes on as another one', () => {
    const held = 3 * 302 - 1;
    expect(run('a1* b1* b2 b3* a2', { before: 1, after: 1, maxHeldBytes: held + 1 })).toBe('a1 a2 -- b1 b2 b3');
    expect(run('a1* b1* b2 b3* a2', { before: 1, after: 1, maxHeldBytes: held })).toBe('a1 -- b1 b2 b3 -- a2');
  });

  test('streams that have long been silent are forgotten first', () => {
    const line = 'a1 b1 c1 d1 a2* c2* d2*';
    expect(run(line, { before: 1, after: 0, maxRingBytes: 2 * 302 })).toBe('a2 -- c1 c2 -- d1 d2');
  });
});

describe('what came before, from elsewhere', () => {
  test('is asked for where a stream has just begun, and nowhere else', () => {
    const stage = createContext({ before: 2, after: 0 });
    expect(stage.knowsBefore(toNamed('a3'))).toBe(false);
    stage.prime(toNamed('a3'), ['a0', 'a1', 'a2'].map(toNamed));
    expect(stage.knowsBefore(toNamed('a3'))).toBe(true);
    stage.push(toNamed('a3'), true);
    expect(show(stage.flush())).toBe('a1 a2 a3');
    expect(stage.knowsBefore(toNamed('a4'))).toBe(true);
    for (const name of ['b1', 'b2', 'b3']) stage.push(toNamed(name), false);
    expect(stage.knowsBefore(toNamed('b4'))).toBe(true);
  });

  test('an island that ends by the word of another is given out, and so is the one behind it', () => {
    const stage = createContext({ before: 1, after: 1 });
    stage.push(toNamed('a1'), true);
    stage.push(toNamed('b1'), true);
    stage.end(toNamed('a1'));
    expect(show(stage.take())).toBe('a1 -- b1');
    expect(stage.open()).toEqual([toNamed('b1')]);
  });
});

const events = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'c'), isHit: fc.boolean() }), { maxLength: 60 });
const sizes = fc.record({ before: fc.nat({ max: 4 }), after: fc.nat({ max: 4 }) });

describe('against everything sorted out afterwards', () => {
  test('islands are those of each stream alone, in the order of what was found first', () => {
    fc.assert(
      fc.property(events, sizes, (sequence, size) => {
        const stage = createContext(size);
        const blocks: Block[] = [];
        for (const [at, { stream, isHit }] of sequence.entries()) {
          stage.push(toEvent({ logStreamName: stream, message: String(at) }), isHit);
          blocks.push(...stage.take());
        }
        blocks.push(...stage.flush());
        expect(toIslands(blocks)).toEqual(islandsOf(sequence, size));
        expect(blocks.reduce((sum, { hits }) => sum + hits, 0)).toBe(sequence.filter(({ isHit }) => isHit).length);
      }),
    );
  });

  test('where nothing waits the same lines come, each stream in its order, each as soon as it is known', () => {
    fc.assert(
      fc.property(events, sizes, (sequence, size) => {
        const stage = createContext({ ...size, maxHeldBytes: 0 });
        const lines: number[] = [];
        for (const [at, { stream, isHit }] of sequence.entries()) {
          stage.push(toEvent({ logStreamName: stream, message: String(at) }), isHit);
          const taken = stage.take().flatMap((block) => block.events.map(({ message }) => Number(message)));
          if (taken.length > 0) expect(taken.at(-1)).toBe(at);
          lines.push(...taken);
        }
        expect(stage.flush()).toEqual([]);
        expect(lines.sort((a, b) => a - b)).toEqual(
          islandsOf(sequence, size)
            .flat()
            .sort((a, b) => a - b),
        );
      }),
    );
  });
});

function toIslands(blocks: readonly Block[]): number[][] {
  const islands: number[][] = [];
  for (const block of blocks) {
    const numbers = block.events.map(({ message }) => Number(message));
    if (block.isNew) islands.push(numbers);
    else islands.at(-1)?.push(...numbers);
  }
  return islands;
}

/** The islands of a whole sequence, found by looking at every pair of events. */
function islandsOf(
  sequence: readonly { readonly stream: string; readonly isHit: boolean }[],
  { before, after }: { readonly before: number; readonly after: number },
): number[][] {
  const found: { readonly firstHit: number; readonly island: number[] }[] = [];
  for (const stream of new Set(sequence.map((event) => event.stream))) {
    const own = sequence.flatMap((event, at) => (event.stream === stream ? [{ at, isHit: event.isHit }] : []));
    const isShown = own.map((_, index) =>
      own.some(({ isHit }, hit) => isHit && index >= hit - before && index <= hit + after),
    );
    let island: typeof own = [];
    for (const [index, event] of [...own, { at: -1, isHit: false }].entries()) {
      if (isShown[index] === true) island.push(event);
      else {
        const firstHit = island.find(({ isHit }) => isHit)?.at;
        if (firstHit !== undefined) found.push({ firstHit, island: island.map(({ at }) => at) });
        island = [];
      }
    }
  }
  return found.sort((a, b) => a.firstHit - b.firstHit).map(({ island }) => island);
}
