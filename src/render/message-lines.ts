import type { LogEvent } from '../logs/event.js';

const lineFeed = 10;
const carriageReturn = 13;

/** Renders the messages alone, each ended by one newline. */
export function renderMessages(events: readonly LogEvent[]): string {
  let text = '';
  for (const { message } of events) text += `${withoutNewline(message)}\n`;
  return text;
}

/**
 * Renders messages with `group:stream` and a tab before each line; the last colon before the tab parts the two, since a
 * stream name holds none and a group given as an ARN does.
 */
export function renderNamedMessages(events: readonly LogEvent[]): string {
  let text = '';
  for (const event of events) text += `${labelled(withoutNewline(event.message), toFullName(event))}\n`;
  return text;
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

/** Writes line breaks as `\n`. */
export function toSingleLine(text: string): string {
  return text.replace(/\r?\n/g, '\\n');
}

/** The name of an event's origin, as `--with-name` shows it. */
export function toFullName(origin: Pick<LogEvent, 'logGroupName' | 'logStreamName'>): string {
  return `${origin.logGroupName}:${origin.logStreamName}`;
}
