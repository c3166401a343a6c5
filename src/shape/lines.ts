import { SaveError } from '../errors.js';

/** UTF-16 units of one line that are held in memory: sixteen times the bytes that CloudWatch Logs takes as one event. */
const maxLineLength = 16 * 1024 * 1024;

/** Splits the text of a file into lines without their endings, as many at a time as a piece of the text completes. */
export async function* splitLines(pieces: AsyncIterable<string>, path: string): AsyncGenerator<readonly string[]> {
  let begun: string[] = [];
  let begunLength = 0;
  let count = 0;
  let isStart = true;
  for await (const piece of pieces) {
    const lines = (isStart ? withoutMark(piece) : piece).split('\n');
    isStart &&= piece === '';
    const rest = lines.pop() ?? '';
    const [first] = lines;
    if (first !== undefined) {
      lines[0] = begun.join('') + first;
      begun = [];
      begunLength = 0;
      count += lines.length;
      // A text without any is not copied, which a million lines would show.
      yield piece.includes('\r') || lines[0].endsWith('\r') ? lines.map(withoutReturn) : lines;
    }
    begun.push(rest);
    begunLength += rest.length;
    if (begunLength > maxLineLength) {
      throw new SaveError(path, `line ${count + 1} is longer than ${maxLineLength} characters; is it text?`, 'read');
    }
  }
  if (begunLength > 0) yield [begun.join('')];
}

/** The byte order mark that editors put before a text is not of its first line. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
