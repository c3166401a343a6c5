import type { Temporal } from 'temporal-polyfill';
import { refusal, type TimeText } from './reading.js';

/** Refuses a period that could be the calendar's or the one that ends now: `last week`, `this month`. */
export function refuseVague(time: TimeText, today: Temporal.PlainDate): void {
  const [phrase, modifier = '', unit = ''] = vaguePeriod.exec(time.text.toLowerCase()) ?? [];
  if (phrase !== undefined) {
    const steps = modifier === 'this' ? 0 : modifier === 'next' ? 1 : -1;
    throw refusal(time, `names a period, not a moment ("${phrase}")`, fixFor(unit, steps, today));
  }
  const [edge] = /\b(?:weekend|end|start|beginning(?=.))\b/i.exec(time.text) ?? [];
  if (edge !== undefined) {
    throw refusal(
      time,
      `is not a time: ${JSON.stringify(edge)} is not understood`,
      `write the day: ${today.toString()}`,
    );
  }
}

const vaguePeriod = /\b(this|last|past|next|previous)\s*(second|minute|hour|day|week|month|quarter|year)s?\b/;

function fixFor(unit: string, steps: number, today: Temporal.PlainDate): string {
  if (unit === 'month')
    return `for the calendar month --on ${today.add({ months: steps }).toString().slice(0, 7)}, else --start 30d`;
  if (unit === 'year') {
    const { year } = today.add({ years: steps });
    return `for the calendar year --start ${year}-01-01 --end ${year + 1}-01-01, else --start 365d`;
  }
  if (unit === 'week') {
    const monday = today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: steps });
    return `for the calendar week --start ${monday.toString()} --end ${monday.add({ days: 7 }).toString()}, else --start 7d`;
  }
  if (unit === 'day') return `for the calendar day --on ${today.add({ days: steps }).toString()}, else --start 24h`;
  return unit === 'quarter' ? 'write --start 90d' : `write ${steps > 0 ? '+' : ''}1${unit.charAt(0)}`;
}
