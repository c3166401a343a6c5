import { expect, test } from 'vitest';
import { renderNothing, type Selection } from '../../src/render/selection.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const selection: Selection = {
  profile: undefined,
  regions: ['us-east-1'],
  logGroups: ['/app'],
  startMs: nowMs - 3_600_000,
  endMs: nowMs,
  filterPattern: undefined,
  streams: { kind: 'all' },
};

test.each<[string, Partial<Selection>, string]>([
  ['nothing is selected', {}, 'no events in /app'],
  [
    'a filter',
    { filterPattern: `{ $.a = "it's" }` },
    String.raw`no event matches --filter '{ $.a = "it'\''s" }' in /app`,
  ],
  [
    'conditions',
    {
      filterPattern: '{ $.level = "error" && $.status >= 500 }',
      selectors: [
        ['-w', 'level=error'],
        ['-w', 'status>=500'],
      ],
    },
    "no event matches -w 'level=error' -w 'status>=500' in /app",
  ],
  [
    'control characters',
    { filterPattern: '"\u001b[2J"', selectors: [['--filter', '"\u001b[2J"']] },
    String.raw`no event matches --filter '"\u001b[2J"' in /app`,
  ],
])('%s: what was typed is said so that it can be pasted', (_, given, words) => {
  const said = renderNothing({ ...selection, ...given }, undefined, { nowMs, zone: 'UTC' });
  expect(said).toBe(`${words} (us-east-1) from 14:30 → now (UTC)`);
});
