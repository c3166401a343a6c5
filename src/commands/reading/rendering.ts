import { ClosedPipeError } from '../../errors.js';
import type { Io, Reporter } from '../../io.js';
import type { LogEvent } from '../../logs/event.js';
import type { StreamSelector } from '../../logs/read/filter-events.js';
import type { Mark } from '../../render/highlight.js';
import type { EventSource } from '../../render/source-labels.js';
import type { OutputRequest } from '../options/output.js';

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

/** What is rendered, and for whom. */
export interface RenderedSubject {
  readonly present: { readonly zone: string };
  readonly sources: readonly EventSource[];
  readonly toTerminal: boolean;
  readonly marksLate?: boolean;
  /** What is highlighted on a terminal with colour. */
  readonly marks?: readonly Mark[];
  /** Tells before which events a separator stands. */
  readonly beginsIsland?: ((event: LogEvent) => boolean) | undefined;
}

/** Makes what turns pages of events into text, in the form that was asked for. */
export async function createRenderer(
  output: OutputRequest,
  subject: RenderedSubject,
  io: Io,
): Promise<(events: readonly LogEvent[]) => string> {
  const render = await createRecordRenderer(output, subject, io);
  const { beginsIsland, toTerminal } = subject;
  // What is made for a program takes no other lines.
  if (beginsIsland === undefined || output.endsInNull || output.query !== undefined) return render;
  const { withSeparators } = await import('../../render/islands.js');
  const { createPalette } = await import('../../render/palette.js');
  return withSeparators(render, beginsIsland, output.format, createPalette(output.color && toTerminal).dim);
}

async function createRecordRenderer(
  { format, withName, color, query, layout, endsInNull }: OutputRequest,
  { present, sources, toTerminal, marksLate = false, marks = [] }: RenderedSubject,
  io: Io,
): Promise<(events: readonly LogEvent[]) => string> {
  const { createEventRenderer } = await import('../../render/event-renderer.js');
  const { createLateClock } = await import('../../time/wall-clock.js');
  const highlight = color && toTerminal && marks.length > 0 ? await createHighlight(marks) : {};
  const terminal = { color, columns: io.stdout.columns, nowMs: io.now(), sources, marksLate, ...highlight };
  const clock = createLateClock(present);
  const render = createEventRenderer({ format, withName, layout, clock, ...(toTerminal ? { terminal } : {}) });
  if (query === undefined && !endsInNull) return render;
  const queried = (event: LogEvent): LogEvent =>
    query === undefined ? event : { ...event, message: query(event.message) };
  if (!endsInNull) return (events) => render(events.map(queried));
  // One by one: only so is it known where a record ends.
  return (events) => events.map((event) => `${render([queried(event)]).slice(0, -1)}\0`).join('');
}

async function createHighlight(marks: readonly Mark[]): Promise<{ highlight: (visible: string) => string }> {
  const { createHighlighter } = await import('../../render/highlight.js');
  const { createPalette } = await import('../../render/palette.js');
  return { highlight: createHighlighter(marks, createPalette(true).match) };
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
