/** A smaller number is one of seconds: in milliseconds it would be before 1973. */
const maxSeconds = 1e11;
const instant = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The time that an entry says it is of, in milliseconds since the epoch. Undefined for a date that does not exist
 * and a text that is not ISO 8601 with an offset: `05/11/2026 10:00` is a matter of taste, and the present is nearer
 * than a wrong guess.
 */
export function toEntryMs(time: unknown): number | undefined {
  const value = time instanceof Date ? time.getTime() : typeof time === 'string' ? parseInstant(time) : time;
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  return Math.floor(value < maxSeconds ? value * 1_000 : value);
}

function parseInstant(text: string): number {
  const [, date] = instant.exec(text) ?? [];
  return date !== undefined && isDate(date) ? Date.parse(text) : Number.NaN;
}

/** Node reads the 31st of February as the 3rd of March. */
function isDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
