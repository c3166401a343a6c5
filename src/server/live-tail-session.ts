import type { Writable } from 'node:stream';
import { createEventSample } from './event-sample.js';
import { toEventFrame, toExceptionFrame } from './event-stream.js';
import type { SessionEnding } from './live-tail.js';
import type { LogGroup, StoredEvent } from './log-group.js';
import { accountId, type Service } from './service.js';
import { createUpdateQueue, type Update } from './update-queue.js';
import type { Arrival } from './visibility.js';

/** What a session shows. */
export type SessionTest = (group: LogGroup, event: StoredEvent) => boolean;

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
const updateMs = 1_000;
const maxUpdateEvents = 500;

/**
 * Follows what becomes readable from now on: one update a second, empty ones too, until the session ends or the client
 * has gone.
 */
export function followLiveTail({ clock, store, liveTail }: Service, isWanted: SessionTest, connection: Writable): void {
  const seen = createEventSample<Arrival>(maxUpdateEvents, liveTail.random);
  const queue = createUpdateQueue(connection);
  const stopWatching = store.watch((arrival) => {
    if (isWanted(arrival.group, arrival.event)) seen.add(arrival);
  });
  const tick = () => {
    stopTicking = clock.after(updateMs, tick);
    store.settle();
    const update = toUpdate(seen.take());
    if (!liveTail.drawLoss()) queue.push(update);
  };
  let stopTicking = clock.after(updateMs, tick);
  const session = {
    silence() {
      stopTicking();
      stopWatching();
      stopWaiting();
    },
  };
  const { afterMs, ending } = liveTail.drawEnd();
  const stopWaiting = clock.after(afterMs, () => {
    session.silence();
    end(connection, ending);
  });
  liveTail.sessions.add(session);
  connection.once('close', () => {
    session.silence();
    liveTail.sessions.delete(session);
  });
}

function toUpdate({ events, sampled }: { readonly events: readonly Arrival[]; readonly sampled: boolean }): Update {
  const sessionResults = events.map(({ group, event: { timestamp, message, batch } }) => ({
    logStreamName: batch.stream.name,
    // Not the ARN of the request: the service's own `account:name`.
    logGroupIdentifier: `${accountId}:${group.name}`,
    message,
    timestamp,
    ingestionTime: batch.ingestionTime,
  }));
  const frame = toEventFrame('sessionUpdate', { sessionMetadata: { sampled }, sessionResults });
  return { frame, events: events.length };
}

function end(connection: Writable, ending: SessionEnding): void {
  switch (ending) {
    case 'timeout':
      connection.end(toExceptionFrame('SessionTimeoutException', 'The session has timed out.'));
      break;
    case 'exception':
      connection.end(toExceptionFrame('SessionStreamingException', 'The session has failed.'));
      break;
    case 'cut':
      connection.destroy();
      break;
    case 'silence':
      break;
  }
}
