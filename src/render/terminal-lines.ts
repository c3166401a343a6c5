import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { withoutNewline } from './message-lines.js';
import { createPalette, paint } from './palette.js';
import { createSourceLabels, type EventSource } from './source-labels.js';
import { createSecondText, createTimeOfDay } from './timestamp.js';
import { visibleText } from './visible-text.js';

const timeColumns = 'HH:mm:ss.SSS '.length;

/** The terminal that reads, and what a reader of it already knows. */
export interface TerminalOptions {
  readonly color: boolean;
  readonly columns: number;
  /** The present: today's date need not be said. */
  readonly nowMs: number;
  /** Where events may come from, in the order asked for; one source with one stream needs no label. */
  readonly sources: readonly EventSource[];
}

/**
 * Creates the terminal form of `message`: time, label, message, later lines indented under the first; a rule names the
 * date whenever it differs from that of the event before, or of today at the start.
 */
export function createTerminalRenderer(
  clock: WallClock,
  { color, columns, nowMs, sources }: TerminalOptions,
  withName: boolean,
): EventRenderer {
  const palette = createPalette(color);
  const labelOf = createSourceLabels(sources, palette, withName);
  const timeOfDay = createTimeOfDay(clock);
  const dateOf = createSecondText((ms) => clock.date(ms));
  let namedDate = clock.date(nowMs);
  return (events) => {
    let text = '';
    for (const event of events) {
      const date = dateOf(event.timestamp);
      if (date !== namedDate) {
        text += `${paint(palette.dim, `── ${date} `.padEnd(columns, '─'))}\n`;
        namedDate = date;
      }
      const label = labelOf(event);
      const message = indented(visibleText(withoutNewline(event.message)), timeColumns + label.columns);
      text += `${paint(palette.dim, timeOfDay(event.timestamp))} ${label.text}${message}\n`;
    }
    return text;
  };
}

function indented(text: string, columns: number): string {
  return text.includes('\n') ? text.replaceAll('\n', `\n${' '.repeat(columns)}`) : text;
}
