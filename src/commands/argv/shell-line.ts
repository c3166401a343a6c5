import { shellWord } from '../../escape.js';

/** The words of a command line as a line that can be pasted into a shell. */
export function toShellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** The command line to go on with, ready to be pasted into a shell. */
export function renderGoOn(
  called: readonly string[],
  argv: readonly string[],
  how: 'resumed' | 'again' | 'anew',
): string {
  const [command = 'fetch', ...others] = argv.filter((word) => word !== '--resume');
  const unforced = others.filter((word) => word !== '--force');
  const words = { resumed: ['--resume', ...unforced], again: others, anew: ['--force', ...unforced] };
  return toShellLine([...called, command, ...words[how]]);
}
