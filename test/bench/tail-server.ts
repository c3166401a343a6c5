// A local endpoint into which events are written for a while: node tail-server.js '{"groups":…,"perSecond":…,…}'
import { setTimeout as sleep } from 'node:timers/promises';
import { startEndpoint } from '../../dist/server/endpoint.js';
import type { OutageKind } from '../../dist/server/outage.js';

/** What is written, and how the endpoint behaves meanwhile. */
export interface TailScene {
  readonly groups: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly switches: object;
  /** Failing in this way twenty times. */
  readonly outage?: OutageKind;
  /** Whether one event is dated two hours ahead. */
  readonly withFuture?: boolean;
}

/** What there was to be seen: when each event could be read, and how much later than it was accepted. */
export interface TailTruth {
  readonly events: readonly (readonly [index: number, visibleMs: number, delayMs: number])[];
  readonly requests: Readonly<Record<string, number>>;
}

const scene: TailScene = JSON.parse(process.argv[2] ?? '');
const { groups, perSecond, seconds, switches, outage, withFuture } = scene;
const tickMs = 100;
const twoHoursMs = 7_199_000;
const outages = 20;
const outageMs = 1_000;
const calmMs = 1_500;

const endpoint = await startEndpoint({ switches });
const events: [number, number, number][] = [];
endpoint.store.watch(({ event, visibleMs }) => {
  events.push([Number(event.message.split(' ')[1]), visibleMs, visibleMs - event.batch.ingestionTime]);
});
for (let group = 0; group < groups; group++) endpoint.store.createGroup(`/bench/${group}`);
process.send?.({ url: endpoint.url });
process.once('message', () => void run());

async function run(): Promise<void> {
  // A request opens each group: what is written before the tail began is not its to show.
  while ((endpoint.requests.get('FilterLogEvents') ?? 0) <= groups) await sleep(tickMs);
  const failing = outage === undefined ? Promise.resolve() : fail(outage);
  const startMs = Date.now();
  let written = 0;
  while (Date.now() < startMs + seconds * 1_000) {
    const due = Math.floor(((Date.now() - startMs) / 1_000) * perSecond);
    const nowMs = Date.now();
    for (let group = 0; group < groups; group++) {
      const own = [];
      for (let index = written; index < due; index++) if (index % groups === group) own.push(toEvent(index, nowMs));
      if (own.length > 0) endpoint.store.seedEvents(`/bench/${group}`, `web/${written % 3}`, own);
    }
    written = due;
    await sleep(tickMs);
  }
  await failing;
  while (events.length < written) {
    endpoint.store.settle();
    await sleep(tickMs);
  }
  const truth: TailTruth = { events, requests: Object.fromEntries(endpoint.requests) };
  process.send?.(truth);
}

function toEvent(index: number, nowMs: number): { timestamp: number; message: string } {
  const isAhead = withFuture === true && index === perSecond * 5;
  const timestamp = isAhead ? nowMs + twoHoursMs : nowMs - (index % tickMs);
  return { timestamp, message: `event ${index} request handled `.padEnd(150, '0123456789') };
}

async function fail(kind: OutageKind): Promise<void> {
  for (let count = 0; count < outages; count++) {
    await sleep(calmMs);
    await endpoint.beginOutage(kind);
    await sleep(outageMs);
    await endpoint.endOutage();
  }
}
