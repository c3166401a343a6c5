import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder that goes when the test ends; a concurrent test gives its own `onTestFinished`. */
export function temporaryFolder(atEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'cwlogs-save-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
