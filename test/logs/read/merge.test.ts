import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../src/logs/event.js';
import { compareEvents, mergePages } from '../../../src/logs/read/merge.js';
import { collect, toEvent } from '../fixtures.js';

test.each<[string, Partial<LogEvent>, Partial<LogEvent>]>([
  ['the earlier timestamp', { timestamp: 1, ingestionTime: 9 }, { timestamp: 2, ingestionTime: 3 }],
  ['of equal timestamps the earlier ingestion', { ingestionTime: 1, eventId: '9' }, { ingestionTime: 2, eventId: '1' }],
  ['of equal times the smaller id', { eventId: '38' }, { eventId: '39' }],
  ['a shorter id, which is a smaller number', { eventId: '9' }, { eventId: '10' }],
])('%s comes first', (_, first, second) => {
  expect(compareEvents(toEvent(first), toEvent(second))).toBeLessThan(0);
  expect(compareEvents(toEvent(second), toEvent(first))).toBeGreaterThan(0);
});

test('events equal in all three have no order of their own', () => {
  expect(compareEvents(toEvent({ message: 'a' }), toEvent({ message: 'b' }))).toBe(0);
});

test('pages of two inputs are interleaved', async () => {
  const merged = mergePages([read([[at(1), at(4)], [at(5)]]), read([[at(2), at(3)], [], [at(6)]])]);
  expect((await collect(merged)).flat().map(({ timestamp }) => timestamp)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('no inputs, or only empty pages, give no events', async () => {
  expect(await collect(mergePages([]))).toEqual([]);
  expect((await collect(mergePages([read([[], []]), read([])]))).flat()).toEqual([]);
});

test('whatever the pages, the result is all events in order, equal ones in the order of the inputs', async () => {
  const key = fc.record({
    timestamp: fc.nat(6),
    ingestionTime: fc.nat(2),
    // One input never repeats an id at one time; two may hold the same.
    eventId: fc.integer({ min: 8, max: 11 }).map(String),
  });
  const keyText = (parts: Partial<LogEvent>) => JSON.stringify([parts.timestamp, parts.ingestionTime, parts.eventId]);
  const input = fc.record({
    keys: fc.uniqueArray(key, { maxLength: 30, selector: keyText }),
    pageSizes: fc.array(fc.nat(4), { maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(input, { maxLength: 5 }), async (inputs) => {
      const ordered = inputs.map(({ keys }, index) =>
        keys.map((parts) => toEvent({ ...parts, logGroupName: `/g${index}` })).sort(compareEvents),
      );
      const merged = mergePages(ordered.map((events, index) => read(toPages(events, inputs[index]?.pageSizes ?? []))));
      expect((await collect(merged)).flat()).toEqual(ordered.flat().sort(compareEvents));
    }),
  );
});

test('one page of each input is held, and the next is asked for only when it is used up', async () => {
  const asked: string[] = [];
  const merged = mergePages([read([[at(1)], [at(2)]], 'a', asked), read([[at(8)], [at(9)]], 'b', asked)]);
  await merged.next();
  expect(asked).toEqual(['a', 'b']);
  await merged.next();
  expect(asked).toEqual(['a', 'b', 'a']);
  await merged.return(undefined);
});

test('a consumer that leaves closes every input', async () => {
  const log: string[] = [];
  const merged = mergePages([read([[at(1)], [at(2)]], 'a', log), read([[at(1)], [at(2)]], 'b', log)]);
  for await (const _ of merged) break;
  expect(log).toEqual(['a', 'b', 'a closed', 'b closed']);
});

test('a failure of one input is thrown and closes the others', async () => {
  const log: string[] = [];
  const merged = mergePages([read([[at(1)]], 'a', log, new Error('denied')), read([[at(1)], [at(7)]], 'b', log)]);
  await merged.next();
  await expect(merged.next()).rejects.toThrow('denied');
  expect(log).toContain('b closed');
  expect(await merged.next()).toEqual({ done: true, value: undefined });
});

function at(timestamp: number): LogEvent {
  return toEvent({ timestamp });
}

/** An input that logs its name with every page, and that it was closed; may fail at its end. */
async function* read(pages: readonly LogEvent[][], name = '', log: string[] = [], failure?: Error) {
  try {
    for (const page of pages) {
      log.push(name);
      yield page;
    }
    if (failure !== undefined) throw failure;
  } finally {
    log.push(`${name} closed`);
  }
}

/** Pages of these sizes, 0 included, and one of what is left. */
function toPages(events: readonly LogEvent[], sizes: readonly number[]): LogEvent[][] {
  const left = [...events];
  return [...sizes.map((size) => left.splice(0, size)), left];
}
