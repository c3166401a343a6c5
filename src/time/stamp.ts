import { Temporal } from 'temporal-polyfill';
import type { UsageError } from '../errors.js';
import { dayOf, type Reading, refusal, type TimeText, toDay, toMonth, toPast } from './reading.js';
import { type ClockFields, type DateFields, matchStamp } from './stamp-fields.js';
import { nearZones } from './zone.js';
import { splitZone } from './zone-suffix.js';

/** Reads ISO 8601 and its relatives: `2026-11-19 10:00:00,123 +02:00`, `20261119`, `19/11/2026 3:00 PM`, `2026-11`, `10:00`. */
export function readStamp(time: TimeText): Reading | undefined {
  const { rest, zone = time.present.zone } = splitZone(time.text);
  const stamp = matchStamp(rest);
  if (stamp === undefined) {
    refuseUnknownZone(time);
    return undefined;
  }
  const clock = stamp.clock === undefined ? undefined : toClock(time, stamp.clock);
  if (stamp.date === undefined) return clock === undefined ? undefined : toLastClock(time, clock, zone);
  const date = toDate(time, stamp.date);
  if (clock !== undefined) {
    const dateTime = date.toPlainDateTime(clock.time).add({ days: clock.isMidnightAfter ? 1 : 0 });
    return { kind: 'wall', dateTime, zone };
  }
  return stamp.date.day === undefined ? toMonth(date, zone) : toDay(date, zone);
}

function toDate(time: TimeText, fields: DateFields): Temporal.PlainDate {
  const { year, month, day = 1, ambiguousText } = fields;
  if (ambiguousText !== undefined) throw ambiguity(time, fields, ambiguousText);
  const fix = 'write the date as year-month-day: 2026-11-20';
  if (year < 1) throw refusal(time, 'is not a date: there is no year 0', fix);
  if (month < 1 || month > 12) throw refusal(time, `is not a date: there is no month ${month}`, fix);
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  if (day < 1 || day > daysInMonth) {
    const monthText = `${year}-${String(month).padStart(2, '0')}`;
    throw refusal(time, `is not a date: ${monthText} has days 1 to ${daysInMonth}, not ${day}`, fix);
  }
  return Temporal.PlainDate.from({ year, month, day });
}

function ambiguity(time: TimeText, { year, month, day = 1 }: DateFields, text: string): UsageError {
  const dayFirst = Temporal.PlainDate.from({ year: Math.max(year, 1), month, day });
  const monthFirst = Temporal.PlainDate.from({ year: Math.max(year, 1), month: day, day: month });
  const name = (date: Temporal.PlainDate): string => date.toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  const problem = `is ambiguous: ${name(dayFirst)} or ${name(monthFirst)}`;
  const written = [dayFirst, monthFirst].map((date) => time.text.replace(text, date.toString()));
  return refusal(time, problem, `write ${written.join(' or ')}`);
}

interface Clock {
  readonly time: Temporal.PlainTime;
  /** Written as 24:00: the 00:00 that ends the day. */
  readonly isMidnightAfter: boolean;
}

function toClock(time: TimeText, { hour, minute, second, millisecond, half }: ClockFields): Clock {
  const isMidnightAfter = hour === 24 && half === undefined && minute + second + millisecond === 0;
  const fix = 'write the time of day as 15:04 or 15:04:05.123';
  const isHour = half === undefined ? hour < 24 || isMidnightAfter : hour >= 1 && hour <= 12;
  const hourText = half === undefined ? `${hour}` : `${hour} ${half}m`;
  if (!isHour) throw refusal(time, `is not a time: there is no hour ${hourText}`, fix);
  if (minute > 59) throw refusal(time, `is not a time: there is no minute ${minute}`, fix);
  if (second > 59) throw refusal(time, `is not a time: there is no second ${second}`, fix);
  const hour24 = half === undefined ? hour % 24 : (hour % 12) + (half === 'p' ? 12 : 0);
  return { time: Temporal.PlainTime.from({ hour: hour24, minute, second, millisecond }), isMidnightAfter };
}

function toLastClock(time: TimeText, clock: Clock, zone: string): Reading {
  const dateTime = dayOf(time.present.nowMs, zone).toPlainDateTime(clock.time);
  return toPast({ kind: 'wall', dateTime, zone }, time.present.nowMs, { days: 1 });
}

function refuseUnknownZone(time: TimeText): void {
  const [, rest = '', word = ''] = /^(.*\S)\s+([a-z]\S*)$/i.exec(time.text) ?? [];
  if (matchStamp(splitZone(rest).rest)?.date === undefined) return;
  const near = nearZones(word);
  const fix =
    near.length === 0 ? 'write an offset (+02:00), UTC, or a name such as Europe/Berlin' : `try ${near.join(' or ')}`;
  throw refusal(time, `is not a time: ${JSON.stringify(word)} is not a time zone`, fix);
}
