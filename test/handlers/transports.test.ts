import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import winston from 'winston';
import pinoTransport, { type PinoTransportOptions } from '../../src/handlers/pino.js';
import { CloudWatchTransport } from '../../src/handlers/winston.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { messagesOf } from './stored.js';

let endpoint: LocalEndpoint;

beforeEach(async () => {
  endpoint = await startEndpoint({});
});
afterEach(() => endpoint.close());

const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const at = (): Pick<PinoTransportOptions, 'group' | 'region' | 'endpoint' | 'credentials'> => {
  return { group: '/g', region: 'us-east-1', endpoint: endpoint.url, credentials };
};
const ended = (stream: NodeJS.EventEmitter, event: string) =>
  new Promise<void>((resolve) => stream.once(event, () => resolve()));

test('pino: a line that is no JSON is kept as it is', async () => {
  const transport = pinoTransport(at());
  transport.end('{"level":30,"msg":"a"}\nplain\nnull\n');
  await ended(transport, 'close');
  expect(await messagesOf(endpoint, '/g')).toEqual(['{"level":"info","msg":"a"}', 'plain', 'null']);
});

test('pino: what the memory of the transport has no room for in an outage is not left to the process that logs', async () => {
  await endpoint.beginOutage('500');
  const transport = pinoTransport({ ...at(), maxBufferedBytes: 9_000_000 });
  const line = `{"msg":"${'x'.repeat(100_000)}"}\n`;
  for (let count = 0; count < 200; count++) {
    await new Promise<void>((resolve) => transport.write(line, () => resolve()));
  }
  await endpoint.endOutage();
  transport.end();
  await ended(transport, 'close');
});

test('winston: an outage does not hold up the other transports', async () => {
  await endpoint.beginOutage('500');
  const transport = new CloudWatchTransport({ ...at(), onProblem: () => {} });
  let seen = 0;
  const stream = new PassThrough().on('data', () => {
    seen += 1;
  });
  const other = new winston.transports.Stream({ stream });
  const logger = winston.createLogger({ transports: [transport, other] });
  for (let line = 0; line < 200; line++) {
    logger.info('x'.repeat(100_000));
    await new Promise(setImmediate);
  }
  expect(seen).toBe(200);
  await endpoint.endOutage();
  transport.end();
  await ended(transport, 'finish');
  expect(await messagesOf(endpoint, '/g')).toHaveLength(200);
});
