import { createHash } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { LogEvent } from '../logs/event.js';

/** Where `-o` writes: one file, or one for each value of its placeholders. */
export interface OutputPath {
  readonly text: string;
  /** The part of the path before the first placeholder's folder or file; all files lie in or beside it. */
  readonly root: string;
  readonly hasPlaceholders: boolean;
  /** The path of an event's file, every value made safe; events of one file have the same. */
  pathOf(event: LogEvent): string;
  /** What tells the files apart, before values are made safe. */
  keyOf(event: LogEvent): string;
}

/** Dates and times of day as `WallClock` gives them: `2026-11-20`, `15:04:05.123`. */
export interface PathClock {
  date(ms: number): string;
  time(ms: number): string;
}

const flag = '--output';

type Part = string | ((event: LogEvent) => string);

/** Reads the value of `-o`. */
export function parseOutputPath(text: string, clock: PathClock): OutputPath {
  if (text === '') throw new UsageError({ flag, value: text, problem: 'is empty', fix: `try ${flag} app.log.gz` });
  const parts = parseParts(text, clock);
  const fill = (event: LogEvent, safe: (value: string) => string): string =>
    parts.map((part) => (typeof part === 'string' ? part : safe(part(event)))).join('');
  const [first = ''] = parts;
  return {
    text,
    root: typeof first === 'string' ? first : '',
    hasPlaceholders: parts.some((part) => typeof part !== 'string'),
    pathOf: (event) => fill(event, toFileName),
    keyOf: (event) => fill(event, (value) => value),
  };
}

function parseParts(text: string, clock: PathClock): Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (const [token, name] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (name !== undefined) {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(parsePlaceholder(name, text, clock));
    } else if (token === '{' || token === '}') {
      throw new UsageError({ flag, value: text, problem: `has a lone ${token}`, fix: 'write {{ for a brace' });
    } else {
      literal += token === '{{' ? '{' : token === '}}' ? '}' : token;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function parsePlaceholder(name: string, text: string, clock: PathClock): (event: LogEvent) => string {
  if (name === 'group') return ({ logGroupName }) => logGroupName;
  if (name === 'stream') return ({ logStreamName }) => logStreamName;
  if (name === 'region') return ({ region }) => region;
  const format = /^time:(.+)$/.exec(name)?.[1];
  if (format !== undefined && /^(?:yyyy|MM|dd|HH|mm|[-_.])+$/.test(format)) {
    return ({ timestamp }) => toTimeText(format, clock.date(timestamp), clock.time(timestamp));
  }
  throw new UsageError({
    flag,
    value: text,
    problem: `has an unknown placeholder {${name}}`,
    fix: 'use {group}, {stream}, {region} or {time:yyyy-MM-dd} with yyyy MM dd HH mm',
  });
}

function toTimeText(format: string, date: string, time: string): string {
  return format
    .replace('yyyy', date.slice(0, 4))
    .replace('MM', date.slice(5, 7))
    .replace('dd', date.slice(8, 10))
    .replace('HH', time.slice(0, 2))
    .replace('mm', time.slice(3, 5));
}

/** File systems take 255 bytes; what stands around a placeholder needs room too. */
const maxNameLength = 180;
/** Names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Makes any value safe as a part of a file name: it cannot name another folder, a device or a hidden file. */
export function toFileName(value: string): string {
  const encoded = value
    .replaceAll('/', '_')
    .replace(/[^A-Za-z0-9._-]/gu, toPercent)
    .replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
  const named = deviceName.test(encoded) ? `_${encoded}` : encoded;
  return named.length <= maxNameLength ? named : `${named.slice(0, maxNameLength - 9)}-${shortHash(value)}`;
}

function toPercent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function shortHash(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}
