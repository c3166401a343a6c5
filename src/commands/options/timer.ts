import { UsageError } from '../../errors.js';

/** Node takes a longer time for none at all: 24 days. */
const maxTimerMs = 2 ** 31 - 1;

/** Reads a duration after which something is to happen, in milliseconds. */
export async function parseTimer(text: string, flag: string): Promise<number> {
  const { parseDuration } = await import('../../time/duration.js');
  const ms = parseDuration(text, flag);
  if (ms <= maxTimerMs) return ms;
  throw new UsageError({ flag, value: text, problem: 'is longer than 24 days', fix: `try ${flag} 24d` });
}
