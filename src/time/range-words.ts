import type { TimeRange } from './range.js';
import { createWallClock, type WallClock } from './wall-clock.js';

/** Renders a range as short as it can be said without doubt: `Tue 14:00 → now (CEST, UTC+2)`. */
export function renderRange(range: TimeRange, now: { readonly nowMs: number; readonly zone: string }): string {
  const clock = createWallClock(now.zone);
  const { nowMs } = now;
  const { startMs, endMs } = range;
  const precise = startMs !== undefined && endMs - startMs < shortRangeMs;
  const startText =
    startMs === undefined
      ? 'the beginning'
      : joined(dayWords(startMs, nowMs, clock), renderClock(startMs, clock, precise));
  const zoneText = [...new Set([clock.zoneLabel(startMs ?? endMs), clock.zoneLabel(endMs)])].join(' → ');
  return `${startText} → ${endWords(range, nowMs, clock, precise)} (${zoneText})`;
}

function endWords({ startMs, endMs }: TimeRange, nowMs: number, clock: WallClock, precise: boolean): string {
  if (endMs === nowMs) return 'now';
  const time = renderClock(endMs, clock, precise);
  const endDay = clock.date(endMs);
  if (startMs !== undefined && clock.date(startMs) === endDay) return time;
  // After a start on another day a bare clock time would seem to be of that day.
  return joined(endDay === clock.date(nowMs) && startMs !== undefined ? 'today' : dayWords(endMs, nowMs, clock), time);
}

function joined(day: string, time: string): string {
  return day === '' ? time : `${day} ${time}`;
}

// A weekday is unmistakable within six days; on the seventh it is also today's name.
const maxWeekdayAge = 6;

function dayWords(epochMs: number, nowMs: number, clock: WallClock): string {
  const day = clock.date(epochMs);
  const age = Math.round((Date.parse(clock.date(nowMs)) - Date.parse(day)) / 86_400_000);
  if (age === 0) return '';
  return age > 0 && age <= maxWeekdayAge ? (weekdays[new Date(day).getUTCDay()] ?? day) : day;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

// A relative start falls on any millisecond, which nobody wants to read unless the range is a matter of them.
const shortRangeMs = 60_000;

function renderClock(epochMs: number, clock: WallClock, precise: boolean): string {
  const time = clock.time(epochMs);
  if (precise && !time.endsWith('.000')) return time;
  return time.replace(/\.\d+$/, '').replace(/:00$/, '');
}
