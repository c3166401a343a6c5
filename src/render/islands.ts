import type { LogEvent } from '../logs/event.js';
import type { EventRenderer } from './event-format.js';
import type { RenderOptions } from './event-renderer.js';
import type { Ink } from './palette.js';
import { paint } from './palette.js';

/** Puts a line with `--` before each event that begins an island; not among JSON, which takes no other lines. */
export function withSeparators(
  render: EventRenderer,
  beginsIsland: (event: LogEvent) => boolean,
  format: RenderOptions['format'],
  ink: Ink,
): EventRenderer {
  if (format === 'json' || format === 'fields') return render;
  const separator = `${paint(ink, '--')}\n`;
  return (events) => {
    let text = '';
    let from = 0;
    for (const [at, event] of events.entries()) {
      if (!beginsIsland(event)) continue;
      if (at > from) text += render(events.slice(from, at));
      text += separator;
      from = at;
    }
    return text + render(from === 0 ? events : events.slice(from));
  };
}
