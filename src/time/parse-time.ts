import { readDuration } from './duration.js';
import { readEpoch } from './epoch.js';
import { likelyTimes, nearWord, renderTimes } from './likely-times.js';
import { readPhrase } from './phrase.js';
import { dayOf, type Reading, refusal, type TimeRole, type TimeText, toEpochMs } from './reading.js';
import { readStamp } from './stamp.js';
import type { Present } from './zone.js';

/** What the reading of a time depends on. */
export interface ParseTimeOptions {
  /** The instant that relative times count from, in epoch milliseconds. */
  readonly nowMs: number;
  /** IANA name or offset of the zone of times that name none. */
  readonly zone: string;
  /**
   * The end of a range that the time stands for: a day as a start or an instant means its 00:00, as an end the following
   * 00:00; a wall-clock time that exists twice is the earlier as a start, the later as an end.
   */
  readonly role: TimeRole;
  /** The option the text was given to, for the error message. */
  readonly flag?: string | undefined;
}

/**
 * Reads a time as people write it (`2h ago`, `yesterday 3pm`, `2026-11-20T15:00`, epoch seconds or milliseconds).
 *
 * The whole text is understood or refused.
 *
 * @returns Epoch milliseconds, an integer from 1970 to 9999.
 * @throws {@link UsageError} naming the flag, the text, what is wrong with it and a form that works.
 */
export function parseTime(text: string, options: ParseTimeOptions): number {
  return parseTimeAt(options, text, options);
}

/** The same, of a present that is handed on as it is. */
export function parseTimeAt(
  present: Present,
  text: string,
  { flag, role }: Pick<ParseTimeOptions, 'flag' | 'role'>,
): number {
  const time = toTimeText(text, present, flag);
  return toAcceptedMs(time, readTime(time), role);
}

/** Parses a day or a month (`yesterday`, `2026-11-19`, `2026-10`) into its first instant and the first one after it. */
export function parseDays(text: string, options: Omit<ParseTimeOptions, 'role'>): { startMs: number; endMs: number } {
  const time = toTimeText(text, options, options.flag);
  const reading = readTime(time);
  if (reading.kind !== 'days') {
    throw refusal(
      time,
      'is not a whole day or month',
      'write yesterday, 2026-11-19 or 2026-10; a moment goes to --around',
    );
  }
  return { startMs: toAcceptedMs(time, reading, 'start'), endMs: toAcceptedMs(time, reading, 'end') };
}

function toTimeText(text: string, present: Present, flag: string | undefined): TimeText {
  return { text: text.trim(), value: text, flag, present };
}

// Longer than any time, and short enough that no pattern can take long over it.
const maxTextLength = 100;

function readTime(time: TimeText): Reading {
  if (time.text === '') throw refusal(time, 'is empty', fixFor(time));
  if (time.text.length > maxTextLength) throw refusal(time, 'is too long to be a time', fixFor(time));
  if (/^now$/i.test(time.text)) return { kind: 'instant', epochMs: time.present.nowMs };
  const reading = readEpoch(time) ?? readDuration(time) ?? readStamp(time);
  if (reading !== undefined) return reading;
  const likely = likelyTimes(time);
  if (likely.length > 0) throw refusal(time, 'is not a time', `try ${renderTimes(likely)}`);
  const phrase = readPhrase(time);
  if (phrase === undefined) throw refusal(time, 'is not a time', fixFor(time));
  return phrase;
}

function fixFor(time: TimeText): string {
  if (/^(?:all|beginning|always|ever)$/i.test(time.text)) return 'leave the option out to begin with the oldest events';
  const near = nearWord(time.text);
  if (near !== undefined) return `did you mean ${near}?`;
  const today = dayOf(time.present.nowMs, time.present.zone);
  return `try 15m, "2h ago", "yesterday 3pm" or ${today.toString()}T15:00`;
}

const maxEpochMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function toAcceptedMs(time: TimeText, reading: Reading, role: TimeRole): number {
  const epochMs = toEpochMs(reading, role);
  // CloudWatch Logs counts from 1970 and knows no negative timestamp.
  if (!(epochMs >= 0)) throw refusal(time, 'is before 1970', fixFor(time));
  if (epochMs > maxEpochMs) throw refusal(time, 'is after the year 9999', fixFor(time));
  return epochMs;
}
