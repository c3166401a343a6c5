import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { operationOf, readInput, requireLoopback } from './http-request.js';
import { createLogStore, type LogStore } from './log-store.js';
import { operations } from './operations.js';
import { createPageTokens } from './page-token.js';
import { createRandom, randomHex, randomUuid } from './random.js';
import type { Service } from './service.js';
import { drawLatencyMs, type EndpointSwitches } from './switches.js';
import { createThrottle } from './throttle.js';
import { WireError } from './wire-error.js';

/** How a local endpoint is to be. */
export interface EndpointOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** The region in ARNs; default `us-east-1`. */
  readonly region?: string;
  /** The clock, in milliseconds since the epoch; default: the machine's. */
  readonly now?: () => number;
  readonly switches?: EndpointSwitches;
}

/** A running endpoint. */
export interface LocalEndpoint {
  /** Where it listens: `http://127.0.0.1:4588`. */
  readonly url: string;
  /** Its log groups, to be filled without requests. */
  readonly store: LogStore;
  /** How often each operation was asked for, refused requests included. */
  readonly requests: ReadonlyMap<string, number>;
  /** Stops listening and ends what is still being answered. */
  close(): Promise<void>;
}

/** The most events and bytes of one page of the service. */
const maxPageEvents = 10_000;
const maxPageBytes = 1_048_576;

/**
 * Starts an in-memory CloudWatch Logs on this machine's loopback address. It speaks AWS JSON 1.1, so that every AWS
 * SDK and the AWS CLI can talk to it; credentials may be anything, signatures are not checked.
 *
 * A request goes through: where it comes from, which operation it names, the operation's quota, the latency that was
 * asked for, then the operation itself, which answers from the store or throws a {@link WireError}.
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<LocalEndpoint> {
  const { port = 0, region = 'us-east-1', now = Date.now, switches = {} } = options;
  const random = createRandom(switches.seed ?? Date.now());
  const store = createLogStore(now);
  const service: Service = {
    store,
    region,
    tokens: createPageTokens(randomHex(random, 32)),
    page: {
      events: Math.min(maxPageEvents, switches.pageEvents ?? maxPageEvents),
      bytes: Math.min(maxPageBytes, switches.pageBytes ?? maxPageBytes),
    },
  };
  const throttle = createThrottle(switches, now);
  const requests = new Map<string, number>();
  const closing = new AbortController();

  const answer = async (request: IncomingMessage): Promise<string> => {
    requireLoopback(request);
    const operation = operationOf(request);
    requests.set(operation, (requests.get(operation) ?? 0) + 1);
    throttle(operation);
    const input = await readInput(request);
    const latencyMs = drawLatencyMs(switches, random);
    if (latencyMs > 0) await setTimeout(latencyMs, undefined, { signal: closing.signal });
    return operations[operation](service, input);
  };

  const server = createServer((request, response) => {
    response.setHeader('x-amzn-requestid', randomUuid(random));
    answer(request).then(
      (json) => respond(response, 200, json),
      (error: unknown) => refuse(response, error),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { url: urlOf(server), store, requests, close: () => close(server, closing) };
}

function respond(response: ServerResponse, statusCode: number, json: string): void {
  response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1' }).end(json);
}

function refuse(response: ServerResponse, error: unknown): void {
  const { code, message, statusCode } = error instanceof WireError ? error : internalFailure(error);
  response.setHeader('x-amzn-errortype', code);
  if (statusCode === 413) response.setHeader('connection', 'close');
  respond(response, statusCode, JSON.stringify({ __type: code, message }));
}

function internalFailure(error: unknown): WireError {
  return new WireError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
