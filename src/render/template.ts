import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from '../errors.js';
import { jsonValueText } from '../json-value.js';
import type { LogEvent } from '../logs/event.js';
import { compileTimePattern } from '../time/time-text.js';
import type { WallClock } from '../time/wall-clock.js';
import { toConsoleUrl } from './console-url.js';
import type { EventRenderer } from './event-format.js';
import { withoutNewline } from './message-lines.js';
import { createDateTime } from './timestamp.js';
import { visibleText } from './visible-text.js';

/** What one placeholder stands for. */
type Value = (event: LogEvent) => string;

/** What a template is written for: a terminal shows control characters rather than obeying them. */
export interface TemplateOptions {
  readonly clock: WallClock;
  /** Absent where the text goes to a pipe or a file. */
  readonly terminal?: { readonly color: boolean } | undefined;
}

const flag = '--format';
const names = ['time', 'region', 'group', 'stream', 'message', 'ingestionTime', 'eventId', 'url'];

/** Whether a value of `--format` is a template rather than the name of a form. */
export function isTemplate(format: string): boolean {
  return format.includes('{') || format.includes('}');
}

/** Compiles a template such as `{time:HH:mm:ss} {json.status} {message}`: one line an event. */
export function createTemplateRenderer(template: string, options: TemplateOptions): EventRenderer {
  const parts = parseTemplate(template, options.clock);
  const { terminal } = options;
  const shown = (value: string): string => (terminal === undefined ? value : visibleText(value, terminal.color));
  return (events) => {
    let text = '';
    for (const event of events) {
      for (const part of parts) text += typeof part === 'string' ? part : shown(part(event));
      text += '\n';
    }
    return text;
  };
}

/** Literal text and values by turns; anything unknown is a usage error. */
export function parseTemplate(template: string, clock: WallClock): readonly (string | Value)[] {
  const parts: (string | Value)[] = [];
  for (const [token, name] of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}|\\[tn0\\]|[^{}\\]+|[{}\\]/g)) {
    if (name !== undefined) parts.push(parsePlaceholder(name, template, clock));
    else if (token === '{' || token === '}') {
      throw new UsageError({
        flag,
        value: template,
        problem: `has a lone ${token}`,
        fix: `write ${token}${token} for a brace`,
      });
    } else parts.push(literals.get(token) ?? token);
  }
  return parts;
}

const literals: ReadonlyMap<string, string> = new Map([
  ['{{', '{'],
  ['}}', '}'],
  ['\\t', '\t'],
  ['\\n', '\n'],
  ['\\0', '\0'],
  ['\\\\', '\\'],
]);

function parsePlaceholder(name: string, template: string, clock: WallClock): Value {
  const [, word = name, pattern] = /^(time|ingestionTime):(.*)$/.exec(name) ?? [];
  const path = /^json\.(.+)$/.exec(name)?.[1];
  if (path !== undefined) {
    const steps = path.split('.');
    return ({ message }) => jsonValueText(message, steps);
  }
  switch (word) {
    case 'time':
    case 'ingestionTime': {
      const toText = pattern === undefined ? createDateTime(clock) : compiled(pattern, template, clock);
      return word === 'time' ? ({ timestamp }) => toText(timestamp) : ({ ingestionTime }) => toText(ingestionTime);
    }
    case 'region':
      return ({ region }) => region;
    case 'group':
      return ({ logGroupName }) => logGroupName;
    case 'stream':
      return ({ logStreamName }) => logStreamName;
    case 'message':
      return ({ message }) => withoutNewline(message);
    case 'eventId':
      return ({ eventId }) => eventId;
    case 'url':
      return toConsoleUrl;
    default:
      throw unknown(name, template);
  }
}

function compiled(pattern: string, template: string, clock: WallClock): (ms: number) => string {
  const made = compileTimePattern(pattern, clock);
  if (typeof made === 'function') return made;
  throw new UsageError({ flag, value: template, problem: made.problem, fix: made.fix });
}

function unknown(name: string, template: string): UsageError {
  const near = closest(name, names);
  const known = `there are ${names.map((one) => `{${one}}`).join(', ')}, {time:HH:mm:ss} and {json.path.to.field}`;
  const fix = name !== '' && distance(near, name) <= 2 ? `did you mean {${near}}?` : known;
  return new UsageError({ flag, value: template, problem: `has an unknown placeholder {${name}}`, fix });
}
