import { expect, test } from 'vitest';
import { maxPageSize } from '../../../src/logs/read/filter-events.js';
import { isSparse, learn, type Seen } from '../../../src/logs/read/lesson.js';
import { toEvent } from '../fixtures.js';

const event = (timestamp: number) => toEvent({ timestamp });

const unseen: Seen = { lastEventMs: undefined, requests: 0, emptyInARow: 0, filledInARow: 0 };

test.each<[string, Partial<Seen>, number[], number | undefined]>([
  ['the first events, which may be far behind where the request began', {}, [1_000, 1_500], undefined],
  ['events behind others', { lastEventMs: 1_000 }, [1_200, 1_500], 500],
  ['events behind others and an empty page', { lastEventMs: 1_000, emptyInARow: 1 }, [1_200, 1_500], 250],
  ['events of the same millisecond as the last', { lastEventMs: 1_000 }, [1_000], 1],
  ['nothing', { lastEventMs: 1_000 }, [], undefined],
])('a page of %s', (_, seen, times, paceMs) => {
  expect(
    learn(
      { ...unseen, ...seen },
      times.map((ms) => event(ms)),
    ),
  ).toBe(paceMs);
});

test('a full page covers what its events do, the first one too', () => {
  const events = Array.from({ length: maxPageSize }, (_, at) => event(1_000 + at));
  expect(learn({ ...unseen }, events)).toBe(maxPageSize - 1);
});

test('empty pages and pages with events are counted in a row', () => {
  const seen = { ...unseen };
  const told = [[], [], [event(5)], [event(9)], []].map((events) => {
    learn(seen, events);
    return [seen.emptyInARow, seen.filledInARow];
  });
  expect(told).toEqual([
    [1, 0],
    [2, 0],
    [0, 1],
    [0, 2],
    [1, 0],
  ]);
  expect(seen).toMatchObject({ requests: 5, lastEventMs: 9 });
});

test.each([
  ['two empty pages', { emptyInARow: 2 }, false, true],
  ['one empty page', { emptyInARow: 1 }, false, false],
  ['one page with events after empty ones', { filledInARow: 1 }, true, true],
  ['two pages with events', { filledInARow: 2 }, true, false],
])('%s', (_, seen, before, after) => {
  expect(isSparse({ ...unseen, ...seen }, before)).toBe(after);
});
