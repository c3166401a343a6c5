import type { Command } from 'commander';
import { ClosedPipeError } from '../errors.js';
import type { Io, Reporter } from '../io.js';
import type { LogEvent } from '../logs/event.js';
import type { StreamSelector } from '../logs/read/filter-events.js';
import type { EventFormat } from '../render/event-format.js';
import type { Mark } from '../render/highlight.js';
import type { EventSource } from '../render/source-labels.js';
import { type GlobalFlags, parseChoice } from './options.js';

/** How events are shown, as it was typed. */
export interface OutputFlags extends GlobalFlags {
  readonly format: string;
  readonly withName?: boolean;
}

/** How events are shown, as it is meant. */
export interface OutputRequest {
  readonly format: EventFormat;
  readonly withName: boolean;
  readonly color: boolean;
}

/** Adds the options that say how events are shown. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--format <form>', 'message, short, detailed, json or fields', 'message')
    .option('-H, --with-name', 'group:stream and a tab before each piped line');
}

/** Reads the options that say how events are shown. */
export async function toOutputRequest(flags: OutputFlags, io: Io): Promise<OutputRequest> {
  const { parseEventFormat } = await import('../render/event-format.js');
  return {
    format: parseEventFormat(flags.format, '--format'),
    withName: flags.withName === true,
    color: await toColor(flags, io),
  };
}

/** Whether stdout gets colour. */
export async function toColor(flags: GlobalFlags, io: Io): Promise<boolean> {
  const { resolveColor } = await import('../render/color.js');
  return resolveColor(parseChoice(flags.color, '--color', ['auto', 'always', 'never']), io.env, io.stdout.isTTY);
}

/** What has come out of a run. */
export interface Tally {
  events: number;
  bytes: number;
  firstTimestamp: number | null;
  lastTimestamp: number | null;
}

/** Where events end up: stdout or files. */
export interface Destination {
  /** Resolves to the bytes of output that the events make. */
  write(events: readonly LogEvent[]): Promise<number>;
  /** All events have come. */
  complete(): Promise<void>;
  /** The run ends before that, by this error. */
  interrupt(error: unknown, tally: Tally): Promise<void>;
}

/** Makes what turns pages of events into text, in the form that was asked for. */
export async function createRenderer(
  { format, withName, color }: OutputRequest,
  subject: {
    readonly zone: string;
    readonly sources: readonly EventSource[];
    readonly toTerminal: boolean;
    readonly marksLate?: boolean;
    /** What is highlighted on a terminal with colour. */
    readonly marks?: readonly Mark[];
    /** Tells before which events a separator stands. */
    readonly beginsIsland?: ((event: LogEvent) => boolean) | undefined;
  },
  io: Io,
): Promise<(events: readonly LogEvent[]) => string> {
  const { createEventRenderer } = await import('../render/event-renderer.js');
  const { createHighlighter } = await import('../render/highlight.js');
  const { withSeparators } = await import('../render/islands.js');
  const { createPalette } = await import('../render/palette.js');
  const { createWallClock } = await import('../time/wall-clock.js');
  const { sources, marksLate = false, marks = [], toTerminal, beginsIsland } = subject;
  const { match, dim } = createPalette(color && toTerminal);
  const highlight = color && marks.length > 0 ? { highlight: createHighlighter(marks, match) } : {};
  const terminal = { color, columns: io.stdout.columns, nowMs: io.now(), sources, marksLate, ...highlight };
  const clock = createWallClock(subject.zone);
  const render = createEventRenderer({ format, withName, clock, ...(toTerminal ? { terminal } : {}) });
  return beginsIsland === undefined ? render : withSeparators(render, beginsIsland, format, dim);
}

/** Where the events of a request may come from: every group in every region, and the stream where it is one. */
export function toSources(
  { logGroups, streams }: { readonly logGroups: readonly string[]; readonly streams: StreamSelector },
  regions: readonly string[],
): EventSource[] {
  const stream = streams.kind === 'names' && streams.names.length === 1 ? { stream: streams.names.join() } : {};
  return logGroups.flatMap((group) => regions.map((region) => ({ region, group, ...stream })));
}

/** Makes the destination that is stdout. */
export function toStdout(render: (events: readonly LogEvent[]) => string, io: Io, reporter: Reporter): Destination {
  return {
    async write(events) {
      const text = render(events);
      await io.stdout.write(text);
      return text.length;
    },
    complete: async () => {},
    async interrupt(error, { events, lastTimestamp }) {
      // Whoever leaves, or sees the lines and interrupts, knows that there was more.
      if (error instanceof ClosedPipeError || lastTimestamp === null || (io.signal.aborted && io.stdout.isTTY)) return;
      await reporter.error(`INCOMPLETE: ${events} events, up to ${new Date(lastTimestamp).toISOString()}`);
    },
  };
}
