import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../errors.js';
import type { Present } from './zone.js';

/** A text that is to be read as a time, with what its reading depends on. */
export interface TimeText {
  /** Without surrounding blanks. */
  readonly text: string;
  /** As given, for messages. */
  readonly value: string;
  readonly flag: string | undefined;
  /** Its zone is that of every wall-clock time that names none of its own. */
  readonly present: Present;
}

/** What a text was understood to say, before it is known which end of a range it stands for. */
export type Reading = InstantReading | WallReading | DaysReading;

interface InstantReading {
  readonly kind: 'instant';
  readonly epochMs: number;
}

/** A time of day on a date, in a zone. */
export interface WallReading {
  readonly kind: 'wall';
  readonly dateTime: Temporal.PlainDateTime;
  readonly zone: string;
}

/** Whole days, from `first` to just before `next`. */
export interface DaysReading {
  readonly kind: 'days';
  readonly first: Temporal.PlainDate;
  readonly next: Temporal.PlainDate;
  readonly zone: string;
}

/** Which end of a range a time stands for; an instant is read like a start. */
export type TimeRole = 'start' | 'end' | 'instant';

/** Epoch milliseconds of a reading; the role decides what a day and a wall time that exists twice mean. */
export function toEpochMs(reading: Reading, role: TimeRole): number {
  if (reading.kind === 'instant') return reading.epochMs;
  if (reading.kind === 'days') {
    const day = role === 'end' ? reading.next : reading.first;
    return day.toZonedDateTime(reading.zone).epochMilliseconds;
  }
  // Both move a wall time that does not exist forward; they differ for one that exists twice.
  const disambiguation = role === 'end' ? 'later' : 'compatible';
  return reading.dateTime.toZonedDateTime(reading.zone, { disambiguation }).epochMilliseconds;
}

/** The calendar day that `epochMs` falls on in a zone. */
export function dayOf(epochMs: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate();
}

/** A single day as a reading. */
export function toDay(day: Temporal.PlainDate, zone: string): DaysReading {
  return { kind: 'days', first: day, next: day.add({ days: 1 }), zone };
}

/** The month that begins with `first` as a reading. */
export function toMonth(first: Temporal.PlainDate, zone: string): DaysReading {
  return { kind: 'days', first, next: first.add({ months: 1 }), zone };
}

/** The refusal of a text, naming its flag and quoting it as it was given. */
export function refusal(time: TimeText, problem: string, fix: string): UsageError {
  return new UsageError({ ...(time.flag === undefined ? {} : { flag: time.flag }), value: time.value, problem, fix });
}

/** Moves a wall-clock reading that begins after now back by one step (a day, a week, a year). */
export function toPast(reading: WallReading, nowMs: number, step: Temporal.DurationLike): WallReading {
  if (toEpochMs(reading, 'start') <= nowMs) return reading;
  return { ...reading, dateTime: reading.dateTime.subtract(step) };
}
