import type { ParsedResult } from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';
import { type Reading, toDay, toMonth, toPast, type WallReading } from './reading.js';

/** The parts of a time that chrono found or supposed. */
export type PhraseParts = ParsedResult['start'];

/** A phrase of which every word has been accounted for. */
export interface Phrase {
  /** In lower case. */
  readonly phrase: string;
  readonly parts: PhraseParts;
  readonly today: Temporal.PlainDate;
  readonly zone: string;
  readonly nowMs: number;
}

/** Converts what chrono found into the reading we promise, where its own would differ; undefined for what makes no sense. */
export function toPhraseReading({ phrase, parts, today, zone, nowMs }: Phrase): Reading | undefined {
  const date = toDate(phrase, parts, today);
  const clock = toClock(phrase, parts);
  if (date === undefined || (clock === undefined && partOfDay.test(phrase))) return undefined;
  const wall: WallReading = { kind: 'wall', dateTime: date.toPlainDateTime(clock), zone };
  const hasWeekday = (found: Temporal.PlainDateTime): boolean =>
    !parts.isCertain('weekday') || parts.get('weekday') === found.dayOfWeek % 7;
  // The weekday, where both are given, tells which year is meant, or that one of the two is a slip.
  const { dateTime } = candidates(wall, phrase, parts, nowMs).find(({ dateTime }) => hasWeekday(dateTime)) ?? {};
  if (dateTime === undefined) return undefined;
  const isMonth = parts.isCertain('month') && !parts.isCertain('day');
  if (clock !== undefined) return isMonth ? undefined : { ...wall, dateTime };
  return isMonth ? toMonth(dateTime.toPlainDate(), zone) : toDay(dateTime.toPlainDate(), zone);
}

const partOfDay = /\b(?:morning|noon|midday|afternoon|evening|night|tonight|midnight)\b/;
const lastNight = /\blast\s*night\b/;

/** The last occurrence of what recurs, then the one that chrono found. */
function candidates(wall: WallReading, phrase: string, parts: PhraseParts, nowMs: number): WallReading[] {
  const step = stepToPast(phrase, parts);
  if (step === undefined) return [wall];
  const past = toPast(wall, nowMs, step);
  // A year before a leap day there is none.
  const isSameDay = past.dateTime.day === wall.dateTime.day;
  return parts.isCertain('day') && !isSameDay ? [wall] : [past, wall];
}

/** How far apart the days are that the phrase could mean; undefined where it names one. */
function stepToPast(phrase: string, parts: PhraseParts): Temporal.DurationLike | undefined {
  // "This" and "next" say that the future is meant.
  if (/\b(?:this|next)\b/.test(phrase)) return undefined;
  if (parts.isCertain('month')) return parts.isCertain('year') ? undefined : { years: 1 };
  if (parts.isCertain('weekday')) return { days: 7 };
  return parts.isCertain('day') ? undefined : { days: 1 };
}

function toDate(phrase: string, parts: PhraseParts, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  // The night before today ends today; chrono puts all of it on the day before.
  if (lastNight.test(phrase)) return (parts.get('hour') ?? 0) < 12 ? today : today.subtract({ days: 1 });
  // Chrono means the coming one.
  if (phrase === 'midnight') return today;
  const [year, month, day] = [parts.get('year'), parts.get('month'), parts.get('day')];
  if (year === null || month === null || day === null || year < 1 || year > 9999) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}

/** The time of day, where the phrase tells one; a part of the day has chrono's hour. */
function toClock(phrase: string, parts: PhraseParts): Temporal.PlainTime | undefined {
  if (phrase.includes('midnight')) return new Temporal.PlainTime();
  if (!parts.isCertain('hour') && !partOfDay.test(phrase)) return undefined;
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = clockParts.map((part) => parts.get(part) ?? 0);
  // Nine in the night is 21:00, and two in tonight's is tomorrow's: chrono does not see it.
  if (lastNight.test(phrase) && hour >= 6 && hour < 18) return undefined;
  if (phrase.includes('tonight') && hour < 18) return undefined;
  return Temporal.PlainTime.from({ hour, minute, second, millisecond });
}

const clockParts = ['hour', 'minute', 'second', 'millisecond'] as const;
