import { expect, test } from 'vitest';
import { parseTimer } from '../../../src/commands/options/timer.js';

test('the longest time that a timer of Node can take is taken', async () => {
  expect(await parseTimer('24d', '--for')).toBe(24 * 86_400_000);
});

test('a longer time, which Node would take for none at all, is refused', async () => {
  await expect(parseTimer('25d', '--for')).rejects.toThrow('--for "25d" is longer than 24 days; try --for 24d');
});
