import { UsageError } from '../../src/errors.js';
import { type ParseTimeOptions, parseTime } from '../../src/time/parse-time.js';

/** A Friday, in the winter of both hemispheres' clocks that the tables use. */
export const friday = '2026-11-20T15:30:45.123Z';

/** Reads a text as `--start`, in UTC, on {@link friday}, unless told otherwise: the instant in ISO form. */
export function read(text: string, options: Partial<ParseTimeOptions> = {}): string {
  const epochMs = parseTime(text, {
    nowMs: Date.parse(friday),
    zone: 'UTC',
    role: 'start',
    flag: '--start',
    ...options,
  });
  return new Date(epochMs).toISOString();
}

/** The message with which a call is refused; anything but a refusal fails the test. */
export function refusalOf(call: () => unknown): string {
  try {
    return `not refused: ${String(call())}`;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
