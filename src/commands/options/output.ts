import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { EventFormat } from '../../render/event-format.js';
import type { MessageLayout } from '../../render/message-text.js';
import type { MessageShape } from '../../shape/query.js';
import type { GlobalFlags } from './global.js';
import { parseChoice, refuseTogether } from './values.js';

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
Formats:
  message     the message alone; on a terminal with the time, and the source where there are several
  short       2026-11-20 15:04:05.123 message
  detailed    2026-11-20 15:04:05.123 group stream message
  json        an object a line: timestamp, time, ingestionTime, region, group, stream, message,
              eventId
  fields      an object a line: the fields of a JSON message with @timestamp, @group and @stream

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

/** Reads the options that say how events are shown; `others` are formats that the command has besides. */
export async function toOutputRequest(
  flags: OutputFlags,
  io: Io,
  others: readonly string[] = [],
): Promise<OutputRequest> {
  refuseTogether('--expand', flags.expand, '--single-line', flags.singleLine);
  const format = await toFormat(flags.format, others);
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

async function toFormat(text: string, others: readonly string[]): Promise<OutputRequest['format']> {
  const { isTemplate, parseEventFormat } = await import('../../render/event-format.js');
  if (!isTemplate(text)) return parseEventFormat(text, '--format', others);
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
