import { toEventId } from '../event-position.js';
import type { StoredEvent } from '../log-group.js';

/** What a field of a record holds; a date is written as the service writes times. */
export type FieldValue = string | number | Date;

/** An event or a group of them, as the commands of a query see it. */
export interface QueryRecord {
  /** Names the event; undefined for a record that stands for several. */
  readonly ptr: string | undefined;
  get(field: string): FieldValue | undefined;
}

/** The record of an event: its own members, and those of a JSON message under dotted names. */
export function toRecord(event: StoredEvent, log: string): QueryRecord {
  let parsed: unknown;
  let isParsed = false;
  return {
    get ptr() {
      return Buffer.from(`${log} ${toEventId(event)}`).toString('base64');
    },
    get(field) {
      switch (field) {
        case '@timestamp':
          return new Date(event.timestamp);
        case '@ingestionTime':
          return new Date(event.batch.ingestionTime);
        case '@message':
          return event.message;
        case '@logStream':
          return event.batch.stream.name;
        case '@log':
          return log;
      }
      if (!isParsed) parsed = parseMessage(event.message);
      isParsed = true;
      return memberOf(parsed, field);
    },
  };
}

/** Writes a value as the service does, which knows no other type than text. */
export function renderValue(value: FieldValue): string {
  return value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, -1) : String(value);
}

/** Orders two values: by number where both are numbers, else by text; what is missing comes first. */
export function compareValues(a: FieldValue | undefined, b: FieldValue | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference)) return difference;
  const [left, right] = [renderValue(a), renderValue(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function parseMessage(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function memberOf(parsed: unknown, field: string): FieldValue | undefined {
  let value = parsed;
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
