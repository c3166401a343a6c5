import type { WallClock } from './wall-clock.js';

/** A pattern of dates and times, such as `yyyy-MM-dd HH:mm:ss.SSS`, compiled. */
export type TimeText = (epochMs: number) => string;

/** What is wrong with a pattern, and what to write instead. */
export interface PatternProblem {
  readonly problem: string;
  readonly fix: string;
}

const fields: Readonly<Record<string, (date: string, time: string) => string>> = {
  yyyy: (date) => date.slice(0, -6),
  MM: (date) => date.slice(-5, -3),
  dd: (date) => date.slice(-2),
  HH: (_, time) => time.slice(0, 2),
  mm: (_, time) => time.slice(3, 5),
  ss: (_, time) => time.slice(6, 8),
  SSS: (_, time) => time.slice(9, 12),
};
const known = 'yyyy MM dd HH mm ss SSS';
/** What other tools write for the same. */
const otherWords: Readonly<Record<string, string>> = { YYYY: 'yyyy', DD: 'dd', hh: 'HH', sss: 'SSS', SS: 'ss' };

/** Compiles a pattern; letters that are no field are a problem, except the T between a date and a time. */
export function compileTimePattern(pattern: string, clock: WallClock): TimeText | PatternProblem {
  const parts: (string | ((date: string, time: string) => string))[] = [];
  for (const [token] of pattern.matchAll(/([A-Za-z])\1*|[^A-Za-z]+/g)) {
    const field = fields[token];
    if (field === undefined && /^[A-Za-z]/.test(token) && token !== 'T') {
      const right = otherWords[token];
      const fix = right === undefined ? `use ${known}` : `write ${right}`;
      return { problem: `has ${JSON.stringify(token)}, which is no part of a time`, fix };
    }
    parts.push(field ?? token);
  }
  const has = (name: string): boolean => parts.includes(fields[name] ?? '');
  if (has('mm') && !has('MM') && !has('HH') && (has('yyyy') || has('dd'))) {
    return { problem: 'has mm, the minutes, where a month seems to be meant', fix: 'write MM for the month' };
  }
  if (!parts.some((part) => typeof part !== 'string')) return { problem: 'has no part of a time', fix: `use ${known}` };
  return (epochMs) => {
    const date = clock.date(epochMs);
    const time = clock.time(epochMs);
    return parts.map((part) => (typeof part === 'string' ? part : part(date, time))).join('');
  };
}
