import { closest, distance } from 'fastest-levenshtein';
import { readDuration } from './duration.js';
import { dayOf, type TimeText } from './reading.js';
import { toZone } from './zone.js';

/** What a text that is no time was most likely meant to be, in forms that are read; empty where nothing comes to mind. */
export function likelyTimes(time: TimeText): string[] {
  const { year } = dayOf(time.present.nowMs, time.present.zone);
  const isRead = (text: string): boolean => !text.endsWith(' ago') || readDuration({ ...time, text }) !== undefined;
  for (const [pattern, rewrite] of rewrites) {
    const match = pattern.exec(time.text);
    const times = match === null ? [] : rewrite(match.slice(1), year).filter((text) => text !== '' && isRead(text));
    if (times.length > 0) return times;
  }
  return [];
}

/** The one word that a misspelt one is a slip of; undefined where it is like none. */
export function nearWord(text: string): string | undefined {
  const near = closest(text.toLowerCase(), knownWords);
  return text.length > 4 && distance(near, text.toLowerCase()) <= 2 ? near : undefined;
}

/** Times as an error message offers them: in quotes where a shell wants them. */
export function renderTimes(times: readonly string[]): string {
  return times.map((time) => (time.includes(' ') ? `"${time}"` : time)).join(' or ');
}

type Rewrite = readonly [pattern: RegExp, rewrite: (parts: string[], year: number) => string[]];

const rewrites: readonly Rewrite[] = [
  [/^(\d+|an?|one)?\s*fortnights?(?:\s+ago)?$/i, ([count]) => [`${2 * toNumber(count)} weeks ago`]],
  [/^(\d+|an?|one)?\s*quarters?\s+ago$/i, ([count]) => [`${3 * toNumber(count)} months ago`]],
  [/^(\d+|an?|one)?\s*decades?\s+ago$/i, ([count]) => [`${10 * toNumber(count)} years ago`]],
  [/^(?:an?\s+)?couple(?:\s+of)?\s+([a-z]+)(?:\s+ago)?$/i, ([unit]) => [`2 ${unit} ago`]],
  [/^(?:an?\s+)?few\s+([a-z]+)(?:\s+ago)?$/i, ([unit]) => [`3 ${unit} ago`]],
  [/^(\d.*?)\s+(?:before|earlier|back)$/i, ([length]) => [`${length} ago`]],
  [/^now\s*-\s*(\d.*)$/i, ([length]) => [`${length} ago`]],
  [/^--+(\d.*)$/, ([length]) => [`${length} ago`]],
  [/^(\d.*\s+ago)\s+(\S+)$/i, ([time = '', word = '']) => (isZone(word) ? [time] : [])],
  [/^(\d+)M$/, ([count]) => [`${count}m`, `${count}mo`]],
  [/^(\d{1,2})h\s*([0-5]\d)$/i, ([hours = '', minutes]) => [`${hours}h${minutes}m`, toClock(hours, minutes)]],
  [
    /^(today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+(\d{1,2})$/i,
    ([day, hour = '']) => toHours(hour).map((clock) => `${day} ${clock}`),
  ],
  [/^(\d{10}),(\d+)$/, ([seconds, fraction]) => [`${seconds}.${fraction}`]],
  [/^(\d{1,2})[/.](\d{1,2})\.?$/, ([first = '', second = ''], year) => toDates(Number(first), Number(second), year)],
];

function toNumber(count: string | undefined): number {
  return /^\d+$/.test(count ?? '') ? Number(count) : 1;
}

function isZone(word: string): boolean {
  return toZone(word) !== undefined || /^[A-Z]{3,5}$/.test(word);
}

function toClock(hours: string, minutes: string | undefined): string {
  return Number(hours) < 24 ? `${hours.padStart(2, '0')}:${minutes}` : '';
}

/** What an hour without am or pm may mean. */
function toHours(hour: string): string[] {
  const later = Number(hour) >= 1 && Number(hour) < 12 ? [toClock(String(Number(hour) + 12), '00')] : [];
  return [toClock(hour, '00'), ...later].filter((clock) => clock !== '');
}

/** A day and a month, in whichever order makes sense. */
function toDates(first: number, second: number, year: number): string[] {
  return [...new Set([toDate(year, first, second), toDate(year, second, first)])].filter((date) => date !== '');
}

function toDate(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : '';
}

const knownWords = [
  ...['yesterday', 'today', 'tonight', 'midnight', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  ...['saturday', 'sunday'],
];
