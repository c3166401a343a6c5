import { type Reading, refusal, type TimeText } from './reading.js';

/** Reads seconds (10 digits, with or without a fraction) or milliseconds (13 digits) since 1970. */
export function readEpoch(time: TimeText): Reading | undefined {
  const [, seconds, fraction = ''] = /^(\d{10})(?:\.(\d+))?$/.exec(time.text) ?? [];
  if (seconds !== undefined) {
    const epochMs = Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
    return { kind: 'instant', epochMs };
  }
  if (/^\d{13}$/.test(time.text)) return { kind: 'instant', epochMs: Number(time.text) };
  // Eight digits are a date: 20261119. So are three groups of them: 19.11.2026.
  if (/^\d+(?:\.\d+)?$/.test(time.text) && !/^\d{8}$/.test(time.text)) {
    throw refusal(time, 'is not a time: epoch seconds have 10 digits, milliseconds 13', fixFor(time));
  }
  return undefined;
}

function fixFor({ text, nowMs }: TimeText): string {
  if (/^\d{16,19}$/.test(text)) return `write it in milliseconds: ${text.slice(0, 13)}`;
  if (/^\d{1,3}$/.test(text)) return `write ${text}m or ${text}h`;
  return /^\d{4}$/.test(text) ? `write a month: ${text}-01` : `write ${Math.floor(nowMs / 1000)} or an ISO date`;
}
