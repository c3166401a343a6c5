import { StringDecoder } from 'node:string_decoder';
import { ClosedPipeError, quote, SaveError, UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import { createEventReader, createLineReader, type LineReader } from '../../shape/line-events.js';
import { splitLines } from '../../shape/lines.js';
import type { Present } from '../../time/zone.js';
import { refuseTogether } from '../options/values.js';
import type { LineFlags } from './options.js';

/** What a reader of lines has to know besides the options. */
export interface PutReaderContext {
  /** Its zone is looked up where a time has to be read. */
  readonly present: Present;
  readonly keepsStreams: boolean;
  readonly warn: (text: string) => void;
}

/** Makes what turns the lines of stdin into events, as the options say. */
export async function createPutReader(
  flags: LineFlags,
  { present, keepsStreams, warn }: PutReaderContext,
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
  if (jsonTime !== undefined) return createLineReader(rules(await fieldTime(jsonTime, present.zone), '--json-time'));
  if (timeFormat === undefined) return createLineReader({ isFirst });
  const { parseTimePattern } = await import('../../time/time-pattern.js');
  return createLineReader(rules(parseTimePattern(timeFormat, present.zone, '--time-format'), '--time-format'));
}

/** Makes what reads the time from a field of a JSON line. */
async function fieldTime(field: string, zone: string): Promise<(line: string) => number | undefined> {
  const { createFieldTime } = await import('../../time/line-time.js');
  const { memberOf } = await import('../../shape/json-member.js');
  const toTime = createFieldTime(zone);
  return (line) => toTime(memberOf(line, field));
}

/** Stdin as it is put, and copied where that was asked for. */
export interface PutInput {
  /** Its lines, until it ends or the run is interrupted; what was read by then still comes. */
  readonly lines: AsyncGenerator<readonly string[]>;
  /** Lines in which bytes were replaced that are not UTF-8, as far as that can be told. */
  readonly replaced: number;
  /** Whether it is being copied: not any more where it has ended, or the reader of the copy has gone. */
  readonly copies: boolean;
  /** What was to become of the lines that were not read when it was left; undefined where all were read. */
  readonly rest: 'unread' | 'copied' | undefined;
  /** Nothing more is put; the copy goes on to the end of stdin all the same, for whoever reads it. */
  leave(): Promise<void>;
}

/** Opens stdin; it is read as its lines are. */
export function openPutInput(io: Io, tee: boolean): PutInput {
  let copies = tee;
  let replaced = 0;
  let isLeft = false;
  let isRead = false;
  let rest: PutInput['rest'];
  const pieces = readPieces();

  async function* readPieces(): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    try {
      for await (const bytes of io.stdin.bytes()) {
        if (io.signal.aborted) return;
        const copied = copies ? await copy(io, bytes).catch((error: unknown) => ({ error })) : false;
        // A full disk behind stdout is no reason not to deliver what was read.
        yield decoder.write(bytes);
        copies = copied === true;
        if (typeof copied === 'object') throw copied.error;
        if (isLeft && !copies) return;
      }
      yield decoder.end();
    } catch (error) {
      if (!io.signal.aborted || error instanceof SaveError) throw error;
    } finally {
      copies = false;
    }
  }
  async function* readLines(): AsyncGenerator<readonly string[]> {
    // Without a way to end them: lines that are too long to be put are still to be copied.
    const unended = { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
    for await (const lines of splitLines(unended, 'stdin')) {
      replaced += countReplaced(lines);
      yield lines;
    }
    isRead = true;
  }

  return {
    lines: readLines(),
    get replaced() {
      return replaced;
    },
    get copies() {
      return copies;
    },
    get rest() {
      return rest;
    },
    async leave() {
      isLeft = true;
      if (!isRead) rest = copies ? 'copied' : 'unread';
      if (!copies) return io.stdin.close();
      for await (const _ of pieces);
    },
  };
}

/** Copies to stdout; false once its reader has gone, which is no reason not to deliver. */
async function copy(io: Io, bytes: Uint8Array): Promise<boolean> {
  try {
    await io.stdout.write(bytes);
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
