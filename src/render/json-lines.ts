import type { EventRenderer } from './event-format.js';
import { createJsonNames } from './json-names.js';
import { createIsoTime } from './timestamp.js';
import { visibleJson } from './visible-text.js';

/** Creates the `json` renderer: one object a line, the message untouched. */
export function createJsonRenderer(onTerminal: boolean): EventRenderer {
  const isoTime = createIsoTime();
  const jsonName = createJsonNames();
  return (events) => {
    let text = '';
    for (const event of events) {
      text += `{"timestamp":${event.timestamp},"time":"${isoTime(event.timestamp)}"`;
      text += `,"ingestionTime":${event.ingestionTime},"region":${jsonName(event.region)}`;
      text += `,"group":${jsonName(event.logGroupName)},"stream":${jsonName(event.logStreamName)}`;
      text += `,"message":${JSON.stringify(event.message)},"eventId":${event.eventId === '' ? null : JSON.stringify(event.eventId)}}\n`;
    }
    return onTerminal ? visibleJson(text) : text;
  };
}
