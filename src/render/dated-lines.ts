import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { labelled, toFullName, withoutNewline } from './message-lines.js';
import { asIs, type TerminalOptions } from './terminal-lines.js';
import { createDateTime } from './timestamp.js';
import { visibleName, visibleText } from './visible-text.js';

/** Creates the `short` renderer: `YYYY-MM-DD HH:mm:ss.SSS message`. */
export function createShortRenderer(clock: WallClock, withName: boolean, terminal?: ColorChoice): EventRenderer {
  const dateTime = createDateTime(clock);
  return (events) => {
    let text = '';
    for (const event of events) {
      const line = `${dateTime(event.timestamp)} ${shownMessage(event.message, terminal)}`;
      text += `${withName ? labelled(line, shownName(toFullName(event), terminal)) : line}\n`;
    }
    return text;
  };
}

/** Of a terminal: whether it is shown colours, and which. */
type ColorChoice = Pick<TerminalOptions, 'color' | 'highlight'>;

/**
 * Creates the `detailed` renderer: `YYYY-MM-DD HH:mm:ss.SSS group stream message`, parted by single spaces, so that awk
 * finds the group in `$3` and the stream in `$4`.
 */
export function createDetailedRenderer(clock: WallClock, terminal?: ColorChoice): EventRenderer {
  const dateTime = createDateTime(clock);
  return (events) => {
    let text = '';
    for (const event of events) {
      const stream = shownName(event.logStreamName, terminal);
      text += `${dateTime(event.timestamp)} ${event.logGroupName} ${stream} `;
      text += `${shownMessage(event.message, terminal)}\n`;
    }
    return text;
  };
}

function shownName(name: string, terminal: ColorChoice | undefined): string {
  return terminal === undefined ? name : visibleName(name);
}

function shownMessage(message: string, terminal: ColorChoice | undefined): string {
  const text = withoutNewline(message);
  if (terminal === undefined) return text;
  const { color, highlight = asIs } = terminal;
  return highlight(visibleText(text, color));
}
