import type { WallClock } from '../time/wall-clock.js';
import { createDetailedRenderer, createShortRenderer } from './dated-lines.js';
import type { EventFormat, EventRenderer } from './event-format.js';
import { createFieldsRenderer } from './fields-lines.js';
import { createJsonRenderer } from './json-lines.js';
import { renderMessages, renderNamedMessages } from './message-lines.js';
import { createTemplateRenderer } from './template.js';
import { createTerminalRenderer, type TerminalOptions } from './terminal-lines.js';

/** What decides the look of events. */
export interface RenderOptions {
  /** The name of a format, or a template. */
  readonly format: EventFormat | { readonly template: string };
  /** Puts `group:stream` and a tab before each line in `message` and `short`; the other formats carry the names. */
  readonly withName: boolean;
  /** Writes line breaks in the values of a template as `\n`; the named formats take messages as they are. */
  readonly singleLine?: boolean;
  /** Gives dates and times of day; `json` and `fields` are in UTC whatever it says. */
  readonly clock: WallClock;
  /** Absent when stdout is a pipe or a file: then messages are written as they are. */
  readonly terminal?: TerminalOptions;
}

/** Creates the renderer of one run; on a terminal it remembers the day it last named and the labels it gave. */
export function createEventRenderer({ format, withName, singleLine, clock, terminal }: RenderOptions): EventRenderer {
  const onTerminal = terminal !== undefined;
  if (typeof format === 'object') return createTemplateRenderer(format.template, { clock, singleLine, terminal });
  switch (format) {
    case 'message':
      if (terminal !== undefined) return createTerminalRenderer(clock, terminal, withName);
      return withName ? renderNamedMessages : renderMessages;
    case 'short':
      return createShortRenderer(clock, withName, terminal);
    case 'detailed':
      return createDetailedRenderer(clock, terminal);
    case 'json':
      return createJsonRenderer(onTerminal);
    case 'fields':
      return createFieldsRenderer(onTerminal);
  }
}
