import { expect, test } from 'vitest';
import { renderDryRun, toDryRange, toDryRegions } from '../../../src/commands/options/dry-run.js';

test('a range without a start has null in its place', () => {
  expect(toDryRange({ endMs: Date.UTC(2026, 10, 20) }, 'UTC')).toEqual({
    startMs: null,
    endMs: 1_795_132_800_000,
    start: null,
    end: '2026-11-20T00:00:00.000Z',
    zone: 'UTC',
  });
});

test('a region that only a profile knows is left open', () => {
  expect(toDryRegions([{ region: 'eu-west-1' }, { region: 'us-west-2' }])).toEqual(['eu-west-1', 'us-west-2']);
  expect(toDryRegions([{ region: undefined }])).toEqual([]);
});

test('a request is JSON over several lines, with a newline at the end', () => {
  expect(renderDryRun({ command: 'put' })).toBe('{\n  "command": "put"\n}\n');
});
