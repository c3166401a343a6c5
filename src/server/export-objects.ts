import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StoredEvent } from './log-group.js';

/** Where objects go: below a prefix in the folder that stands for a bucket. */
export interface ExportPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** The events of a stream. */
export interface StreamEvents {
  readonly stream: string;
  readonly events: readonly StoredEvent[];
}

/** Puts the object by which the service finds out whether it may write. */
export function putWriteTest({ bucket, prefix }: ExportPlace): void {
  putObject(bucket, `${prefix}/aws-logs-write-test`, 'Permission Check Successful');
}

/** How many events one object holds; the service's own limit is not known. */
const maxObjectEvents = 20_000;

/** Puts the objects of a task: `<prefix>/<task>/<stream>/000000.gz`, each line a time and a message. */
export function putExport(
  { bucket, prefix, taskId }: ExportPlace & { readonly taskId: string },
  streams: Iterable<StreamEvents>,
): void {
  const objects = new Map<string, number>();
  for (const { stream, events } of streams) {
    // Streams whose names become the same share a folder, and go on counting.
    const name = stream.replaceAll('/', '-');
    for (let from = 0; from < events.length; from += maxObjectEvents) {
      const number = objects.get(name) ?? 0;
      objects.set(name, number + 1);
      const lines = events.slice(from, from + maxObjectEvents).map(toLine);
      const key = `${prefix}/${taskId}/${name}/${String(number).padStart(6, '0')}.gz`;
      putObject(bucket, key, gzipSync(lines.join('')));
    }
  }
}

function toLine({ timestamp, message }: StoredEvent): string {
  return `${new Date(timestamp).toISOString()} ${message}${message.endsWith('\n') ? '' : '\n'}`;
}

function putObject(bucket: string, key: string, body: string | Buffer): void {
  const parts = key.split('/').filter((part) => part !== '');
  const path = [bucket, ...parts.map(toFileName)].join('/');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
}

/** A part of a key as a file can be called: nothing leaves the folder. */
function toFileName(part: string): string {
  if (/^\.+$/.test(part)) return `%2E${part.slice(1)}`;
  return part.replace(/[%\\:*?"<>|\p{Cc}]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
