import { realpathSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../errors.js';

/** The present, and the zone in which times are read and shown. */
export interface Present {
  readonly nowMs: number;
  readonly zone: string;
}

interface ZoneFlags {
  readonly tz?: string | undefined;
  readonly utc?: boolean | undefined;
}

interface ZoneVariables {
  readonly TZ?: string | undefined;
}

/** The zone in which times are read and shown: `--utc`, `--tz`, the environment's `TZ`, else the machine's. */
export function resolveZone(flags: ZoneFlags, env: ZoneVariables): string {
  return namedZone(flags, env) ?? machineZone();
}

/** The present, with its zone as {@link resolveZone} finds it; the machine's own is looked up when it is first needed. */
export function createPresent(nowMs: number, flags: ZoneFlags, env: ZoneVariables): Present {
  const named = namedZone(flags, env);
  if (named !== undefined) return { nowMs, zone: named };
  let zone: string | undefined;
  return {
    nowMs,
    get zone() {
      zone ??= machineZone();
      return zone;
    },
  };
}

/** The zone that a text names, in its usual spelling: an IANA name, `UTC`, `Z`, `+02:00`, `UTC-8`; undefined for none. */
export function toZone(text: string): string | undefined {
  if (/^(?:z|utc|gmt)$/i.test(text)) return 'UTC';
  return toOffsetZone(text) ?? toNamedZone(text);
}

/** Names of zones that look like a text: the same city, or a few letters away. */
export function nearZones(text: string): string[] {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
  if (wanted.length < 3) return [];
  const names = Intl.supportedValuesOf('timeZone');
  const areas = new Set(names.map((name) => name.slice(0, name.lastIndexOf('/') + 1)));
  // Asked for one by one, since the list of names lacks the aliases (Asia/Kolkata is one on some versions).
  const sameCity = [...areas].map((area) => toNamedZone(area + wanted)).filter((name) => name !== undefined);
  if (sameCity.length > 0) return sameCity;
  const city = wanted.slice(wanted.lastIndexOf('/') + 1);
  const farness = (name: string): number => {
    const known = name.toLowerCase();
    const knownCity = known.slice(known.lastIndexOf('/') + 1);
    return Math.min(distance(known, wanted), wanted.includes('/') ? Infinity : distance(knownCity, city));
  };
  const ranked = names.map((name) => ({ name, farness: farness(name) })).sort((a, b) => a.farness - b.farness);
  const nearest = ranked[0]?.farness ?? Infinity;
  const limit = wanted.length < 6 ? 1 : 2;
  return ranked
    .filter((zone) => zone.farness <= limit && zone.farness === nearest)
    .slice(0, 3)
    .map((zone) => zone.name);
}

function namedZone(flags: ZoneFlags, env: ZoneVariables): string | undefined {
  if (flags.tz !== undefined && flags.utc === true) {
    throw new UsageError({ flag: '--tz', value: flags.tz, problem: 'excludes --utc', fix: 'give one of them' });
  }
  if (flags.utc === true) return 'UTC';
  if (flags.tz !== undefined) return parseZone(flags.tz, '--tz');
  return env.TZ === undefined || env.TZ === '' ? undefined : parseVariable(env.TZ);
}

/** To start the part of Node that knows it takes longer than a request. */
function machineZone(): string {
  return toZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC';
}

function parseZone(text: string, flag: string): string {
  const zone = toZone(text.trim());
  if (zone !== undefined) return zone;
  const near = nearZones(text);
  const fix =
    near.length === 0 ? 'write an IANA name such as Europe/Berlin, UTC, or +02:00' : `try ${near.join(' or ')}`;
  throw new UsageError({ flag, value: text, problem: 'is not a time zone', fix });
}

/** Reads the variable TZ; whatever it names that is not known would silently be UTC to Node. */
function parseVariable(text: string): string {
  // POSIX allows a colon before a name.
  const name = text.replace(/^:/, '');
  const zone = /^(?:utc|(?:utc|gmt)?[+-]?0+)$/i.test(name)
    ? 'UTC'
    : toNamedZone(name.startsWith('/') ? nameOfFile(name) : name);
  if (zone !== undefined) return zone;
  // Its offsets are not read: there UTC-8 lies east, everywhere else west.
  const near = nearZones(name);
  const fix = `set it to ${near.length === 0 ? 'a name such as Europe/Berlin' : near.join(' or ')}, or give --tz or --utc`;
  throw new UsageError({ flag: 'TZ', value: text, problem: 'is not the name of a time zone', fix });
}

/** The zone whose file this is; /etc/localtime is a link to one. */
function nameOfFile(path: string): string {
  try {
    return realpathSync(path).replace(/^.*\/zoneinfo\//, '');
  } catch {
    return path;
  }
}

function toOffsetZone(text: string): string | undefined {
  const [, name, sign, hours = '', minutes = '00'] = /^(utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text) ?? [];
  if (sign === undefined || (name === undefined && hours.length === 1)) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  // No place on earth is farther from UTC.
  const maxOffsetMinutes = 14 * 60;
  if (Number(minutes) > 59 || total > maxOffsetMinutes) return undefined;
  return total === 0 ? 'UTC' : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

function toNamedZone(text: string): string | undefined {
  if (!/^[a-z]/i.test(text)) return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, text).timeZoneId;
  } catch {
    return undefined;
  }
}
