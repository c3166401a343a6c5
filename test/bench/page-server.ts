// The pages of the local endpoint, serialised once and then served as slices of one buffer: serving them costs next to
// nothing, so that the reader is what is measured.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalEndpoint, startEndpoint } from '../../dist/server/endpoint.js';

const [group = '', megabytes = '128'] = process.argv.slice(2);
const messageBytes = 150;
const eventBytes = messageBytes + 187;
const startMs = Date.UTC(2026, 0, 1);
const maxPageBytes = 1024 * 1024;

interface Event {
  readonly timestamp: number;
}

const { bytes, offsets, timestamps } = await serialise();
const server = createServer((request, response) => {
  void bodyOf(request).then(({ startTime, endTime, nextToken }) => {
    const from = nextToken === undefined ? firstAt(startTime) : Number(nextToken);
    const end = firstAt(endTime);
    const to = Math.min(end, firstOffset((offsets[from] ?? 0) + maxPageBytes));
    // Every result is followed by an empty page, as the service does.
    const token = to > from ? `"nextToken":"${to}",` : '';
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.write(`{${token}"searchedLogStreams":[],"events":[`);
    // Without the comma after the last event.
    response.write(bytes.subarray(offsets[from] ?? 0, Math.max(offsets[from] ?? 0, (offsets[to] ?? 0) - 1)));
    response.end(']}');
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}`, bytes: bytes.length });
});

const before = process.cpuUsage();
process.on('message', () => {
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1000 });
});

/** All events of the group as the endpoint serialises them, each followed by a comma. */
async function serialise(): Promise<{ bytes: Buffer; offsets: number[]; timestamps: number[] }> {
  const endpoint = await startEndpoint();
  fill(endpoint.store);
  const pieces: Buffer[] = [];
  const offsets = [0];
  const timestamps: number[] = [];
  let length = 0;
  let nextToken: string | undefined;
  do {
    const page: { events: Event[]; nextToken?: string } = await ask(endpoint.url, nextToken);
    for (const event of page.events) {
      const piece = Buffer.from(`${JSON.stringify(event)},`);
      pieces.push(piece);
      length += piece.length;
      offsets.push(length);
      timestamps.push(event.timestamp);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  await endpoint.close();
  return { bytes: Buffer.concat(pieces), offsets, timestamps };
}

function fill(store: LocalEndpoint['store']): void {
  store.createGroup(group);
  const count = Math.ceil((Number(megabytes) * 1e6) / eventBytes);
  const events = Array.from({ length: count }, (_, index) => {
    const accent = index % 50 === 0 ? 'é' : 'e';
    return {
      timestamp: startMs + index,
      message: `${index} request handl${accent}d `.padEnd(messageBytes, '0123456789'),
    };
  });
  store.seedEvents(group, 'web/0123456789abcdef', events);
}

async function ask(url: string, nextToken: string | undefined): Promise<{ events: Event[]; nextToken?: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.FilterLogEvents' },
    body: JSON.stringify({ logGroupName: group, startTime: 0, endTime: 4e12, nextToken }),
  });
  return (await response.json()) as { events: Event[]; nextToken?: string };
}

async function bodyOf(request: IncomingMessage): Promise<{ startTime: number; endTime: number; nextToken?: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function firstAt(timestamp: number): number {
  return lowerBound(timestamps, timestamp);
}

function firstOffset(offset: number): number {
  return Math.max(0, lowerBound(offsets, offset + 1) - 1);
}

function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
