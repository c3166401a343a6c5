import { randomBytes } from 'node:crypto';

/** `2026-11-20T15-30-45Z-4f1c9a02`: in the order of time where streams are listed, and no two processes have the same. */
export function newStreamName(nowMs: number): string {
  const time = new Date(nowMs).toISOString().slice(0, 'yyyy-MM-ddTHH:mm:ss'.length).replaceAll(':', '-');
  return `${time}Z-${randomBytes(4).toString('hex')}`;
}
