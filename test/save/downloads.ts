import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent } from '../../src/logs/event.js';
import type { Checkpoint } from '../../src/save/checkpoint.js';
import { type DownloadOptions, startDownload } from '../../src/save/download.js';
import { parseOutputPath } from '../../src/save/output-path.js';
import { toEvent } from '../logs/fixtures.js';
import { compileUtcTime } from '../render/fixtures.js';
import { temporaryFolder } from './folder.js';

/** Uncompressed output between two checkpoints. */
export const checkpointBytes = 200;

/** Three streams, three events to a millisecond, messages of many lengths. */
export const events = Array.from({ length: 120 }, (_, index) =>
  toEvent({
    timestamp: Math.floor(index / 3),
    eventId: String(index),
    logStreamName: ['web/1', 'web_1', 'WEB_1'][(index % 7) % 3] ?? '',
    message: `${index} ${'é'.repeat((index * 7) % 23)}`,
  }),
);

/** A download of messages into a folder, with many checkpoints. */
export function optionsOf(folder: string, name: string, more: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    output: parseOutputPath(join(folder, name), compileUtcTime),
    checkpointPath: join(folder, 'resume'),
    fingerprint: 'f',
    request: { endMs: 1 },
    render,
    force: false,
    checkpointBytes,
    ...more,
  };
}

/** The messages, a line each. */
export function render(some: readonly LogEvent[]): string {
  return some.map(({ message }) => `${message}\n`).join('');
}

/** Downloads pages to the end. */
export async function complete(
  folder: string,
  name: string,
  pages: readonly (readonly LogEvent[])[],
  from?: Checkpoint,
  more: Partial<DownloadOptions> = {},
) {
  const download = await startDownload(optionsOf(folder, name, { from, ...more }));
  for (const page of pages) await download.write(page);
  return download.complete();
}

/** What every file holds after an uninterrupted download. */
export async function saved(name: string, pages: readonly (readonly LogEvent[])[]): Promise<Record<string, string>> {
  const folder = temporaryFolder();
  await complete(folder, name, pages);
  return contents(folder);
}

/** Every file but the checkpoint, as Latin-1 so that bytes can be compared. */
export function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name !== 'resume' && statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.sort().map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, bytes.toString(name.endsWith('.gz') ? 'latin1' : 'utf8')];
    }),
  );
}

/** What the service gives from the position on: what was written at that very timestamp comes again. */
export function remaining(pages: readonly (readonly LogEvent[])[], from: Checkpoint | undefined): LogEvent[][] {
  const sinceMs = from?.position?.timestamp ?? 0;
  return pages.map((page) => page.filter(({ timestamp }) => timestamp >= sinceMs));
}
