import type { EventRenderer } from './event-format.js';
import { renameKeys } from './json-keys.js';
import { createJsonNames } from './json-names.js';
import { withoutNewline } from './message-lines.js';
import { createIsoTime } from './timestamp.js';
import { visibleJson } from './visible-text.js';

const ownFields = ['@timestamp', '@group', '@stream'];

const jsonObjectStart = /^[ \t\r\n]*\{/;
const jsonLineBreak = /[\r\n]+[ \t]*/g;

/**
 * Creates the `fields` renderer: one object a line, `@timestamp`, `@group` and `@stream`, then the fields of the
 * message if it is a JSON object, else the text as `message`. The message's own JSON is spliced in, not written anew,
 * so that numbers keep every digit.
 */
export function createFieldsRenderer(onTerminal: boolean): EventRenderer {
  const isoTime = createIsoTime();
  const jsonName = createJsonNames();
  return (events) => {
    let text = '';
    for (const event of events) {
      const members = toMembers(event.message) ?? `"message":${JSON.stringify(withoutNewline(event.message))}`;
      text += `{"@timestamp":"${isoTime(event.timestamp)}"`;
      text += `,"@group":${jsonName(event.logGroupName)},"@stream":${jsonName(event.logStreamName)}`;
      text += members === '' ? '}\n' : `,${members}}\n`;
    }
    return onTerminal ? visibleJson(text) : text;
  };
}

/** The text between the braces of a JSON object, on one line; undefined when the message is anything else. */
function toMembers(message: string): string | undefined {
  if (!jsonObjectStart.test(message)) return undefined;
  const value = parseJson(message);
  if (value === undefined) return undefined;
  // Only white space between tokens can hold a raw line break: inside a string JSON requires \n.
  const line = message.replace(jsonLineBreak, '').trim();
  const clashes = ownFields.some((name) => Object.hasOwn(value, name));
  // Logs Insights, too, shows a writer's `@timestamp` as `@@timestamp`.
  const json = clashes ? renameKeys(line, (key) => (ownFields.includes(key) ? `@${key}` : key)) : line;
  return json.slice(1, -1).trim();
}

function parseJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
