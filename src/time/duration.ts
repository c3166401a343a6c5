import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../errors.js';
import type { Reading, TimeText } from './reading.js';
import type { Present } from './zone.js';

/** Parses a length of time (`90s`, `1h30m`, `PT2H`, `2 days`) into milliseconds, more than 0. */
export function parseDuration(text: string, flag?: string): number {
  const span = parseSpan(text.trim());
  const ms = span === undefined || span.months > 0 ? Number.NaN : Math.round(span.ms);
  if (Number.isSafeInteger(ms) && ms > 0) return ms;
  throw new UsageError({
    ...(flag === undefined ? {} : { flag }),
    value: text,
    problem: durationProblem(span, ms),
    fix: 'write a number and a unit (ms, s, m, h, d, w): 90s, 1h30m',
  });
}

/** Reads a length of time as the instant that lies as far before now: `15m`, `2d ago`, `last 15 minutes`; after now: `+2h`. */
export function readDuration(time: TimeText): Reading | undefined {
  const offset = parseOffset(time.text);
  if (offset === undefined) return undefined;
  return { kind: 'instant', epochMs: shift(time.present, offset) };
}

function durationProblem(span: Span | undefined, ms: number): string {
  if (span === undefined) return 'is not a duration';
  if (span.months > 0) return 'has no fixed length: months and years differ';
  return ms < 1 ? 'is too short' : 'is too long';
}

/** Calendar months are kept apart: their length depends on where they are counted from. */
interface Span {
  readonly months: number;
  readonly ms: number;
}

interface Offset extends Span {
  readonly sign: 1 | -1;
}

function parseOffset(text: string): Offset | undefined {
  const [, modifier = '', length] = /^(?:in\s+)?(?:the\s+)?(last|past)\s+(.+)$/i.exec(text) ?? [];
  if (length !== undefined) return toOffset(parseLength(length, modifier.toLowerCase() === 'past'), -1);
  const [, later] = /^(?:\+|in\s+)(.+)$/i.exec(text) ?? /^(.+)\s+from\s+now$/i.exec(text) ?? [];
  if (later !== undefined) return toOffset(parseSpan(later), 1);
  const [, earlier = text] = /^-(.+)$/.exec(text) ?? /^(.+)\s+ago$/i.exec(text) ?? [];
  return toOffset(parseSpan(earlier), -1);
}

function toOffset(span: Span | undefined, sign: 1 | -1): Offset | undefined {
  return span === undefined ? undefined : { ...span, sign };
}

// The last day, week or month may be the calendar's: only "past" leaves no doubt there.
function parseLength(text: string, isPast: boolean): Span | undefined {
  return /^(?:hour|minute|second)$/i.test(text) || (isPast && /^[a-z]+$/i.test(text))
    ? parseTerms(`1 ${text}`)
    : parseSpan(text);
}

function shift(present: Present, offset: Offset): number {
  const { nowMs } = present;
  const exactMs = offset.sign * Math.round(offset.ms);
  if (offset.months === 0) return nowMs + exactMs;
  // Farther than any time that is accepted, and still within what a calendar can count.
  const months = offset.sign * Math.min(offset.months, 120_000);
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(present.zone);
  return now.add({ months }).epochMilliseconds + exactMs;
}

function parseSpan(text: string): Span | undefined {
  return /^p/i.test(text) ? parseIsoSpan(text) : parseTerms(text);
}

function parseIsoSpan(text: string): Span | undefined {
  let span: Temporal.Duration;
  try {
    span = Temporal.Duration.from(text);
  } catch {
    return undefined;
  }
  const exact = span.with({ years: 0, months: 0, weeks: 0, days: 0 });
  const days = span.weeks * 7 + span.days;
  return { months: span.years * 12 + span.months, ms: exact.total('milliseconds') + days * unitMs.d };
}

const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const termPattern = String.raw`(?:(\d+(?:\.\d+)?)\s*|(half\s+an?|an?|${numberWords.join('|')})\s+)([a-z]+)`;
const joinPattern = String.raw`(?:\s*,\s*(?:and\s+)?|\s+(?:and\s+)?)?`;
const term = new RegExp(termPattern, 'gi');
const terms = new RegExp(`^${termPattern}(?:${joinPattern}${termPattern})*$`, 'i');

function parseTerms(text: string): Span | undefined {
  if (!terms.test(text)) return undefined;
  let months = 0;
  let ms = 0;
  let lastRank = -1;
  for (const [, digits, word = '', unitWord = ''] of text.matchAll(term)) {
    const unit = unitOf(unitWord);
    // Largest unit first, each at most once: 30m1h is more likely a slip than a sum.
    if (unit === undefined || units.indexOf(unit) <= lastRank) return undefined;
    lastRank = units.indexOf(unit);
    const amount = digits === undefined ? amountOf(word) : Number(digits);
    if (unit !== 'mo' && unit !== 'y') ms += amount * unitMs[unit];
    else if (Number.isInteger(amount)) months += amount * (unit === 'y' ? 12 : 1);
    else return undefined;
  }
  return { months, ms };
}

function amountOf(word: string): number {
  if (/^half/i.test(word)) return 0.5;
  return /^an?$/i.test(word) ? 1 : numberWords.indexOf(word.toLowerCase()) + 1;
}

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const units = ['y', 'mo', 'w', 'd', 'h', 'm', 's', 'ms'] as const;
type Unit = (typeof units)[number];

const unitPatterns: Readonly<Record<Unit, RegExp>> = {
  y: /^y(?:rs?|ears?)?$/i,
  mo: /^mo(?:s|nths?)?$/i,
  w: /^w(?:ks?|eeks?)?$/i,
  d: /^d(?:ays?)?$/i,
  h: /^h(?:rs?|ours?)?$/i,
  m: /^m(?:ins?|inutes?)?$/i,
  s: /^s(?:ecs?|econds?)?$/i,
  ms: /^(?:ms|msecs?|milliseconds?)$/i,
};

function unitOf(word: string): Unit | undefined {
  // Minutes or months: a capital M alone does not tell.
  return word === 'M' ? undefined : units.find((name) => unitPatterns[name].test(word));
}
