import { createHash } from 'node:crypto';
import { sep } from 'node:path';
import { UsageError } from '../errors.js';
import type { LogEvent } from '../logs/event.js';

/** Where `-o` writes: one file, or one for each value of its placeholders. */
export interface OutputPath {
  /** As it was given. */
  readonly template: string;
  /** The path before the first placeholder, or all of it; the files lie in or beside it. */
  readonly root: string;
  readonly hasPlaceholders: boolean;
  /** The path of an event's file, every value made safe: different values may give the same. */
  pathOf(event: LogEvent): string;
  /** What tells the files apart, before values are made safe. */
  keyOf(event: LogEvent): string;
}

/** Compiles a pattern of dates and times, such as `yyyy-MM-dd`, or says what is wrong with it. */
export type TimeCompiler = (
  pattern: string,
) => ((epochMs: number) => string) | { readonly problem: string; readonly fix: string };

const flag = '--output';

/** Literal text, or what takes a value from an event. */
type Part = string | ((event: LogEvent) => string);

/** Reads the value of `-o`. */
export function parseOutputPath(template: string, compileTime: TimeCompiler, separator: string = sep): OutputPath {
  // Node takes a / on Windows as well, and all that follows knows no other.
  const text = separator === '\\' ? template.replaceAll('\\', '/') : template;
  if (text === '') throw new UsageError({ flag, value: text, problem: 'is empty', fix: `try ${flag} app.log.gz` });
  const parts = parseParts(text, compileTime);
  const values = parts.filter((part) => typeof part !== 'string');
  const segments = toSegments(parts).map(createSegment);
  const [first = ''] = parts;
  return {
    template,
    root: typeof first === 'string' ? first : '',
    hasPlaceholders: values.length > 0,
    pathOf: (event) => segments.map((segment) => segment(event)).join('/'),
    keyOf: (event) => values.map((value) => value(event)).join('\0'),
  };
}

function parseParts(text: string, compileTime: TimeCompiler): Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (const [token, name] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (name !== undefined) {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(parsePlaceholder(name, text, compileTime));
    } else if (token === '{' || token === '}') {
      throw new UsageError({ flag, value: text, problem: `has a lone ${token}`, fix: 'write {{ for a brace' });
    } else {
      literal += token === '{{' ? '{' : token === '}}' ? '}' : token;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function parsePlaceholder(name: string, text: string, compileTime: TimeCompiler): (event: LogEvent) => string {
  if (name === 'group') return ({ logGroupName }) => logGroupName;
  if (name === 'stream') return ({ logStreamName }) => logStreamName;
  if (name === 'region') return ({ region }) => region;
  const format = /^time:(.+)$/.exec(name)?.[1];
  if (format !== undefined && /^[A-Za-z._-]+$/.test(format)) {
    const toText = compileTime(format);
    if (typeof toText === 'function') return ({ timestamp }) => toText(timestamp);
    throw new UsageError({ flag, value: text, ...toText });
  }
  throw new UsageError({
    flag,
    value: text,
    problem: `has an unknown placeholder {${name}}`,
    fix: 'use {group}, {stream}, {region} or {time:yyyy-MM-dd} with yyyy MM dd HH mm ss',
  });
}

function toSegments(parts: readonly Part[]): Part[][] {
  let segment: Part[] = [];
  const segments = [segment];
  for (const part of parts) {
    const [text = '', ...others] = typeof part === 'string' ? part.split('/') : [part];
    segment.push(text);
    for (const other of others) {
      segment = [other];
      segments.push(segment);
    }
  }
  return segments;
}

/** The longest name that file systems take, less some room to tell equal names apart. */
const maxSegmentBytes = 255 - 15;
/** Names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function createSegment(parts: readonly Part[]): (event: LogEvent) => string {
  const literals = parts.filter((part) => typeof part === 'string').join('');
  const valueCount = parts.filter((part) => typeof part !== 'string').length;
  if (valueCount === 0) return () => literals;
  const maxBytes = Math.floor((maxSegmentBytes - Buffer.byteLength(literals)) / valueCount);
  return (event) => {
    const name = parts.map((part) => (typeof part === 'string' ? part : toFileName(part(event), maxBytes))).join('');
    return deviceName.test(name) ? `_${name}` : name;
  };
}

/** Makes any value safe as a part of a file name: it names no other folder and no hidden file. */
function toFileName(value: string, maxBytes: number): string {
  const encoded = value
    .replaceAll('/', '_')
    .replace(/[^A-Za-z0-9._-]/gu, toPercent)
    // Windows drops dots at the end.
    .replace(/^\.+|\.+$/g, (dots) => '%2E'.repeat(dots.length));
  if (encoded === '') return '_';
  return encoded.length <= maxBytes ? encoded : `${encoded.slice(0, Math.max(0, maxBytes - 9))}-${shortHash(value)}`;
}

function toPercent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function shortHash(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}
