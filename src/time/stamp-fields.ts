/** The numbers of a date, of a clock time, or of both, as written. */
export interface Stamp {
  readonly date: DateFields | undefined;
  readonly clock: ClockFields | undefined;
}

/** As written: the month may be 13. */
export interface DateFields {
  readonly year: number;
  readonly month: number;
  /** Absent for a whole month. */
  readonly day: number | undefined;
  /** Text whose first two numbers could also be read the other way round. */
  readonly ambiguousText?: string;
}

/** As written: the hour may be 25. */
export interface ClockFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly half: 'a' | 'p' | undefined;
}

/** Finds the numbers of a text that is a date, a clock time or both; none is checked against the calendar. */
export function matchStamp(text: string): Stamp | undefined {
  const [, dateText, clockText] = dateThenClock.exec(text) ?? [];
  if (dateText === undefined) {
    const clock = /:/.test(text) ? matchClock(text.replace(/^T/i, '')) : undefined;
    return clock === undefined ? undefined : { date: undefined, clock };
  }
  const date = matchDate(dateText);
  if (clockText === undefined) return date === undefined ? undefined : { date, clock: undefined };
  const clock = matchClock(clockText) ?? matchCompactClock(clockText);
  // A month has no time of day.
  return date?.day === undefined || clock === undefined ? undefined : { date, clock };
}

// The Apache log format puts a colon between date and clock.
const dateThenClock = /^(\d[\d./-]*|\d{1,2}[-/][a-z]{3}[-/]\d{4})(?:(?:T|\s+|(?<=[a-z].*):)(\S.*))?$/i;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function matchDate(text: string): DateFields | undefined {
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(text);
  if (yearFirst !== null) {
    const [, year, , month, day] = yearFirst;
    return { year: Number(year), month: Number(month), day: day === undefined ? undefined : Number(day) };
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return { year: Number(compact[1]), month: Number(compact[2]), day: Number(compact[3]) };
  const [, first = '', , second = '', year] = /^(\d{1,2})([-/.])(\d{1,2}|[a-z]{3})\2(\d{4})$/i.exec(text) ?? [];
  if (year === undefined) return undefined;
  return toOrderedDate(first, second.toLowerCase(), Number(year), text);
}

// Day first or month first: only what cannot be a month tells, or that both readings are the same day.
function toOrderedDate(first: string, second: string, year: number, text: string): DateFields | undefined {
  if (/[a-z]/.test(second)) {
    const month = monthNames.indexOf(second) + 1;
    return month === 0 ? undefined : { year, month, day: Number(first) };
  }
  const [a, b] = [Number(first), Number(second)];
  if (b > 12 && a <= 12) return { year, month: a, day: b };
  const isAmbiguous = a !== b && a >= 1 && b >= 1 && a <= 12;
  return { year, month: b, day: a, ...(isAmbiguous ? { ambiguousText: text } : {}) };
}

function matchClock(text: string): ClockFields | undefined {
  const pattern = /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?(?:\s*([ap])m)?$/i;
  return toClockFields(pattern.exec(text));
}

function matchCompactClock(text: string): ClockFields | undefined {
  return toClockFields(/^(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?$/.exec(text));
}

function toClockFields(match: RegExpExecArray | null): ClockFields | undefined {
  if (match === null) return undefined;
  const [, hour, minute = '0', second = '0', fraction = '', half = ''] = match;
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    half: /a/i.test(half) ? 'a' : /p/i.test(half) ? 'p' : undefined,
  };
}
