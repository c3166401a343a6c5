import {
  type CloudWatchLogsClient,
  PutLogEventsCommand,
  type PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { isThrottle, networkCodeOf } from '../../failures.js';
import type { Batch } from './batches.js';

/** What becomes known of a put besides its answer. */
export interface PutWatch {
  /** An attempt failed in a way that leaves open whether its events were stored. */
  readonly onAnswerLost: () => void;
  /** What the service's clock showed, in milliseconds since the epoch and to the second. */
  readonly onDate: (dateMs: number) => void;
}

/** Sends a batch, as often as the client's retries allow, and watches each attempt. */
export function putBatch(
  client: CloudWatchLogsClient,
  target: { readonly logGroup: string; readonly logStream: string },
  batch: Batch,
  watch: PutWatch,
  abortSignal: AbortSignal,
): Promise<PutLogEventsCommandOutput> {
  const command = new PutLogEventsCommand({
    logGroupName: target.logGroup,
    logStreamName: target.logStream,
    logEvents: [...batch.events],
  });
  // Inside the retry loop: the client tells of the last attempt alone.
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        const answer = await next(args);
        const dateMs = dateOf(answer.response);
        if (dateMs !== undefined) watch.onDate(dateMs);
        return answer;
      } catch (error) {
        if (!isRefusal(error)) watch.onAnswerLost();
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'putWatchMiddleware' },
  );
  return client.send(command, { abortSignal });
}

const unreachedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Whether a failed attempt has certainly stored nothing: the service was not reached, or said no. */
function isRefusal(error: unknown): boolean {
  const code = networkCodeOf(error);
  if (code !== undefined) return unreachedCodes.has(code);
  return isThrottle(error) || statusOf(error) < 500;
}

/** What came with an error as its HTTP status; an answer that could not be read has none below 500. */
function statusOf(error: unknown): number {
  const isRead = error instanceof Error && '$fault' in error && '$metadata' in error;
  const metadata = isRead ? error.$metadata : undefined;
  const hasStatus = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
  const status = hasStatus ? metadata.httpStatusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

function dateOf(response: unknown): number | undefined {
  const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {};
  const date = typeof headers === 'object' && headers !== null && 'date' in headers ? headers.date : undefined;
  const dateMs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : dateMs;
}
