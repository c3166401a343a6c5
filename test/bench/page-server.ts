// The pages of the local endpoint, recorded once and then served as bytes: serving them costs next to nothing, so that
// the reader is what is measured.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalEndpoint, startEndpoint } from '../../dist/server/endpoint.js';

const [group = '', megabytes = '128'] = process.argv.slice(2);
const messageBytes = 150;
const startMs = Date.UTC(2026, 0, 1);

const pages = await record();
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const page = pages.get(JSON.parse(body).nextToken ?? '');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(page);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const bytes = [...pages.values()].reduce((sum, page) => sum + page.length, 0);
  process.send?.({ url: `http://127.0.0.1:${port}`, bytes });
});

const before = process.cpuUsage();
process.on('message', () => {
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1000 });
});

/** Every page of the group, by the token that asks for it; '' asks for the first. */
async function record(): Promise<Map<string, Buffer>> {
  const endpoint = await startEndpoint();
  const recorded = new Map<string, Buffer>();
  let token: string | undefined = '';
  fill(endpoint.store);
  while (token !== undefined) {
    const page: Buffer = await ask(endpoint.url, token);
    recorded.set(token, page);
    token = JSON.parse(page.toString('utf8')).nextToken;
  }
  await endpoint.close();
  return recorded;
}

function fill(store: LocalEndpoint['store']): void {
  store.createGroup(group);
  const eventBytes = messageBytes + 187;
  const count = Math.ceil((Number(megabytes) * 1e6) / eventBytes);
  const events = Array.from({ length: count }, (_, index) => {
    const accent = index % 50 === 0 ? 'é' : 'e';
    return { timestamp: startMs + index, message: `${index} request handl${accent}d `.padEnd(messageBytes, '0123456789') };
  });
  store.seedEvents(group, 'web/0123456789abcdef', events);
}

async function ask(url: string, token: string): Promise<Buffer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.FilterLogEvents' },
    body: JSON.stringify({
      logGroupName: group,
      startTime: 0,
      endTime: 4e12,
      ...(token === '' ? {} : { nextToken: token }),
    }),
  });
  return Buffer.from(await response.arrayBuffer());
}
