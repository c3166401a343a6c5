import type { Command } from 'commander';
import { ClosedPipeError, UsageError } from '../../errors.js';
import type { Io, Reporter } from '../../io.js';
import type { LogEvent } from '../../logs/event.js';
import type { StreamSelector } from '../../logs/read/filter-events.js';
import type { EventFormat } from '../../render/event-format.js';
import type { Mark } from '../../render/highlight.js';
import type { MessageLayout } from '../../render/message-text.js';
import type { EventSource } from '../../render/source-labels.js';
import type { MessageShape } from '../../shape/query.js';
import { type GlobalFlags, parseChoice, refuseTogether } from './options.js';

/** How events are shown, as it was typed. */
export interface OutputFlags extends GlobalFlags {
  readonly format: string;
  readonly withName?: boolean;
  readonly query?: string;
  readonly expand?: boolean;
  readonly singleLine?: boolean;
  readonly null?: boolean;
}

/** How events are shown, as it is meant. */
export interface OutputRequest {
  readonly format: EventFormat | { readonly template: string };
  readonly withName: boolean;
  readonly color: boolean;
  /** What JSON messages are turned into. */
  readonly query: MessageShape | undefined;
  readonly layout: MessageLayout | undefined;
  /** NUL after each record, in place of the newline. */
  readonly endsInNull: boolean;
}

/** Adds the options that say how events are shown. */
export function addOutputOptions(command: Command): Command {
  return command
    .option(
      '--format <form>',
      "message, short, detailed, json, fields, or a template: '{time:HH:mm:ss} {json.path}'",
      'message',
    )
    .option('--query <jmespath>', 'what JSON messages are turned into; others stay as they are')
    .option('--expand', 'JSON messages laid out over several lines')
    .option('--single-line', 'line breaks in a message written as \\n')
    .option('-0, --null', 'NUL after each event in place of a newline, for xargs -0')
    .option('-H, --with-name', 'group:stream and a tab before each piped line')
    .addHelpText('after', templates);
}

const templates = `
Templates:
  {time}, {ingestionTime}     2026-11-20 15:04:05.123, in the zone that is shown; {time:HH:mm:ss}
                              has some of yyyy MM dd HH mm ss SSS
  {region}, {group}, {stream}, {eventId}, {message}
  {url}                       the event in the CloudWatch console
  {json.items.0."a.b"}        a value of a JSON message, or of the result of --query; else empty
  {{, }}, \\t, \\n, \\0, \\\\      braces, a tab, a newline, NUL, a backslash

The result of --query takes the place of a JSON message in every form: text as it is, anything
else as JSON on one line, null where there is nothing.`;

/** What --dry-run says of it. */
export function toDryOutput(flags: OutputFlags): object {
  return {
    format: flags.format,
    query: flags.query ?? null,
    expand: flags.expand === true,
    singleLine: flags.singleLine === true,
    null: flags.null === true,
    withName: flags.withName === true,
  };
}

/** Reads the options that say how events are shown. */
export async function toOutputRequest(flags: OutputFlags, io: Io): Promise<OutputRequest> {
  refuseTogether('--expand', flags.expand, '--single-line', flags.singleLine);
  const format = await toFormat(flags.format);
  if (flags.expand === true && (format === 'json' || format === 'fields')) {
    const problem = `lays messages out over several lines, and --format ${format} has one for each event`;
    throw new UsageError({ flag: '--expand', problem, fix: 'leave one out, or pipe it into jq' });
  }
  const { createQuery } = flags.query === undefined ? {} : await import('../../shape/query.js');
  return {
    format,
    withName: flags.withName === true,
    color: await toColor(flags, io),
    query: flags.query === undefined ? undefined : createQuery?.(flags.query, '--query'),
    layout: flags.expand === true ? 'expanded' : flags.singleLine === true ? 'folded' : undefined,
    endsInNull: flags.null === true,
  };
}

async function toFormat(text: string): Promise<OutputRequest['format']> {
  const { isTemplate, parseEventFormat } = await import('../../render/event-format.js');
  if (!isTemplate(text)) return parseEventFormat(text, '--format');
  const { parseTemplate } = await import('../../render/template.js');
  const { createWallClock } = await import('../../time/wall-clock.js');
  // Its zone matters when it is used, its mistakes now.
  parseTemplate(text, { clock: createWallClock('UTC') });
  return { template: text };
}

/** Whether stdout gets colour. */
export async function toColor(flags: GlobalFlags, io: Io): Promise<boolean> {
  const { resolveColor } = await import('../../render/color.js');
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
  if (beginsIsland === undefined || output.endsInNull) return render;
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
