import { UsageError } from '../errors.js';
import { createWallReader } from './line-time.js';

/** Finds the first time in a text that is written so, in milliseconds since the epoch. */
export type TimeFinder = (text: string, nowMs: number) => number | undefined;

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'monthName' | 'half' | 'offset';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What each run of a letter stands for, and how it looks. */
const letters: Readonly<Record<string, readonly [field: Field, source: string]>> = {
  yyyy: ['year', '\\d{4}'],
  yy: ['year', '\\d{2}'],
  MMM: ['monthName', `(?:${monthNames.join('|')})`],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', ' ?\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  hh: ['hour', '\\d{2}'],
  h: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
  a: ['half', '[ap]m'],
  Z: ['offset', 'z|[+-]\\d{2}:?\\d{2}'],
};

/**
 * Parses a pattern such as `yyyy-MM-dd HH:mm:ss.SSS` into what finds such times. Letters stand for parts of a time,
 * text in single quotes for itself; `Z` is an offset, and where there is none the time is the zone's. Without a year it
 * is the last such time before now.
 */
export function parseTimePattern(pattern: string, zone: string, flag: string): TimeFinder {
  const refuse = (problem: string): UsageError =>
    new UsageError({ flag, value: pattern, problem, fix: `try ${flag} 'yyyy-MM-dd HH:mm:ss.SSS'` });
  const fields: Field[] = [];
  const source = (pattern.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? []).map((part) => {
    if (!/^[A-Za-z]/.test(part)) return escapeRegex(part === "'" ? part : part.replaceAll("'", ''));
    const [field, digits] = /^S{1,9}$/.test(part)
      ? (['fraction', `\\d{${part.length}}`] as const)
      : (letters[part] ?? []);
    if (field === undefined) throw refuse(`has a part that is no time: ${part}`);
    if (fields.includes(field)) throw refuse(`has the ${field} twice`);
    fields.push(field);
    return `(${digits})`;
  });
  if (!fields.includes('hour') || !(fields.includes('day') && fields.some((field) => /^month/.test(field)))) {
    throw refuse('lacks the month, the day or the hour');
  }
  const regex = new RegExp(`(?<!\\d)${source.join('')}`, 'i');
  const fromWall = createWallReader(zone);
  return (text, nowMs) => {
    const found = regex.exec(text);
    if (found === null) return undefined;
    const parts = Object.fromEntries(fields.map((field, at) => [field, found[at + 1] ?? '']));
    return toEpochMs(parts, fromWall, nowMs);
  };
}

function toEpochMs(
  parts: Readonly<Partial<Record<Field, string>>>,
  fromWall: (wallMs: number) => number,
  nowMs: number,
): number | undefined {
  const { year, offset } = parts;
  const wallIn = (fullYear: number): number | undefined => {
    if (!hasDay(fullYear, monthOf(parts), Number(parts.day))) return undefined;
    const wallMs = Date.UTC(fullYear, monthOf(parts), Number(parts.day), hourOf(parts), Number(parts.minute ?? 0));
    const fraction = Number(`0.${parts.fraction ?? 0}`);
    return wallMs + Number(parts.second ?? 0) * 1_000 + Math.floor(fraction * 1_000 + 1e-6);
  };
  const msIn = (fullYear: number): number | undefined => {
    const wallMs = wallIn(fullYear);
    if (wallMs === undefined) return undefined;
    return offset === undefined ? fromWall(wallMs) : wallMs - offsetMsOf(offset);
  };
  if (!isPossible(parts)) return undefined;
  if (year !== undefined) return msIn(year.length === 2 ? 2000 + Number(year) : Number(year));
  const thisYear = new Date(nowMs).getUTCFullYear();
  // The zone may have begun the next. The clocks of writer and reader may differ a little; a day ahead is last year's.
  const years = [thisYear + 1, thisYear, thisYear - 1];
  return years.flatMap((each) => msIn(each) ?? []).find((ms) => ms <= nowMs + 86_400_000);
}

/** Whether a month of a year, counted from 0, has such a day. */
function hasDay(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month, day)).getUTCMonth() === month;
}

function isPossible(parts: Readonly<Partial<Record<Field, string>>>): boolean {
  const day = Number(parts.day);
  const inRange = day >= 1 && day <= 31 && monthOf(parts) >= 0 && monthOf(parts) <= 11;
  return inRange && hourOf(parts) <= 23 && Number(parts.minute ?? 0) <= 59 && Number(parts.second ?? 0) <= 60;
}

function monthOf({ month, monthName }: Readonly<Partial<Record<Field, string>>>): number {
  return monthName === undefined ? Number(month) - 1 : monthNames.indexOf(monthName.toLowerCase());
}

function hourOf({ hour, half }: Readonly<Partial<Record<Field, string>>>): number {
  return half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function offsetMsOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
