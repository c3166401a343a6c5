import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { createMessageText, type MessageLayout, type TerminalStyle } from './message-text.js';
import { createPalette, paint } from './palette.js';
import { renderRule } from './rule.js';
import { createSourceLabels, type EventSource } from './source-labels.js';
import { createSecondText, createTimeOfDay } from './timestamp.js';

const timeColumns = 'HH:mm:ss.SSS '.length;

/** The terminal that reads, and what a reader of it already knows. */
export interface TerminalOptions extends TerminalStyle {
  readonly columns: number;
  /** The present: today's date need not be said. */
  readonly nowMs: number;
  /** Where events may come from, in the order asked for; one source with one stream needs no label. */
  readonly sources: readonly EventSource[];
  /** Whether an event that comes after much newer ones is marked. */
  readonly marksLate?: boolean;
}

/** Sources take turns of some seconds: what is no later than that is in its usual place. */
const lateMs = 5_000;

/**
 * Creates the terminal form of `message`: time, label, message, later lines indented under the first; a rule names the
 * date whenever it differs from that of the event before, or of today at the start.
 */
export function createTerminalRenderer(
  clock: WallClock,
  terminal: TerminalOptions,
  { withName, layout }: { readonly withName: boolean; readonly layout?: MessageLayout | undefined },
): EventRenderer {
  const { color, columns, nowMs, sources, marksLate = false } = terminal;
  const palette = createPalette(color);
  const messageText = createMessageText(layout, terminal);
  const labelOf = createSourceLabels(sources, palette, withName);
  const timeOfDay = createTimeOfDay(clock);
  const dateOf = createSecondText((ms) => clock.date(ms));
  let namedDate = clock.date(nowMs);
  let newestMs = 0;
  return (events) => {
    let text = '';
    for (const event of events) {
      const date = dateOf(event.timestamp);
      if (date !== namedDate) {
        text += renderRule(date, palette, columns);
        namedDate = date;
      }
      const label = labelOf(event);
      const message = indented(messageText(event.message), timeColumns + label.columns);
      const late = newestMs - event.timestamp;
      const mark = marksLate && late > lateMs ? ` ${paint(palette.dim, `+${Math.round(late / 1_000)}s late`)}` : '';
      text += `${paint(palette.dim, timeOfDay(event.timestamp))} ${label.text}${message}${mark}\n`;
      // An event dated in the future makes none of the others late.
      newestMs = Math.max(newestMs, Math.min(event.timestamp, event.ingestionTime));
    }
    return text;
  };
}

function indented(text: string, columns: number): string {
  return text.includes('\n') ? text.replaceAll('\n', `\n${' '.repeat(columns)}`) : text;
}
