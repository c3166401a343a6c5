import { chronoCasual } from './chrono.js';
import { toZone } from './zone.js';

/** Splits a zone off the end of a time: an offset, `Z`, an IANA name or an abbreviation. */
export function splitZone(text: string): { readonly rest: string; readonly zone: string | undefined } {
  for (const pattern of zoneSuffixes) {
    const suffix = pattern.exec(text);
    const name = suffix?.[1] ?? '';
    const zone = toZone(name) ?? toAbbreviatedZone(name);
    if (suffix !== null && zone !== undefined) return { rest: text.slice(0, suffix.index), zone };
  }
  return { rest: text, zone: undefined };
}

const zoneSuffixes = [
  /\s+(\S+)$/,
  /(?<=(?::\d{2}|T\d{2}|T\d{4}|T\d{6})(?:[.,]\d+)?)(z|[+-]\d{2}(?::?\d{2})?)$/i,
  // After a date alone an offset needs its colon: in 2026-11-19-08 it could be an hour.
  /(?<=\d{4}-\d{2}-\d{2})(z|[+-]\d{2}:\d{2})$/i,
];

// PDT is an offset, whatever the date. What chrono changes with the season (ET) is none, and no zone either.
function toAbbreviatedZone(name: string): string | undefined {
  if (!/^[A-Z]{3,5}$/.test(name)) return undefined;
  const [winter, summer] = ['2026-01-15', '2026-07-15'].map((day) => {
    const [result] = chronoCasual().parse(`${day} 12:00 ${name}`);
    return result?.start.isCertain('timezoneOffset') === true ? result.start.get('timezoneOffset') : null;
  });
  if (typeof winter !== 'number' || winter !== summer) return undefined;
  const minutes = Math.abs(winter);
  const pad = (count: number): string => String(count).padStart(2, '0');
  return toZone(`${winter < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`);
}
