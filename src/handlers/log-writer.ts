import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { textOf, UsageError } from '../errors.js';
import { type ClientOptions, createClient } from '../logs/client.js';
import type { Oversize } from '../logs/write/event-size.js';
import type { WriterNews } from '../logs/write/news.js';
import { checkRetention } from '../logs/write/retention.js';
import { newStreamName } from '../logs/write/stream-name.js';
import type { WriteTally } from '../logs/write/tally.js';
import { createWriter, type Writer } from '../logs/write/writer.js';
import { sayAtExit } from './last-words.js';
import { sayNow } from './say-now.js';

/** Where log lines go, and how: what the logger and the transports take. */
export interface LogWriterOptions extends Pick<ClientOptions, 'region' | 'profile' | 'endpoint' | 'credentials'> {
  /** The log group; made where it does not exist, unless {@link createGroup} is false. */
  readonly group: string;
  /** The log stream, made where it does not exist; default: the time of the start and a random part. */
  readonly stream?: string | undefined;
  /** Whether a missing group is made; default true. */
  readonly createGroup?: boolean | undefined;
  /** Set on the group if it is made here; one of the numbers of days that CloudWatch Logs knows. */
  readonly retentionDays?: number | undefined;
  /** A client to use instead of one made from the options; it is left open at the end. */
  readonly client?: CloudWatchLogsClient | undefined;
  /** What is done with a line larger than an event may be: default `split`. */
  readonly oversize?: Oversize | undefined;
  /** How long, in milliseconds, lines may wait for others to go with; default 1000. */
  readonly batchIntervalMs?: number | undefined;
  /** What is held at most while the service cannot be reached, in bytes: lines beyond it are lost; default 64 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  /** How long, in milliseconds, a line is held in an outage before it is given up on; default ten minutes. */
  readonly maxOutageMs?: number | undefined;
  /** Told of lines that are lost, and of outages; default: a warning of the process, which Node prints. */
  readonly onProblem?: ((text: string) => void) | undefined;
}

/** A writer with its client, and what it may hold. */
export interface LogWriter {
  readonly client: CloudWatchLogsClient;
  readonly stream: string;
  /** Takes a line without waiting; false where the caller should let it come to rest before the next. */
  write(timestamp: number, message: string): boolean;
  ready(): Promise<void>;
  flush(): Promise<void>;
  close(options?: { readonly withinMs?: number | undefined }): Promise<WriteTally>;
  /** Says, synchronously, that lines are lost, where some are still held. */
  sayLost(): void;
}

const usualBufferedBytes = 64 * 1024 * 1024;

/** Opens what the logger and the transports write by. */
export function openLogWriter(options: LogWriterOptions): LogWriter {
  const {
    group,
    stream = newStreamName(Date.now()),
    onProblem = warn,
    maxBufferedBytes = usualBufferedBytes,
  } = options;
  const { region, profile, endpoint, credentials } = options;
  checkNames(group, options.stream);
  if (options.retentionDays !== undefined) checkRetention(options.retentionDays, 'retentionDays');
  const client = options.client ?? createClient({ region, profile, endpoint, credentials, use: 'write' });
  const writer: Writer = createWriter(client, {
    logGroup: group,
    logStream: stream,
    createGroup: options.createGroup !== false,
    retentionDays: options.retentionDays,
    oversize: options.oversize,
    batchIntervalMs: options.batchIntervalMs,
    maxOutageMs: options.maxOutageMs,
    onNews: (news) => {
      const text = toText(news);
      if (text !== undefined) onProblem(`cwlogs: ${group}: ${text}`);
    },
  });
  let isClosed = false;
  let lost = 0;
  let lostInAll = 0;
  // Counted before it is said: whoever logs what is said to the same logger comes back here.
  const refuse = (why: string): false => {
    lost += 1;
    lostInAll += 1;
    if (lost === 1) onProblem(`cwlogs: ${group}: ${why}: lines are lost`);
    return false;
  };
  const sayRefused = (): void => {
    const count = lost;
    lost = 0;
    if (count > 0) onProblem(`cwlogs: ${group}: ${count} lines are lost in all`);
  };
  // Nothing can be delivered any more then, but it can be said.
  const sayLost = (): void => {
    if (writer.queuedBytes === 0) return;
    const text = `cwlogs: ${group}: lines are lost: the process ended before they were delivered; await flush() first`;
    if (onProblem === warn) sayNow(text);
    else onProblem(text);
  };
  const withdraw = sayAtExit(sayLost);
  return {
    client,
    stream,
    write(timestamp, message) {
      if (isClosed) return refuse('a closed logger was written to');
      if (writer.queuedBytes >= maxBufferedBytes) return refuse(`${maxBufferedBytes} bytes wait already`);
      sayRefused();
      return writer.write({ timestamp, message });
    },
    ready: () => writer.ready(),
    sayLost,
    flush: () => writer.flush(),
    async close(within) {
      isClosed = true;
      const tally = await writer.close(within);
      withdraw();
      sayRefused();
      if (options.client === undefined) client.destroy();
      return { ...tally, undelivered: tally.undelivered + lostInAll };
    },
  };
}

/**
 * Refuses names that no group or stream can have.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
 */
function checkNames(group: string | undefined, stream: string | undefined): void {
  if (group === undefined || !/^[\w.\-/#]{1,512}$/.test(group)) {
    const problem = 'is not a log group name: letters, digits and . - _ / # only, at most 512';
    throw new UsageError({ flag: 'group', value: String(group), problem, fix: "give { group: '/prod/api' }" });
  }
  if (stream !== undefined && !/^[^:*]{1,512}$/.test(stream)) {
    const problem = 'is not a stream name: they hold neither : nor *, and at most 512 characters';
    throw new UsageError({ flag: 'stream', value: stream, problem, fix: 'leave it out for one of its own' });
  }
}

function toText(news: WriterNews): string | undefined {
  switch (news.kind) {
    case 'rejected': {
      const reasons = Object.entries(news.counts).map(([reason, count]) => `${count} ${reason}`);
      return `lines are rejected: ${reasons.join(', ')}`;
    }
    case 'failed':
      return `${news.count} lines are ${news.mayBeStored ? 'perhaps stored, perhaps lost' : 'lost'}: ${textOf(news.error)}`;
    case 'outage':
      return `CloudWatch Logs cannot be reached, holding lines: ${textOf(news.error)}`;
    case 'retention-refused':
      return `the retention could not be set: ${textOf(news.error)}`;
    default:
      return undefined;
  }
}

function warn(text: string): void {
  process.emitWarning(text, 'CwlogsWarning');
}
