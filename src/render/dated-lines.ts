import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { labelled, toFullName } from './message-lines.js';
import { createMessageText, createNameText, type MessageLayout, type TerminalStyle } from './message-text.js';
import { createDateTime } from './timestamp.js';

/** How the messages of dated lines look. */
export interface DatedOptions {
  readonly layout?: MessageLayout | undefined;
  /** Absent where the lines go to a pipe or a file. */
  readonly terminal?: TerminalStyle | undefined;
}

/** Creates the `short` renderer: `YYYY-MM-DD HH:mm:ss.SSS message`. */
export function createShortRenderer(clock: WallClock, withName: boolean, options: DatedOptions = {}): EventRenderer {
  const dateTime = createDateTime(clock);
  const { layout, terminal } = options;
  const messageText = createMessageText(layout, terminal);
  const nameText = createNameText(terminal);
  return (events) => {
    let text = '';
    for (const event of events) {
      const line = `${dateTime(event.timestamp)} ${messageText(event.message)}`;
      text += `${withName ? labelled(line, nameText(toFullName(event))) : line}\n`;
    }
    return text;
  };
}

/**
 * Creates the `detailed` renderer: `YYYY-MM-DD HH:mm:ss.SSS group stream message`, parted by single spaces, so that awk
 * finds the group in `$3` and the stream in `$4`.
 */
export function createDetailedRenderer(clock: WallClock, { layout, terminal }: DatedOptions = {}): EventRenderer {
  const dateTime = createDateTime(clock);
  const messageText = createMessageText(layout, terminal);
  const nameText = createNameText(terminal);
  return (events) => {
    let text = '';
    for (const event of events) {
      const group = nameText(event.logGroupName);
      const stream = nameText(event.logStreamName);
      text += `${dateTime(event.timestamp)} ${group} ${stream} ${messageText(event.message)}\n`;
    }
    return text;
  };
}
