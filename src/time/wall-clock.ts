import { Temporal } from 'temporal-polyfill';

/** Prints instants in one zone. Made for ascending times: it remembers the day and the offset it was last asked for. */
export interface WallClock {
  /** `2026-11-20` */
  date(epochMs: number): string;
  /** `15:04:05.123` */
  time(epochMs: number): string;
  /** Minutes east of UTC. */
  offsetMinutes(epochMs: number): number;
  /** `CEST, UTC+2`, `UTC+5:30` where the zone has no common abbreviation, `UTC`. */
  zoneLabel(epochMs: number): string;
}

/** Makes the clock that prints instants as a zone's wall clock shows them. */
export function createWallClock(zone: string): WallClock {
  let span = spanAround(0, zone);
  let dayNumber = Number.NaN;
  let day = '';

  const toLocalMs = (epochMs: number): number => {
    if (epochMs < span.fromMs || epochMs >= span.untilMs) span = spanAround(epochMs, zone);
    return epochMs + span.offsetMs;
  };

  return {
    date(epochMs) {
      const localMs = toLocalMs(epochMs);
      const localDay = Math.floor(localMs / dayMs);
      if (localDay !== dayNumber) {
        dayNumber = localDay;
        day = new Date(localMs).toISOString().slice(0, -'T00:00:00.000Z'.length);
      }
      return day;
    },
    time(epochMs) {
      const localMs = toLocalMs(epochMs);
      const ofDayMs = localMs - Math.floor(localMs / dayMs) * dayMs;
      const seconds = Math.floor(ofDayMs / 1000);
      const minutes = Math.floor(seconds / 60);
      const hours = Math.floor(minutes / 60);
      return `${twoDigits[hours]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${threeDigits[ofDayMs % 1000]}`;
    },
    offsetMinutes(epochMs) {
      toLocalMs(epochMs);
      return span.offsetMs / 60_000;
    },
    zoneLabel(epochMs) {
      toLocalMs(epochMs);
      span.label ??= zoneLabel(epochMs, span.offsetMs / 60_000, zone);
      return span.label;
    },
  };
}

/** The same clock, made when a time is first printed: its zone may take long to find out. */
export function createLateClock(present: { readonly zone: string }): WallClock {
  let made: WallClock | undefined;
  const clock = (): WallClock => {
    made ??= createWallClock(present.zone);
    return made;
  };
  return {
    date: (epochMs) => clock().date(epochMs),
    time: (epochMs) => clock().time(epochMs),
    offsetMinutes: (epochMs) => clock().offsetMinutes(epochMs),
    zoneLabel: (epochMs) => clock().zoneLabel(epochMs),
  };
}

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, count) => String(count).padStart(2, '0'));
const threeDigits = Array.from({ length: 1000 }, (_, count) => String(count).padStart(3, '0'));

/** A stretch of time in which a zone keeps its offset. */
interface OffsetSpan {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
  label: string | undefined;
}

function spanAround(epochMs: number, zone: string): OffsetSpan {
  const here = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
  // The previous transition is looked for strictly before an instant, and this one may be a transition itself.
  const previous = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: here.offsetNanoseconds / 1_000_000,
    label: undefined,
  };
}

function zoneLabel(epochMs: number, offsetMinutes: number, zone: string): string {
  const name = abbreviationOf(epochMs, zone);
  if (name === 'UTC' || name === 'GMT') return name;
  const total = Math.abs(Math.round(offsetMinutes));
  const minutes = total % 60 === 0 ? '' : `:${twoDigits[total % 60]}`;
  const offset = `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(total / 60)}${minutes}`;
  return name === undefined ? offset : `${name}, ${offset}`;
}

// Each English locale has the abbreviations of its own part of the world only: EST here, CET there.
const abbreviationLocales = ['en-US', 'en-GB'];

function abbreviationOf(epochMs: number, zone: string): string | undefined {
  if (!/^[a-z]/i.test(zone)) return undefined;
  const names = abbreviationLocales.map((locale) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
    return format.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value;
  });
  return names.find((name) => name !== undefined && /^[A-Z]+$/.test(name));
}
