import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { toFullName, withoutNewline } from './message-lines.js';
import { createDateTime } from './timestamp.js';
import { visibleName, visibleText } from './visible-text.js';

/** Creates the `short` renderer: `YYYY-MM-DD HH:mm:ss.SSS message`. */
export function createShortRenderer(clock: WallClock, withName: boolean, onTerminal: boolean): EventRenderer {
  const dateTime = createDateTime(clock);
  return (events) => {
    let text = '';
    for (const event of events) {
      if (withName) text += `${shownName(toFullName(event), onTerminal)}\t`;
      text += `${dateTime(event.timestamp)} ${shownMessage(event.message, onTerminal)}\n`;
    }
    return text;
  };
}

/**
 * Creates the `detailed` renderer: `YYYY-MM-DD HH:mm:ss.SSS group stream message`, parted by single spaces, so that awk
 * finds the group in `$3` and the stream in `$4`.
 */
export function createDetailedRenderer(clock: WallClock, onTerminal: boolean): EventRenderer {
  const dateTime = createDateTime(clock);
  return (events) => {
    let text = '';
    for (const event of events) {
      const stream = shownName(event.logStreamName, onTerminal);
      text += `${dateTime(event.timestamp)} ${event.logGroupName} ${stream} `;
      text += `${shownMessage(event.message, onTerminal)}\n`;
    }
    return text;
  };
}

function shownName(name: string, onTerminal: boolean): string {
  return onTerminal ? visibleName(name) : name;
}

function shownMessage(message: string, onTerminal: boolean): string {
  const text = withoutNewline(message);
  return onTerminal ? visibleText(text) : text;
}
