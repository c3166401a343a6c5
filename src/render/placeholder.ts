import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from '../errors.js';
import { createJsonReader, type JsonPath } from '../json-value.js';
import type { LogEvent } from '../logs/event.js';
import { compileTimePattern } from '../time/time-text.js';
import type { WallClock } from '../time/wall-clock.js';
import { toConsoleUrl } from './console-url.js';
import {
  createMessageText,
  createNameText,
  createValueText,
  type MessageLayout,
  type TerminalStyle,
} from './message-text.js';
import { createDateTime } from './timestamp.js';

/** Makes the text that stands for a placeholder in the line of an event. */
export type Placeholder = (event: LogEvent) => string;

/** What placeholders are written for. */
export interface PlaceholderOptions {
  readonly clock: WallClock;
  readonly layout?: MessageLayout | undefined;
  /** Absent where the text goes to a pipe or a file: a terminal shows control characters rather than obeying them. */
  readonly terminal?: TerminalStyle | undefined;
}

/** The option that the placeholders stand in, as it was typed. */
interface Typed {
  readonly flag: string;
  readonly value: string;
}

const names = ['time', 'region', 'group', 'stream', 'message', 'ingestionTime', 'eventId', 'url'];
/** What the service, and other tools, call the same. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['timestamp', 'time'],
  ['date', 'time'],
  ['logGroup', 'group'],
  ['logGroupName', 'group'],
  ['logStream', 'stream'],
  ['logStreamName', 'stream'],
  ['msg', 'message'],
  ['id', 'eventId'],
]);

/** Creates what makes a placeholder, such as `time:HH:mm` or `json.status`, of its name; others are usage errors. */
export function createPlaceholders(options: PlaceholderOptions, typed: Typed): (name: string) => Placeholder {
  const { clock, layout, terminal } = options;
  const messageText = createMessageText(layout, terminal);
  const valueText = createValueText(layout, terminal);
  const nameText = createNameText(terminal);
  const read = createJsonReader();
  return (name) => {
    if (name.startsWith('json.')) {
      const path = parsePath(name, typed);
      return ({ message }) => valueText(read(message, path));
    }
    const [, word = name, pattern] = /^(time|ingestionTime):(.*)$/.exec(name) ?? [];
    switch (word) {
      case 'time':
      case 'ingestionTime': {
        const toText = pattern === undefined ? createDateTime(clock) : compiled(pattern, typed, clock);
        return word === 'time' ? ({ timestamp }) => toText(timestamp) : ({ ingestionTime }) => toText(ingestionTime);
      }
      case 'region':
        return ({ region }) => nameText(region);
      case 'group':
        return ({ logGroupName }) => nameText(logGroupName);
      case 'stream':
        return ({ logStreamName }) => nameText(logStreamName);
      case 'message':
        return ({ message }) => messageText(message);
      case 'eventId':
        return ({ eventId }) => nameText(eventId);
      case 'url':
        return (event) => nameText(toConsoleUrl(event));
      default:
        throw unknown(name, typed);
    }
  };
}

const step = /"[^"]+"|[^."[\]]+/g;
const steps = new RegExp(`^(?:${step.source})(?:\\.(?:${step.source}))*$`);

/** Reads `json.items.0.id` and `json."log.level"`. */
function parsePath(name: string, typed: Typed): JsonPath {
  const path = name.slice('json.'.length);
  if (steps.test(path)) return (path.match(step) ?? []).map((word) => word.replaceAll('"', ''));
  const dotted = path.replace(/\.?\[(\d+)\]/g, '.$1').replace(/^\./, '');
  throw new UsageError({
    ...typed,
    problem: `has no path in {${name}}`,
    fix: steps.test(dotted)
      ? `write {json.${dotted}}`
      : 'write names and numbers with dots between: {json.items.0.id}, {json."log.level"}',
  });
}

function compiled(pattern: string, typed: Typed, clock: WallClock): (ms: number) => string {
  const made = compileTimePattern(pattern, clock);
  if (typeof made === 'function') return made;
  throw new UsageError({ ...typed, problem: made.problem, fix: made.fix });
}

function unknown(name: string, typed: Typed): UsageError {
  const other = otherNames.get(name);
  const near = other ?? closest(name, names);
  const isNear = other !== undefined || (name !== '' && distance(near, name) <= 2);
  const known = `there are ${names.map((one) => `{${one}}`).join(', ')}, {time:HH:mm:ss} and {json.path.to.field}`;
  const fix = isNear ? `did you mean {${near}}? ${known}` : known;
  return new UsageError({ ...typed, problem: `has an unknown placeholder {${name}}`, fix });
}
