import { quote, UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import type { Io } from '../../io.js';

/** Which lines are wanted. */
export interface LineRequest {
  /** Files; `-` is stdin. */
  readonly paths: readonly string[];
  /** Whether the lines that do not match are wanted. */
  readonly isInverted: boolean;
  /** Whether each line is an event as JSON, rather than a message. */
  readonly isJson: boolean;
  readonly shows: string;
}

/** Says of each message whether it matches. */
export type LineTest = (messages: readonly string[]) => Promise<readonly boolean[]>;

/** How many lines there were, and how many of them were wanted. */
export interface LineTally {
  read: number;
  selected: number;
  /** Whether the lines that were looked at, of the first ones, were all events as `--format json` prints them. */
  areEvents: boolean;
}

/** How many lines are looked at for what they are. */
const sampleSize = 20;

/** Writes the lines that are wanted, where lines are to be shown, and counts them. */
export async function selectLines(request: LineRequest, test: LineTest, io: Io): Promise<LineTally> {
  const { paths, isInverted, isJson, shows } = request;
  const { splitLines } = await import('../../shape/lines.js');
  const { readTextFile } = await import('../../save/text-file.js');
  const { visibleText } = await import('../../render/visible-text.js');
  const tally: LineTally = { read: 0, selected: 0, areEvents: true };
  for (const path of paths) {
    const name = path === '-' ? 'stdin' : path;
    const readBefore = tally.read;
    const text = path === '-' ? refusePacked(io.stdin) : refusePacked(readTextFile(path, io.signal), path);
    for await (const lines of splitLines(text, name)) {
      io.signal.throwIfAborted();
      const first = tally.read - readBefore + 1;
      const messages = isJson ? lines.map((line, index) => messageOf(line, { number: first + index, name })) : lines;
      const answers = await test(messages);
      const selected = lines.filter((_, index) => answers[index] !== isInverted);
      const sample = isJson || !tally.areEvents ? [] : lines.slice(0, Math.max(0, sampleSize - tally.read));
      tally.areEvents &&= sample.every(isEvent);
      tally.read += lines.length;
      tally.selected += selected.length;
      if (shows !== 'lines') continue;
      const shown = io.stdout.isTTY ? selected.map((line) => visibleText(line, true)) : selected;
      await io.stdout.write(shown.map((line) => `${line}\n`).join(''));
    }
  }
  return tally;
}

/** Hands text through, unless its first bytes are those of what is packed. */
async function* refusePacked(pieces: AsyncIterable<string>, path?: string): AsyncGenerator<string> {
  let isFirst = true;
  for await (const piece of pieces) {
    const packed = isFirst ? packers.find(({ start }) => piece.startsWith(start)) : undefined;
    if (packed !== undefined) throw packedText(packed, path);
    isFirst = false;
    yield piece;
  }
}

interface Packer {
  readonly kind: string;
  /** Its first bytes, as they are read as text. */
  readonly start: string;
  readonly ending: string;
  readonly tool: string;
}

const packers: readonly Packer[] = [
  { kind: 'gzip', start: '\u001f\ufffd', ending: '.gz', tool: 'gunzip' },
  { kind: 'zstd', start: '(\ufffd/\ufffd', ending: '.zst', tool: 'zstd' },
];

function packedText({ kind, ending, tool }: Packer, path: string | undefined): UsageError {
  const unpack = `${tool} -dc ${path === undefined ? 'app.log' : toShellLine([path])} | cwlogs pattern …`;
  if (path === undefined) {
    return new UsageError({ flag: 'stdin', problem: `is packed by ${kind}`, fix: `unpack it before: ${unpack}` });
  }
  const problem = `is packed by ${kind}, and its name does not end in ${ending}`;
  return new UsageError({ flag: '<file>', value: path, problem, fix: `rename it, or unpack it: ${unpack}` });
}

function isEvent(line: string): boolean {
  if (!line.startsWith('{')) return false;
  const event = parseJson(line);
  if (typeof event !== 'object' || event === null || !('message' in event && 'timestamp' in event)) return false;
  return typeof event.message === 'string' && typeof event.timestamp === 'number';
}

/** The message in a line of `--format json`. */
function messageOf(line: string, { number, name }: { readonly number: number; readonly name: string }): string {
  const event = parseJson(line);
  if (typeof event === 'object' && event !== null && 'message' in event && typeof event.message === 'string') {
    return event.message;
  }
  throw new UsageError({
    flag: '--from-json',
    problem: `finds no message in line ${number} of ${quote(name)}`,
    fix: 'it reads what --format json prints',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
