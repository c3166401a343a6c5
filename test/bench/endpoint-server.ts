// The local endpoint with its switches, filled with a layout: node endpoint-server.js '{"layout":…,"events":…,"switches":{…}}'
import { startEndpoint } from '../../dist/server/endpoint.js';

/** How the events lie in the day that is downloaded. */
type Layout = 'uniform' | 'late' | 'gap';

const { layout, events, switches }: { layout: Layout; events: number; switches: object } = JSON.parse(
  process.argv[2] ?? '',
);
const startMs = Date.UTC(2026, 9, 1);
const dayMs = 86_400_000;
const messageBytes = 150;

const endpoint = await startEndpoint({ switches });
endpoint.store.createGroup('/bench');
const streams = 4;
for (let stream = 0; stream < streams; stream++) {
  const own = Array.from({ length: events / streams }, (_, index) => toEvent(index * streams + stream));
  endpoint.store.seedEvents('/bench', `web/${stream}`, own);
}
process.send?.({ url: endpoint.url });
process.on('message', () => process.send?.({ requests: endpoint.requests.get('FilterLogEvents') ?? 0 }));

function toEvent(index: number): { timestamp: number; message: string } {
  const rare = index % 10_000 === 5_000 ? 'needle' : 'common';
  const message = `${index} ${rare} request handled `.padEnd(messageBytes, '0123456789');
  return { timestamp: startMs + Math.floor(positionOf(index / events) * dayMs), message };
}

/** Where in the day the event lies that has this share of all events before it. */
function positionOf(share: number): number {
  switch (layout) {
    case 'uniform':
      return share;
    // Nine tenths of the events lie in the last fiftieth of the day.
    case 'late':
      return share < 0.1 ? (share / 0.1) * 0.98 : 0.98 + ((share - 0.1) / 0.9) * 0.02;
    // All lies in one hundredth of the day.
    case 'gap':
      return 0.6 + share * 0.01;
  }
}
