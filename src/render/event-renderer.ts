import type { WallClock } from '../time/wall-clock.js';
import { createDetailedRenderer, createShortRenderer } from './dated-lines.js';
import type { EventFormat, EventRenderer } from './event-format.js';
import { createFieldsRenderer } from './fields-lines.js';
import { createJsonRenderer } from './json-lines.js';
import { createMessageRenderer } from './message-lines.js';
import { createMessageText, type MessageLayout } from './message-text.js';
import { createTemplateRenderer } from './template.js';
import { createTerminalRenderer, type TerminalOptions } from './terminal-lines.js';

/** What decides the look of events. */
export interface RenderOptions {
  /** The name of a format, or a template. */
  readonly format: EventFormat | { readonly template: string };
  /** Puts `group:stream` and a tab before each line in `message`, `short` and templates; the others carry the names. */
  readonly withName: boolean;
  /** How messages are laid out; in `json` and `fields`, which are JSON, they are as they are. */
  readonly layout?: MessageLayout | undefined;
  /** Gives dates and times of day; `json` and `fields` are in UTC whatever it says. */
  readonly clock: WallClock;
  /** Absent when stdout is a pipe or a file: then messages are written as they are. */
  readonly terminal?: TerminalOptions;
}

/** Creates the renderer of one run; on a terminal it remembers the day it last named and the labels it gave. */
export function createEventRenderer(options: RenderOptions): EventRenderer {
  const { format, withName, layout, clock, terminal } = options;
  if (typeof format === 'object') return createTemplateRenderer(format.template, options);
  switch (format) {
    case 'message':
      if (terminal !== undefined) return createTerminalRenderer(clock, terminal, options);
      return createMessageRenderer(createMessageText(layout, undefined), withName);
    case 'short':
      return createShortRenderer(clock, withName, options);
    case 'detailed':
      return createDetailedRenderer(clock, options);
    case 'json':
      return createJsonRenderer(terminal !== undefined);
    case 'fields':
      return createFieldsRenderer(terminal !== undefined);
  }
}
