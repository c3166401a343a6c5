import { createWallClock } from './wall-clock.js';

/** Makes what turns a zone's wall-clock time, given as if it were UTC, into milliseconds since the epoch. */
export function createWallReader(zone: string): (wallMs: number) => number {
  const clock = createWallClock(zone);
  const offsetMs = (epochMs: number): number => clock.offsetMinutes(epochMs) * 60_000;
  return (wallMs) => {
    const before = offsetMs(wallMs - dayMs);
    const early = wallMs - before;
    if (offsetMs(early) === before) return early;
    const after = offsetMs(wallMs + dayMs);
    const late = wallMs - after;
    // Neither fits a time that the clocks skip: it moves forward.
    return offsetMs(late) === after ? late : early;
  };
}

const dayMs = 86_400_000;

/**
 * Makes what reads the time of a record as programs write it into a field: seconds, milliseconds, microseconds or
 * nanoseconds since the epoch, or ISO 8601, in the zone unless it names an offset. Undefined for anything else.
 */
export function createFieldTime(zone: string): (value: unknown) => number | undefined {
  const fromWall = createWallReader(zone);
  return (value) => {
    if (typeof value === 'number') return fromEpoch(value);
    if (typeof value !== 'string') return undefined;
    if (/^\d+(\.\d+)?$/.test(value)) return fromEpoch(Number(value));
    const [, date, clock, offset] = isoPattern.exec(value) ?? [];
    if (date === undefined || clock === undefined || !isDate(date)) return undefined;
    const ms = Date.parse(`${date}T${clock.replace(',', '.')}${offset?.toUpperCase() ?? 'Z'}`);
    if (Number.isNaN(ms)) return undefined;
    return offset === undefined ? fromWall(ms) : ms;
  };
}

/** Node reads the 31st of February as the 3rd of March. */
function isDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

const isoPattern = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?([Zz]|[+-]\d{2}:\d{2})?$/;

/** The unit is told by the size: each holds the years from 1973 to 5138. */
function fromEpoch(value: number): number | undefined {
  if (value < 1e8) return undefined;
  if (value < 1e11) return Math.round(value * 1e3);
  if (value < 1e14) return Math.floor(value);
  if (value < 1e17) return Math.floor(value / 1e3);
  return value < 1e20 ? Math.floor(value / 1e6) : undefined;
}
