import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../event.js';
import { earliestEventMs } from '../groups.js';
import { type SteadyOptions, steadyPages } from './chain.js';
import { type FilterRequest, maxPageSize } from './filter-events.js';
import { compareEvents } from './merge.js';
import { newestEvents } from './newest.js';

/** Reads what stands around an event in its stream, whatever it says. */
export interface Neighbours {
  /** The last `count` events before it, in order; fewer where the range or the stream begins. */
  before(event: LogEvent, count: number): Promise<readonly LogEvent[]>;
  /** What follows it, in order, to the end of the range; about `count` at first, then as many as a page holds. */
  after(event: LogEvent, count: number): AsyncGenerator<readonly LogEvent[]>;
}

/** Where neighbours are looked for: no further than the range itself. */
export interface NeighbourRange {
  /** Undefined: from the earliest event that a group can hold. */
  readonly startMs: number | undefined;
  readonly endMs: number;
  readonly unmask: boolean;
}

/** Events of the same millisecond may come with those that are wanted. */
const spareEvents = 10;
/** Pages of a few events, before full ones are asked for. */
const smallPages = 3;

/** Makes what reads the neighbours of events of these regions. */
export async function createNeighbours(
  clients: readonly CloudWatchLogsClient[],
  { startMs, endMs, unmask }: NeighbourRange,
  { signal, survive, nowMs = Date.now() }: SteadyOptions & { readonly nowMs?: number | undefined } = {},
): Promise<Neighbours> {
  const regions = await Promise.all(clients.map(async (client) => [await client.config.region(), client] as const));
  const clientOf = new Map(regions);
  const earliest = new Map<string, Promise<number>>();
  const earliestOf = (client: CloudWatchLogsClient, { region, logGroupName }: LogEvent): Promise<number> => {
    const key = `${region} ${logGroupName}`;
    const known = earliest.get(key) ?? earliestEventMs(client, logGroupName, nowMs, { signal });
    earliest.set(key, known);
    return known;
  };
  const around = (event: LogEvent) => {
    const client = clientOf.get(event.region);
    if (client === undefined) throw new Error(`an event of ${event.region}, which is not read`);
    const streams = { kind: 'names', names: [event.logStreamName] } as const;
    return { client, selection: { logGroup: event.logGroupName, streams, unmask } };
  };

  return {
    async before(event, count) {
      if (count === 0) return [];
      const { client, selection } = around(event);
      const request = {
        ...selection,
        startMs: startMs ?? (await earliestOf(client, event)),
        endMs: event.timestamp + 1,
        pageSize: Math.min(maxPageSize, count + spareEvents),
      };
      return newestEvents(client, request, count, {
        signal,
        survive,
        keeps: (other) => compareEvents(other, event) < 0,
      });
    },
    async *after(event, count) {
      const { client, selection } = around(event);
      let last = event;
      const read = async function* (request: FilterRequest): AsyncGenerator<readonly LogEvent[], boolean> {
        let pages = 0;
        for await (const page of steadyPages(client, request, { signal, survive })) {
          const events = page.events.filter((other) => compareEvents(other, last) > 0);
          last = events.at(-1) ?? last;
          if (events.length > 0) yield events;
          pages += 1;
          if (page.last) return true;
          // Empty ones tell no position to go on from.
          if (request.pageSize !== undefined && pages >= smallPages && events.length > 0) return false;
        }
        return true;
      };
      const pageSize = Math.min(maxPageSize, count + spareEvents);
      const isEnd = yield* read({ ...selection, startMs: last.timestamp, endMs, pageSize });
      if (!isEnd) yield* read({ ...selection, startMs: last.timestamp, endMs });
    },
  };
}
