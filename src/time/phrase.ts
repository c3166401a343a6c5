import type { ParsedResult } from 'chrono-node/en';
import { chronoCasual } from './chrono.js';
import { type PhraseParts, toPhraseReading } from './phrase-reading.js';
import { dayOf, type Reading, refusal, type TimeText } from './reading.js';
import { refuseVague } from './vague-period.js';
import { splitZone } from './zone-suffix.js';

/** Reads English: `yesterday 3pm`, `last friday 14:00`, `Nov 19`, `midnight`. All of the text, or none of it. */
export function readPhrase(time: TimeText): Reading | undefined {
  const { rest, zone = time.present.zone } = splitZone(toTrailingZone(time.text));
  const today = dayOf(time.present.nowMs, zone);
  refuseVague(time, today);
  const phrase = toMilliseconds(rest);
  // Whatever is made of digits alone has been read before, or is wrong: chrono would swap month and day to save it.
  if (/\d\s*[-/.]\s*\d/.test(phrase.replace(/:\d{2}\.\d{3}/, ''))) return undefined;
  // Chrono counts in the machine's zone. It is given the day alone, at noon, which exists in all of them.
  const results = chronoCasual().parse(phrase, new Date(today.year, today.month - 1, today.day, 12));
  const [result] = results;
  if (result === undefined) return undefined;
  if (result.text.length !== phrase.length) throw refusal(time, leftover(phrase, results), generalFix);
  const isRange = (result.end ?? null) !== null;
  if (isRange) throw refusal(time, 'is two times, not one', 'give the first as --start, the second as --end');
  if (!accountsFor(phrase, result.start)) return undefined;
  return toPhraseReading({ phrase: phrase.toLowerCase(), parts: result.start, today, zone, nowMs: time.present.nowMs });
}

const generalFix = 'write it as "yesterday 3pm", "2h ago" or 2026-11-20T15:00';

// The date command prints the zone before the year.
function toTrailingZone(text: string): string {
  return text.replace(/^(.*\d:\d{2})\s+([A-Z]{3,5})\s+(\d{4})$/, '$1 $3 $2');
}

// Chrono takes .5 for five milliseconds.
function toMilliseconds(text: string): string {
  return text.replace(
    /(:\d{2})[.,](\d+)/,
    (_, seconds: string, fraction: string) => `${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}`,
  );
}

function leftover(phrase: string, results: readonly ParsedResult[]): string {
  const rest = results.reduce((text, result) => text.replace(result.text, '\n'), phrase);
  const words = rest.split('\n').map((part) => part.trim());
  const unread = words.filter((part) => part !== '').map((part) => JSON.stringify(part));
  return unread.length === 0
    ? 'is more than one time'
    : `is not a time: ${unread.join(' and ')} ${unread.length > 1 ? 'were' : 'was'} not understood`;
}

const monthWord = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const clockWord = /\d:\d|\d\s*[ap]\.?m\b|\bat\s+\d|o.?clock|noon|midday|midnight/i;
const weekdayWord = /\b(?:sun|mon|tue|wed|thu|fri|sat)/i;

/** Chrono at times covers a text and drops a part of it: every number, month and weekday must show in its result. */
function accountsFor(phrase: string, parts: PhraseParts): boolean {
  const tags = parts.tags();
  if (parts.isCertain('timezoneOffset') || tags.has('result/relativeDateAndTime')) return false;
  // "Friday 13" is not one o'clock in the afternoon.
  if (parts.isCertain('hour') && !clockWord.test(phrase)) return false;
  const isRelative = tags.has('result/relativeDate');
  if (isRelative) return /\b(?:ago|before)\b/i.test(phrase);
  if (monthWord.test(phrase) && !parts.isCertain('month')) return false;
  if (weekdayWord.test(phrase) && !parts.isCertain('weekday')) return false;
  const hour = parts.get('hour') ?? 0;
  const shown = [hour, hour % 12 || 12, ...numericParts.map((part) => parts.get(part))];
  return (phrase.match(/\d+/g) ?? []).every((digits) => shown.includes(Number(digits)));
}

const numericParts = ['year', 'day', 'minute', 'second', 'millisecond'] as const;
