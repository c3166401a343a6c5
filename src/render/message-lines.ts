import type { LogEvent } from '../logs/event.js';
import type { EventRenderer } from './event-format.js';

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Creates the renderer of messages alone, each ended by one newline; or with `group:stream` and a tab before each line,
 * where the last colon before the tab parts the two, since a stream name holds none and a group given as an ARN does.
 */
export function createMessageRenderer(textOf: (message: string) => string, withName: boolean): EventRenderer {
  return (events) => {
    let text = '';
    for (const event of events) {
      const line = textOf(event.message);
      text += `${withName ? labelled(line, toFullName(event)) : line}\n`;
    }
    return text;
  };
}

/** Puts a name and a tab before each line of a text. */
export function labelled(text: string, name: string): string {
  const label = `${name}\t`;
  // No replacement pattern: a name may hold a $.
  return label + (text.includes('\n') ? text.replaceAll('\n', () => `\n${label}`) : text);
}

/** Takes exactly one `\n` or `\r\n` off the end: writers add one, and whatever lies before it is content. */
export function withoutNewline(message: string): string {
  if (message.charCodeAt(message.length - 1) !== lineFeed) return message;
  return message.slice(0, message.charCodeAt(message.length - 2) === carriageReturn ? -2 : -1);
}

/** The name of an event's origin, as `--with-name` shows it. */
export function toFullName(origin: Pick<LogEvent, 'logGroupName' | 'logStreamName'>): string {
  return `${origin.logGroupName}:${origin.logStreamName}`;
}
