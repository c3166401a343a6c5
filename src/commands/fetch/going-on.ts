import { sayable, toShellLine } from '../../escape.js';
import type { Io } from '../../io.js';
import { type GrepRequest, needsWhole } from '../options/grep.js';

/** Makes what says by which command an interrupted download goes on. */
export function createGoingOn(io: Io, argv: readonly string[], grep: GrepRequest): (resume: boolean) => string {
  return (resume) => renderGoOn(io.called, argv, needsWhole(grep) ? 'anew' : resume ? 'resumed' : 'again');
}

function renderGoOn(called: readonly string[], argv: readonly string[], how: 'resumed' | 'again' | 'anew'): string {
  const [command = 'fetch', ...others] = argv.filter((word) => word !== '--resume');
  const unforced = others.filter((word) => word !== '--force');
  const words = { resumed: ['--resume', ...unforced], again: others, anew: ['--force', ...unforced] };
  const line = toShellLine([...called, command, ...words[how]]);
  // A secret is not shown, and a line with a gap in its place is another request.
  return sayable(line) === line ? line : described[how];
}

const described = {
  resumed: 'the same command line and --resume',
  again: 'the same command line',
  anew: 'the same command line and --force',
} as const;
