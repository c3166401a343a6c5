import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../../../src/main.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { memoryIo } from '../../support/memory-io.js';

/** An HTTP server that is not CloudWatch Logs; how often it has been asked is counted. */
async function startServer(answer: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { place: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

function answering(statusCode: number, type: string | undefined, body: string): RequestListener {
  return (_, response) => response.writeHead(statusCode, type === undefined ? {} : { 'content-type': type }).end(body);
}

test.each([
  ['a web server that knows no POST', 3, answering(501, 'text/html', '<h1>no</h1>'), 'HTTP 501, text/html'],
  ['a login page', 1, answering(200, 'text/html', '<h1>log in</h1>'), 'HTTP 200, text/html'],
  ['plain text', 3, answering(404, 'text/plain', 'not found'), 'HTTP 404, text/plain'],
  ['JSON of another service', 3, answering(200, 'application/json', '{"ok":true}'), 'HTTP 200, application/json'],
  ['an empty answer', 3, answering(200, undefined, ''), 'HTTP 200, of no type'],
])('%s at an address of ours is asked %i times at most, and named', async (_, most, answer, said) => {
  const { place, requests } = await startServer(answer);
  const io = memoryIo({ env: endpointEnv({ url: `http://${place}` }) });
  expect(await main(['fetch', '/g', '--start', '1h', '-n', '1'], io)).toBe(1);
  expect(io.stderr.text()).toBe(
    `cwlogs: what answers at http://${place} is not CloudWatch Logs (${said}); AWS_ENDPOINT_URL_CLOUDWATCH_LOGS has to name an endpoint that is\n`,
  );
  expect(requests()).toBeLessThanOrEqual(most);
});

test('https to a port that speaks plain HTTP is told from a service out of reach', async () => {
  const { place } = await startServer(answering(200, 'text/html', ''));
  const io = memoryIo({ env: endpointEnv(undefined) });
  expect(await main(['fetch', '/g', '--start', '1h', '--endpoint-url', `https://${place}`], io)).toBe(1);
  expect(io.stderr.text()).toBe(
    `cwlogs: what answers at https://${place} does not speak TLS; try --endpoint-url http://${place}\n`,
  );
});
