import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IncompleteError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { FetchOptions, FetchRequest } from '../../logs/read/fetch-events.js';
import { toEventKey } from '../../shape/keys.js';
import type { ContextRequest } from '../options/grep.js';
import { readSelected } from '../reading/selected-pages.js';

/** Puts what stands around the events in their streams in its place between them, each event once. */
export async function* withContext(
  traced: AsyncGenerator<LogEvent[]>,
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  context: ContextRequest,
  options: FetchOptions,
): AsyncGenerator<LogEvent[]> {
  const { mergePages } = await import('../../logs/read/merge.js');
  const around = await readContext(clients, request, context, options);
  const isNew = createDistinct();
  for await (const events of mergePages([traced, onePage(around)])) yield events.filter(isNew);
}

/** More are not looked at by anyone, and all must be known before they can be put in order. */
const maxContextEvents = 100_000;

async function readContext(
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  context: ContextRequest,
  options: FetchOptions,
): Promise<LogEvent[]> {
  const { compareEvents } = await import('../../logs/read/merge.js');
  const { compileFilterPattern } = await import('../../pattern/filter-pattern.js');
  const { filterPattern } = request;
  const isHit = compileFilterPattern(filterPattern ?? '');
  const keepsUnfiltered = ({ message }: LogEvent): boolean => isHit(message);
  const grep = { filterPattern, keeps: undefined, keepsUnfiltered, context, isFirst: undefined, marks: [] };
  const around: LogEvent[] = [];
  const unwatched = { ...options, monitor: undefined };
  for await (const events of await readSelected(clients, request, grep, unwatched, new WeakSet())) {
    for (const event of events) around.push(event);
    if (around.length > maxContextEvents) {
      throw new IncompleteError(
        `there are more than ${maxContextEvents} events around those with this id; give a shorter range or less context`,
      );
    }
  }
  return around.sort(compareEvents);
}

/** Makes what tells of events in order whether each has not come before. */
function createDistinct(): (event: LogEvent) => boolean {
  /** What has come of the present millisecond: equal events of several groups stand between an event and its double. */
  const present = new Set<string>();
  let presentMs: number | undefined;
  return (event) => {
    if (event.timestamp !== presentMs) present.clear();
    presentMs = event.timestamp;
    const key = toEventKey(event);
    const isNew = !present.has(key);
    present.add(key);
    return isNew;
  };
}

async function* onePage(events: LogEvent[]): AsyncGenerator<LogEvent[]> {
  if (events.length > 0) yield events;
}
