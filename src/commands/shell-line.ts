import { shellWord } from '../escape.js';

/** The words of a command line as a line that can be pasted into a shell. */
export function toShellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
