import { type Reading, refusal, type TimeText } from './reading.js';

/** Reads seconds (10 digits, with or without a fraction) or milliseconds (13 digits) since 1970. */
export function readEpoch(time: TimeText): Reading | undefined {
  const { text } = time;
  const [, seconds, fraction = ''] = /^(\d{10})(?:\.(\d+))?$/.exec(text) ?? [];
  if (seconds !== undefined) {
    const epochMs = Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
    return { kind: 'instant', epochMs };
  }
  if (/^\d{13}$/.test(text)) return { kind: 'instant', epochMs: Number(text) };
  // Eight digits are a date: 20261119. So are three groups of them: 19.11.2026.
  if (!/^\d+(?:\.\d+)?$/.test(text) || /^\d{8}$/.test(text)) return undefined;
  throw refusal(time, problemOf(text), fixFor(time));
}

function problemOf(text: string): string {
  if (/^\d{1,3}$/.test(text)) return 'is a number without a unit';
  return /^\d{4,6}$/.test(text) ? 'is not a time' : 'is not a time: epoch seconds have 10 digits, milliseconds 13';
}

function fixFor({ text, flag, present: { nowMs } }: TimeText): string {
  if (/^0+$/.test(text) && flag === '--start') return 'leave the option out to begin with the oldest events';
  const day = new Date(nowMs).toISOString().slice(0, 10);
  if (flag === '--on') return `write ${[...toDate(text, nowMs), `a day, such as ${day}`].join(' or ')}`;
  // Without its quotes "2 hours ago" comes as three words.
  const hours = Number(text) === 1 ? 'hour' : 'hours';
  if (/^\d{1,3}$/.test(text)) return `write ${text}m or ${text}h, or all of it in quotes: "${text} ${hours} ago"`;
  const meant = [...toClock(text), ...toDate(text, nowMs), ...toMilliseconds(text, nowMs)];
  if (meant.length === 0) meant.push(String(Math.floor(nowMs / 1000)), `${day}T15:00`);
  return `write ${meant.join(' or ')}`;
}

/** A time of day without its colons: 1500, 150405. */
function toClock(text: string): string[] {
  const [, hour, minute, second] = /^(\d{2})(\d{2})(\d{2})?$/.exec(text) ?? [];
  const clock = [hour, minute, second].filter((part) => part !== undefined).join(':');
  return Number.isNaN(Date.parse(`1970-01-01T${clock}Z`)) ? [] : [clock];
}

/** A year, a month, or a date with a time of day, without what parts its numbers: 2026, 202611, 20261120150405. */
function toDate(text: string, nowMs: number): string[] {
  const [, year, month = '01'] = /^(\d{4})(\d{2})?$/.exec(text) ?? [];
  if (year !== undefined) return isPast(Date.parse(`${year}-${month}-01`), nowMs) ? [`${year}-${month}`] : [];
  if (!/^(?:\d{12}|\d{14}|\d{17})$/.test(text)) return [];
  const date = text.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})/, '$1-$2-$3T$4:$5');
  const whole = date.replace(/(:\d{2})(\d{2})(\d{3})?$/, (_, minute, second, ms) =>
    [`${minute}:${second}`, ms].filter((part) => part !== undefined).join('.'),
  );
  const epochMs = Date.parse(`${whole}Z`);
  // A 30th of February is taken for a day in March.
  return isPast(epochMs, nowMs) && new Date(epochMs).toISOString().startsWith(whole) ? [whole] : [];
}

/** Microseconds or nanoseconds since 1970. */
function toMilliseconds(text: string, nowMs: number): string[] {
  const ms = text.slice(0, 13);
  return /^(?:\d{16}|\d{19})$/.test(text) && isPast(Number(ms), nowMs) ? [`${ms} (milliseconds)`] : [];
}

/** Logs are of the past, and of this age of computing. */
function isPast(epochMs: number, nowMs: number): boolean {
  return epochMs >= Date.UTC(1990) && epochMs <= nowMs;
}
