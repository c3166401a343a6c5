import stringWidth from 'string-width';
import { levelOf } from '../level.js';
import type { LogEvent } from '../logs/event.js';
import type { WallClock } from '../time/wall-clock.js';
import type { EventRenderer } from './event-format.js';
import { withoutNewline } from './message-lines.js';
import { createPalette, type Ink, type Palette, paint } from './palette.js';
import { renderRule } from './rule.js';
import { createNaming, type EventSource } from './source-labels.js';
import { createSecondText, createTimeOfDay } from './timestamp.js';
import { visibleText } from './visible-text.js';

/** What decides the look of a timeline. */
export interface TraceOptions {
  readonly color: boolean;
  readonly columns: number;
  /** Whether control characters are shown rather than written as they are. */
  readonly toTerminal: boolean;
  /** The present: today's date need not be said. */
  readonly nowMs: number;
  readonly sources: readonly EventSource[];
}

const deltaColumns = '+59m59s'.length;

/**
 * Creates the timeline of `trace`: time of day, time since the line before, where it happened (`checkout → payments`
 * where that changes), an exclamation mark at an error, and the message with later lines indented under the first.
 */
export function createTraceRenderer(clock: WallClock, options: TraceOptions): EventRenderer {
  const { color, columns, toTerminal, nowMs, sources } = options;
  const palette = createPalette(color);
  const nameOf = createPlaceNames(sources);
  const inks = new Map(sources.map((source, index) => [nameOf(toOrigin(source)), inkAt(palette, index)]));
  const timeOfDay = createTimeOfDay(clock);
  const dateOf = createSecondText((ms) => clock.date(ms));
  const [longest = 0, second = 0] = [...inks.keys()].map((name) => stringWidth(name)).sort((a, b) => b - a);
  const placeColumns = second === 0 ? longest : longest + second + ' → '.length;
  let namedDate = clock.date(nowMs);
  let previous: { readonly timestamp: number; readonly name: string } | undefined;
  return (events) => {
    let text = '';
    for (const event of events) {
      const date = dateOf(event.timestamp);
      if (date !== namedDate) text += renderRule(date, palette, columns);
      namedDate = date;
      const name = nameOf(event);
      const place = previous === undefined || previous.name === name ? name : `${previous.name} → ${name}`;
      const delta = previous === undefined ? '' : renderDelta(event.timestamp - previous.timestamp);
      const head = `${timeOfDay(event.timestamp)} ${delta.padStart(deltaColumns)} `;
      const where = place === '' ? '' : `${place}${' '.repeat(Math.max(0, placeColumns - stringWidth(place)))} `;
      const message = withoutNewline(event.message);
      const shown = toTerminal ? visibleText(message, color) : message;
      const indent = ' '.repeat(stringWidth(head) + stringWidth(where) + 2);
      const ink = inks.get(name) ?? palette.dim;
      const mark = levelOf(event.message) === 'error' ? paint(palette.error, '!') : ' ';
      text += `${paint(palette.dim, head)}${paint(ink, where)}${mark} `;
      text += `${shown.replaceAll('\n', `\n${indent}`)}\n`;
      previous = { timestamp: event.timestamp, name };
    }
    return text;
  };
}

/** Names of groups or streams as short as they can be, after their region where there are several. */
function createPlaceNames(sources: readonly EventSource[]): (origin: Origin) => string {
  const { nameOf } = createNaming(sources);
  const regions = new Set(sources.map(({ region }) => region));
  return regions.size > 1 ? (origin) => `${origin.region} ${nameOf(origin)}` : nameOf;
}

type Origin = Pick<LogEvent, 'region' | 'logGroupName' | 'logStreamName'>;

function toOrigin({ region, group, stream = '' }: EventSource): Origin {
  return { region, logGroupName: group, logStreamName: stream };
}

function inkAt({ labels }: Palette, index: number): Ink {
  return labels[index % labels.length] ?? labels[0];
}

/** How long after the line before: `+0ms`, `+38ms`, `+1.24s`, `+3m05s`, `+2h03m`. */
function renderDelta(ms: number): string {
  if (ms < 1_000) return `+${ms}ms`;
  if (ms < 59_995) return `+${(ms / 1_000).toFixed(2)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `+${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
  const minutes = Math.round(seconds / 60);
  return `+${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}
