import { writeSync } from 'node:fs';

const stderrFd = 2;

/** Says something although the process or the thread may end at once: its own stderr might show it too late. */
export function sayNow(text: string): void {
  try {
    writeSync(stderrFd, `${text}\n`);
  } catch {
    // A closed or full stderr is no reason to lose lines.
  }
}
