import { IncompleteError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { FetchOptions, FetchRequest } from '../../logs/read/fetch-events.js';
import type { ContextRequest } from '../options/grep.js';
import { readSelected } from '../reading/selected-pages.js';

/** More are not looked at by anyone, and all must be known before they can be put in order. */
const maxContextEvents = 100_000;

/** Puts what stands around the events in their streams in its place between them, each event once. */
export async function* withContext(
  traced: AsyncGenerator<LogEvent[]>,
  clients: Parameters<typeof readSelected>[0],
  request: FetchRequest,
  context: ContextRequest,
  options: FetchOptions,
): AsyncGenerator<LogEvent[]> {
  const { compareEvents, mergePages } = await import('../../logs/read/merge.js');
  const { compileFilterPattern } = await import('../../pattern/filter-pattern.js');
  const isHit = compileFilterPattern(request.filterPattern ?? '');
  const keepsUnfiltered = ({ message }: LogEvent): boolean => isHit(message);
  const grep = {
    filterPattern: request.filterPattern,
    keeps: undefined,
    keepsUnfiltered,
    context,
    isFirst: undefined,
    marks: [],
  };
  const around: LogEvent[] = [];
  for await (const events of await readSelected(
    clients,
    request,
    grep,
    { ...options, monitor: undefined },
    new WeakSet(),
  )) {
    for (const event of events) around.push(event);
    if (around.length > maxContextEvents) {
      throw new IncompleteError(
        `there are more than ${maxContextEvents} events around those with this id; give a shorter range or less context`,
      );
    }
  }
  around.sort(compareEvents);
  /** What has come of the present millisecond: equal events of several groups stand between an event and its double. */
  const present = new Set<string>();
  let presentMs: number | undefined;
  for await (const events of mergePages([traced, onePage(around)])) {
    yield events.filter(({ region, logGroupName, eventId, timestamp }) => {
      if (timestamp !== presentMs) present.clear();
      presentMs = timestamp;
      const key = `${region} ${logGroupName} ${eventId}`;
      const isNew = !present.has(key);
      present.add(key);
      return isNew;
    });
  }
}

async function* onePage(events: LogEvent[]): AsyncGenerator<LogEvent[]> {
  if (events.length > 0) yield events;
}
