import type { LogEvent } from '../event.js';

/** The order that is promised: by timestamp, ingestionTime and eventId, as one request of the service returns them. */
export function compareEvents(a: LogEvent, b: LogEvent): number {
  return (
    a.timestamp - b.timestamp ||
    a.ingestionTime - b.ingestionTime ||
    // Ids are decimal numbers; all that the service gives have 56 digits.
    a.eventId.length - b.eventId.length ||
    (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0)
  );
}

/**
 * Merges pages of ordered events into pages of ordered events; equal ones come in the order of the inputs. One page
 * of each input is held at a time. `onEnd` is told first when it ends, however it ends: an input that is still waiting
 * for a page would not hear of it before that has come.
 */
export async function* mergePages(
  inputs: readonly AsyncGenerator<LogEvent[]>[],
  onEnd: () => void = () => {},
): AsyncGenerator<LogEvent[]> {
  const heads = inputs.map((pages) => ({ pages, events: [] as LogEvent[], done: false }));
  try {
    for (;;) {
      await Promise.all(heads.map(fill));
      const live = heads.filter((head) => !head.done);
      if (live.length === 0) return;
      yield takeUpTo(live, boundOf(live));
    }
  } finally {
    onEnd();
    await Promise.all(inputs.map((pages) => pages.return(undefined)));
  }
}

interface Head {
  readonly pages: AsyncGenerator<LogEvent[]>;
  events: LogEvent[];
  done: boolean;
}

async function fill(head: Head): Promise<void> {
  while (head.events.length === 0 && !head.done) {
    const page = await head.pages.next();
    if (page.done === true) head.done = true;
    else head.events = page.value;
  }
}

/** The input whose held page ends first: nothing beyond that end is known to be next. */
function boundOf(live: readonly Head[]): LogEvent {
  const lasts = live.flatMap((head) => head.events.slice(-1));
  return lasts.reduce((first, last) => (compareEvents(last, first) < 0 ? last : first));
}

function takeUpTo(live: readonly Head[], bound: LogEvent): LogEvent[] {
  const taken: LogEvent[] = [];
  for (const head of live) {
    const count = countUpTo(head.events, bound);
    for (const event of head.events.slice(0, count)) taken.push(event);
    head.events = head.events.slice(count);
  }
  // Runs that are ordered already: the engine's sort is a stable merge of them.
  return taken.sort(compareEvents);
}

function countUpTo(events: readonly LogEvent[], bound: LogEvent): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && compareEvents(event, bound) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
