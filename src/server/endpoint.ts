import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import { type Answer, sendAnswer, toAnswer, toRefusal } from './answer.js';
import { createEmptyPages } from './empty-pages.js';
import { createFaults, type FaultKind } from './faults.js';
import { operationOf, readInput, requireLoopback } from './http-request.js';
import { createJsonList } from './json-list.js';
import { createLogStore, type LogStore } from './log-store.js';
import { operations } from './operations.js';
import { createPageTokens } from './page-token.js';
import { createRandom, type Random, randomHex, randomUuid } from './random.js';
import type { Service } from './service.js';
import { drawLatencyMs, type EndpointSwitches, pageLimits } from './switches.js';
import { createThrottle } from './throttle.js';
import { createTokenLife } from './token-life.js';

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
  /** How often a request failed in each of the ways that were asked for. */
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** Stops listening and ends what is still being answered. */
  close(): Promise<void>;
}

/**
 * Starts an in-memory CloudWatch Logs on this machine's loopback address. It speaks AWS JSON 1.1, so that every AWS
 * SDK and the AWS CLI can talk to it; credentials may be anything, signatures are not checked.
 *
 * A request goes through: where it comes from, which operation it names, the operation's quota, the latency and the
 * faults that were asked for, then the operation itself, which answers from the store or throws a wire error.
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<LocalEndpoint> {
  const { port = 0, region = 'us-east-1', now = Date.now, switches = {} } = options;
  const random = createRandom(switches.seed ?? Date.now());
  const service = createService(createLogStore(now), region, switches, random);
  const throttle = createThrottle(switches, now);
  const faults = createFaults(switches.faults ?? { share: 0 }, random);
  const requests = new Map<string, number>();
  const closing = new AbortController();

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    requireLoopback(request);
    const operation = operationOf(request);
    requests.set(operation, (requests.get(operation) ?? 0) + 1);
    throttle(operation);
    const input = await readInput(request);
    const latencyMs = drawLatencyMs(switches, random);
    if (latencyMs > 0) await setTimeout(latencyMs, undefined, { signal: closing.signal });
    return faults.impose(operation, () => toAnswer(() => operations[operation](service, input)));
  };

  const server = createServer((request, response) => {
    response.setHeader('x-amzn-requestid', randomUuid(random));
    void answer(request)
      .catch(toRefusal)
      .then((reply) => sendAnswer(response, reply));
  });
  await listen(server, port);
  return {
    url: urlOf(server),
    store: service.store,
    requests,
    faults: faults.counts,
    close: () => close(server, closing),
  };
}

function createService(store: LogStore, region: string, switches: EndpointSwitches, random: Random): Service {
  const { tokenLifetimeMs, tokenRefusals = 0 } = switches;
  const tokenLife = createTokenLife({ lifetimeMs: tokenLifetimeMs, refusals: tokenRefusals }, store.now, random);
  return {
    store,
    region,
    tokens: createPageTokens(randomHex(random, 32), tokenLife),
    tokenLife,
    page: pageLimits(switches),
    json: createJsonList(),
    drawEmptyPage: createEmptyPages(switches.emptyPages ?? 0, random),
    scannedBytes: switches.scannedBytes,
    includesEndTime: switches.endTime !== 'exclusive',
  };
}

async function listen(server: Server, port: number): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  try {
    await listening;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError({
      flag: '--port',
      value: String(port),
      problem: 'is in use',
      fix: 'leave it out for a free one',
    });
  }
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
