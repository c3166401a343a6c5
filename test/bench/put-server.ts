// A service that is late by so many milliseconds and keeps what is put as it came, so that the writer is what is
// measured; it tells what has arrived when it is asked: node put-server.js 30
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What has arrived since this was last asked. */
export interface PutTruth {
  readonly events: number;
  /** Whether lines, which begin with their number, lie in the order they were written once their times have put them in order. */
  readonly isInOrder: boolean;
  readonly requests: number;
}

const latencyMs = Number(process.argv[2]);
let bodies: Buffer[] = [];
const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const isPut = String(request.headers['x-amz-target']).endsWith('.PutLogEvents');
    setTimeout(() => {
      if (isPut) bodies.push(body);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end('{}');
    }, latencyMs);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
process.on('message', () => {
  const events: { timestamp: number; message: string }[] = bodies.flatMap((body) => JSON.parse(String(body)).logEvents);
  const numbers = events.sort((a, b) => a.timestamp - b.timestamp).map(({ message }) => Number.parseInt(message, 10));
  const isInOrder = numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0));
  process.send?.({ events: events.length, isInOrder, requests: bodies.length });
  bodies = [];
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
