import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { type SteadyOptions, steadyPages } from './chain.js';
import { compareEvents } from './merge.js';

const pageEvents = 1_000;

/**
 * The events that hold an id, in order; where one of them is the start of a Lambda invocation, all events of that
 * invocation come with it, whether they hold the id or not.
 */
export async function* traceEventPages(
  hits: AsyncIterable<readonly LogEvent[]>,
  openInvocation: (start: LogEvent) => AsyncGenerator<LogEvent>,
): AsyncGenerator<LogEvent[]> {
  const open = new Set<Invocation>();
  try {
    let page: LogEvent[] = [];
    for await (const events of hits) {
      for (const hit of events) {
        for (let next = await earliest(open, hit); next !== undefined; next = await earliest(open, hit)) {
          page.push(next);
          if (page.length >= pageEvents) {
            yield page;
            page = [];
          }
        }
        // All before it has been taken: where an invocation holds it, it is the next there.
        if ([...open].some(({ next }) => next !== undefined && isSame(next, hit))) continue;
        const invocation = isStart(hit.message) ? await begin(openInvocation(hit)) : undefined;
        if (invocation?.next === undefined) page.push(hit);
        else open.add(invocation);
      }
      if (page.length > 0) yield page;
      page = [];
    }
    for (let next = await earliest(open); next !== undefined; next = await earliest(open)) {
      page.push(next);
      if (page.length >= pageEvents) {
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  } finally {
    await Promise.all([...open].map(({ events }) => events.return(undefined)));
  }
}

interface Invocation {
  readonly events: AsyncGenerator<LogEvent>;
  next: LogEvent | undefined;
}

async function begin(events: AsyncGenerator<LogEvent>): Promise<Invocation> {
  return { events, next: (await events.next()).value ?? undefined };
}

/** Takes the earliest event of the open invocations, where it comes before a given one. */
async function earliest(open: Set<Invocation>, before?: LogEvent): Promise<LogEvent | undefined> {
  let first: Invocation | undefined;
  for (const invocation of open) {
    if (invocation.next === undefined) continue;
    if (first?.next === undefined || compareEvents(invocation.next, first.next) < 0) first = invocation;
  }
  const taken = first?.next;
  if (first === undefined || taken === undefined) return undefined;
  if (before !== undefined && compareEvents(taken, before) >= 0) return undefined;
  first.next = (await first.events.next()).value ?? undefined;
  if (first.next === undefined) open.delete(first);
  return taken;
}

function isSame(one: LogEvent, other: LogEvent): boolean {
  return one.eventId === other.eventId && one.logGroupName === other.logGroupName && one.region === other.region;
}

/** The longest that an invocation may run, and what its last lines may be late by; https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxInvocationMs = 15 * 60_000 + 60_000;

/** The lines of an invocation, from its start to its report: a container runs one at a time, so all of the stream. */
export async function* invocationEvents(
  client: CloudWatchLogsClient,
  start: LogEvent,
  request: { readonly unmask: boolean },
  options: SteadyOptions = {},
): AsyncGenerator<LogEvent> {
  const reading = {
    logGroup: start.logGroupName,
    streams: { kind: 'names', names: [start.logStreamName] },
    startMs: start.timestamp,
    endMs: start.timestamp + maxInvocationMs,
    unmask: request.unmask,
    pageSize: pageEvents,
  } as const;
  let hasBegun = false;
  for await (const { events } of steadyPages(client, reading, options)) {
    for (const event of events) {
      hasBegun ||= isSame(event, start);
      if (!hasBegun) continue;
      yield event;
      if (isReport(event.message)) return;
    }
  }
}

/** As text, or as JSON where the function logs so. */
function isStart(message: string): boolean {
  return message.startsWith('START RequestId: ') || /"type"\s*:\s*"platform\.start"/.test(message);
}

function isReport(message: string): boolean {
  return message.startsWith('REPORT RequestId: ') || /"type"\s*:\s*"platform\.report"/.test(message);
}
