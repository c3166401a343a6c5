import { ClosedPipeError, quote, SaveError, UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import { createEventReader, createLineReader, type LineReader } from '../../shape/line-events.js';
import { splitLines } from '../../shape/lines.js';
import { refuseTogether } from '../options/values.js';
import type { LineFlags } from './options.js';

/** What a reader of lines has to know besides the options. */
export interface PutReaderContext {
  readonly zone: string;
  readonly keepsStreams: boolean;
  readonly warn: (text: string) => void;
}

/** Makes what turns the lines of stdin into events, as the options say. */
export async function createPutReader(
  flags: LineFlags,
  { zone, keepsStreams, warn }: PutReaderContext,
): Promise<LineReader> {
  const { jsonTime, timeFormat, multiline } = flags;
  if (jsonTime?.trim() === '') {
    throw new UsageError({ flag: '--json-time', value: jsonTime, problem: 'is empty', fix: 'try --json-time time' });
  }
  refuseTogether('--json-time', jsonTime, '--time-format', timeFormat);
  if (flags.fromJson === true) {
    refuseTogether('--from-json', true, '--json-time', jsonTime);
    refuseTogether('--from-json', true, '--time-format', timeFormat);
    refuseTogether('--from-json', true, '--multiline', multiline);
    return createEventReader({ keepsStreams }, '--from-json');
  }
  const { parseRegex } = await import('../../shape/regex.js');
  const isFirst = multiline === undefined ? undefined : parseRegex(multiline, '--multiline');
  const rules = (timeOf: (line: string, nowMs: number) => number | undefined, flag: string) => ({
    timeOf,
    isFirst,
    onUntimedStart: (line: string) =>
      warn(`${flag} finds no time in the first line, which has that of its reading: ${quote(line)}`),
  });
  if (jsonTime !== undefined) return createLineReader(rules(await fieldTime(jsonTime, zone), '--json-time'));
  if (timeFormat === undefined) return createLineReader({ isFirst });
  const { parseTimePattern } = await import('../../time/time-pattern.js');
  return createLineReader(rules(parseTimePattern(timeFormat, zone, '--time-format'), '--time-format'));
}

/** Makes what reads the time from a field of a JSON line. */
async function fieldTime(field: string, zone: string): Promise<(line: string) => number | undefined> {
  const { createFieldTime } = await import('../../time/line-time.js');
  const { memberOf } = await import('../../shape/json-member.js');
  const toTime = createFieldTime(zone);
  return (line) => toTime(memberOf(line, field));
}

/** What is noticed of stdin while it is read. */
export interface StdinWatch {
  /** Lines in which bytes were replaced that are not UTF-8, as far as that can be told. */
  replaced: number;
}

/** Reads the lines of stdin until it ends or the run is interrupted; what was read by then still comes. */
export async function* stdinLines(io: Io, tee: boolean, watch: StdinWatch): AsyncGenerator<readonly string[]> {
  for await (const lines of splitLines(piecesOf(io, tee), 'stdin')) {
    watch.replaced += countReplaced(lines);
    yield lines;
  }
}

async function* piecesOf(io: Io, tee: boolean): AsyncGenerator<string> {
  let copies = tee;
  try {
    for await (const piece of io.stdin) {
      if (io.signal.aborted) return;
      const copied = copies ? await copy(io, piece).catch((error: unknown) => ({ error })) : false;
      // A full disk behind stdout is no reason not to deliver what was read.
      yield piece;
      if (typeof copied === 'object') throw copied.error;
      copies = copied;
    }
  } catch (error) {
    if (!io.signal.aborted || error instanceof SaveError) throw error;
  }
}

/** Copies to stdout; false once its reader has gone, which is no reason not to deliver. */
async function copy(io: Io, piece: string): Promise<boolean> {
  try {
    await io.stdout.write(piece);
    return true;
  } catch (error) {
    if (error instanceof ClosedPipeError) return false;
    throw error;
  }
}

const replacement = '\ufffd';

function countReplaced(lines: readonly string[]): number {
  let count = 0;
  for (const line of lines) if (line.includes(replacement)) count += 1;
  return count;
}
