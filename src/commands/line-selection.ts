import { quote, UsageError } from '../errors.js';
import type { Io } from '../io.js';

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
}

/** Writes the lines that are wanted, where lines are to be shown, and counts them. */
export async function selectLines(request: LineRequest, test: LineTest, io: Io): Promise<LineTally> {
  const { paths, isInverted, isJson, shows } = request;
  const { splitLines } = await import('../shape/lines.js');
  const { readTextFile } = await import('../save/text-file.js');
  const { visibleText } = await import('../render/visible-text.js');
  const tally: LineTally = { read: 0, selected: 0 };
  for (const path of paths) {
    const name = path === '-' ? 'stdin' : path;
    const readBefore = tally.read;
    for await (const lines of splitLines(path === '-' ? io.stdin : readTextFile(path, io.signal), name)) {
      io.signal.throwIfAborted();
      const first = tally.read - readBefore + 1;
      const messages = isJson ? lines.map((line, index) => messageOf(line, { number: first + index, name })) : lines;
      const answers = await test(messages);
      const selected = lines.filter((_, index) => answers[index] !== isInverted);
      tally.read += lines.length;
      tally.selected += selected.length;
      if (shows !== 'lines') continue;
      const shown = io.stdout.isTTY ? selected.map((line) => visibleText(line, true)) : selected;
      await io.stdout.write(shown.map((line) => `${line}\n`).join(''));
    }
  }
  return tally;
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
