import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { WriteEvent } from './batches.js';
import { checkRetention } from './retention.js';
import type { WriteTally } from './tally.js';
import { unlessAborted } from './unless-aborted.js';
import { createWriter, type WriterOptions } from './writer.js';

/** An event to put, and the stream it goes to where that is not the one of all. */
export type PutEvent = WriteEvent & { readonly logStream?: string | undefined };

/**
 * Puts events into the streams of a log group, at least once and in order per stream: in legal batches side by side,
 * through throttling and outages. Reads no further ahead than `maxQueuedBytes`. Streams that are missing are made; the
 * group only with `createGroup`. Resolves to how many were delivered, rejected and why, and how many may be there twice.
 *
 * @throws what events could not be delivered for, once one could not: for a client made by `createClient` a
 * `GroupNotFoundError` or a `ServiceError` around the SDK's exception; `UsageError` for a retention that the service
 * does not know; what `events` throws, after those before it are delivered
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export async function putEvents(
  client: CloudWatchLogsClient,
  request: WriterOptions,
  events: Iterable<PutEvent> | AsyncIterable<PutEvent>,
): Promise<WriteTally> {
  if (request.retentionDays !== undefined) checkRetention(request.retentionDays, 'retentionDays');
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
  const failures: unknown[] = [];
  const writer = createWriter(client, {
    ...request,
    signal,
    onNews(news) {
      request.onNews?.(news);
      if (news.kind !== 'failed') return;
      failures.push(news.error);
      stop.abort();
    },
  });
  try {
    for await (const event of Symbol.asyncIterator in events ? endedBy(events, signal) : events) {
      if (!writer.write(event)) await writer.ready();
      request.signal?.throwIfAborted();
      if (failures.length > 0) break;
    }
    request.signal?.throwIfAborted();
  } finally {
    await writer.close();
  }
  if (failures.length > 0) throw failures[0];
  return writer.tally;
}

/** What events come until the signal is aborted, without waiting for one more. */
async function* endedBy<Value>(events: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal);
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    // A source that has nothing to say cannot end: that is not waited for either.
    const ending = iterator.return?.();
    if (signal.aborted) ending?.catch(() => {});
    else await ending;
  }
}
