import type { Writable } from 'node:stream';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
const maxQueuedUpdates = 10;
const maxQueuedEvents = 5_000;

/** A frame that a slow client may miss. */
export interface Update {
  readonly frame: Buffer;
  readonly events: number;
}

/** Sends updates as fast as a client takes them; one that falls behind silently loses the oldest. */
export function createUpdateQueue(connection: Writable): { push(update: Update): void } {
  const queue: Update[] = [];
  let events = 0;
  const shift = (): Update | undefined => {
    const oldest = queue.shift();
    events -= oldest?.events ?? 0;
    return oldest;
  };
  const flush = () => {
    while (!connection.writableNeedDrain) {
      const oldest = shift();
      if (oldest === undefined) return;
      connection.write(oldest.frame);
    }
  };
  connection.on('drain', flush);
  return {
    push(update) {
      queue.push(update);
      events += update.events;
      while (queue.length > maxQueuedUpdates || events > maxQueuedEvents) shift();
      flush();
    },
  };
}
