import { UsageError } from '../errors.js';
import { parseDuration, readDuration } from './duration.js';
import { renderTimes } from './likely-times.js';
import { parseDays, parseTimeAt } from './parse-time.js';
import { createWallClock } from './wall-clock.js';

/** The options that choose a range of time, as written. */
export interface RangeFlags {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** A whole day or month, or what there is of it so far. */
  readonly on?: string | undefined;
  readonly around?: string | undefined;
  /** How far to look on both sides of `around`. */
  readonly window?: string | undefined;
}

/** A range in epoch milliseconds: `startMs` inclusive, `endMs` exclusive. */
export interface TimeRange {
  /** Undefined where none was given: from the oldest event on. */
  readonly startMs: number | undefined;
  readonly endMs: number;
}

/** Converts the options into one range and refuses what contradicts itself, is empty or has yet to begin. */
export function toRange(flags: RangeFlags, clock: { readonly nowMs: number; readonly zone: string }): TimeRange {
  refuseTogether(flags);
  if (flags.on !== undefined) {
    const { startMs, endMs } = parseDays(flags.on, { ...clock, flag: '--on' });
    refuseFuture('--on', flags.on, startMs, clock);
    return { startMs, endMs: Math.min(endMs, Math.max(clock.nowMs, startMs + 1)) };
  }
  if (flags.around !== undefined) {
    const middleMs = parseTimeAt(clock, flags.around, { role: 'instant', flag: '--around' });
    const windowMs = parseDuration(flags.window ?? '1m', '--window');
    refuseFuture('--around', flags.around, middleMs - windowMs, clock);
    return { startMs: Math.max(0, middleMs - windowMs), endMs: middleMs + windowMs };
  }
  const endMs = flags.end === undefined ? clock.nowMs : parseTimeAt(clock, flags.end, { role: 'end', flag: '--end' });
  if (flags.start === undefined) return { startMs: undefined, endMs };
  const startMs = parseTimeAt(clock, flags.start, { role: 'start', flag: '--start' });
  refuseFuture('--start', flags.start, startMs, clock);
  if (startMs >= endMs) throw emptyRange(flags.start, startMs, flags.end, endMs, clock.zone);
  return { startMs, endMs };
}

/** Renders a time as what is said of a range shows it, in its zone. */
export function renderInstant(epochMs: number, zone: string): string {
  const clock = createWallClock(zone);
  const [time, millis] = clock.time(epochMs).split('.');
  const fraction = millis === '000' ? '' : `.${millis}`;
  return `${clock.date(epochMs)} ${time}${fraction} ${clock.zoneLabel(epochMs)}`;
}

const exclusivePairs: ReadonlyArray<readonly [keyof RangeFlags, keyof RangeFlags]> = [
  ['on', 'start'],
  ['on', 'end'],
  ['on', 'around'],
  ['around', 'start'],
  ['around', 'end'],
];

function refuseTogether(flags: RangeFlags): void {
  for (const [one, other] of exclusivePairs) {
    const value = flags[one];
    if (value === undefined || flags[other] === undefined) continue;
    throw new UsageError({ flag: `--${one}`, value, problem: `excludes --${other}`, fix: 'give one of them' });
  }
  if (flags.window === undefined || flags.around !== undefined) return;
  const fix = 'add --around <time>, the moment it surrounds';
  throw new UsageError({ flag: '--window', value: flags.window, problem: 'needs --around', fix });
}

function refuseFuture(flag: string, value: string, ms: number, clock: { nowMs: number; zone: string }): void {
  if (ms <= clock.nowMs) return;
  const problem = `is in the future: ${renderInstant(ms, clock.zone)}`;
  throw new UsageError({ flag, value, problem, fix: 'give a time that has passed, such as 15m or "2h ago"' });
}

function emptyRange(start: string, startMs: number, end: string | undefined, endMs: number, zone: string): UsageError {
  const endText = end === undefined ? 'now' : `--end ${JSON.stringify(end)}`;
  const isDuration = (text: string): boolean =>
    readDuration({ text: text.trim(), value: text, flag: undefined, present: { nowMs: endMs, zone } }) !== undefined;
  const swapped = end !== undefined && endMs < startMs && isDuration(start) && isDuration(end);
  return new UsageError({
    flag: '--start',
    value: start,
    problem: `(${renderInstant(startMs, zone)}) is not before ${endText} (${renderInstant(endMs, zone)})`,
    fix: swapped
      ? `did you mean --start ${renderTimes([end])} --end ${renderTimes([start])}?`
      : 'give a --start that comes before --end',
  });
}
