import { UsageError } from '../errors.js';
import type { LogEvent } from '../logs/event.js';

const eventFormats = ['message', 'short', 'detailed', 'json', 'fields'] as const;

/** How events are written: the values of `--format`. */
export type EventFormat = (typeof eventFormats)[number];

/** Turns a page of events into the text to write for it. */
export type EventRenderer = (events: readonly LogEvent[]) => string;

/** Whether a value of `--format` is a template rather than the name of a format. */
export function isTemplate(format: string): boolean {
  return format.includes('{') || format.includes('}');
}

/** Reads the name of a format; anything but a known one is a usage error, which names those of the command too. */
export function parseEventFormat(text: string, flag: string, others: readonly string[] = []): EventFormat {
  const format = eventFormats.find((name) => name === text);
  if (format === undefined) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'is not a format',
      fix: `use ${[...others, ...eventFormats].join(', ')}, or a template such as '{time:HH:mm:ss} {message}'`,
    });
  }
  return format;
}
