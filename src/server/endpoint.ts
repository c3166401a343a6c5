import { createServer, type IncomingMessage } from 'node:http';
import { type Answer, sendAnswer, toAnswer, toRefusal } from './answer.js';
import { type Clock, machineClock } from './clock.js';
import { createEmptyPages } from './empty-pages.js';
import { createExportTasks } from './export-tasks.js';
import { createFaults, type FaultKind } from './faults.js';
import { operationOf, readInput, requireLoopback } from './http-request.js';
import { createInsights } from './insights/queries.js';
import { createJsonList } from './json-list.js';
import { listen, stopListening } from './listener.js';
import { createLiveTail } from './live-tail.js';
import { createLogStore, type LogStore } from './log-store.js';
import { operations } from './operations.js';
import { type OutageKind, toOutageAnswer } from './outage.js';
import { createPageTokens } from './page-token.js';
import { createRandom, drawFrom, hashText, type Random, randomHex, randomUuid } from './random.js';
import type { Service } from './service.js';
import { type EndpointSwitches, pageLimits } from './switches.js';
import { createThrottle } from './throttle.js';
import { createTokenLife } from './token-life.js';
import { createVisibility } from './visibility.js';

/** How a local endpoint is to be; its clock is the machine's where nothing else is given. */
export interface EndpointOptions extends Partial<Clock> {
  /** Default: a free one. */
  readonly port?: number;
  /** The region in ARNs; default `us-east-1`. */
  readonly region?: string;
  readonly switches?: EndpointSwitches;
}

/** A running endpoint. */
export interface LocalEndpoint {
  /** Where it listens: `http://127.0.0.1:4588`. */
  readonly url: string;
  /** Its log groups, to be filled and watched without requests. */
  readonly store: LogStore;
  readonly clock: Clock;
  /** How often each operation was asked for, refused requests included. */
  readonly requests: ReadonlyMap<string, number>;
  /** How often a request failed in each of the ways that were asked for. */
  readonly faults: ReadonlyMap<FaultKind, number>;
  /**
   * Lets every request fail from now on, until the outage ends; resolves once it has begun. Where connections are reset
   * or refused, those that are open break; where they hang, sessions of Live Tail fall silent, for good.
   */
  beginOutage(kind: OutageKind): Promise<void>;
  endOutage(): Promise<void>;
  /** Stops listening and ends what is still being answered. */
  close(): Promise<void>;
}

/**
 * Starts an in-memory CloudWatch Logs on this machine's loopback address. It speaks AWS JSON 1.1, so that every AWS
 * SDK and the AWS CLI can talk to it; credentials may be anything, signatures are not checked.
 *
 * A request goes through: where it comes from, which operation it names, an outage, the operation's quota, the latency
 * and the faults that were asked for, then the operation itself, which answers from the store or throws a wire error.
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<LocalEndpoint> {
  const { port = 0, region = 'us-east-1', switches = {}, ...given } = options;
  const clock: Clock = { ...machineClock, ...given };
  const seed = switches.seed ?? Math.floor(Math.random() * 2 ** 32);
  const random = createRandom(seed);
  const service = createService(clock, region, { ...switches, seed }, random);
  const throttle = createThrottle(switches, clock.now);
  const faults = createFaults(switches.faults ?? { share: 0 }, random);
  const requests = new Map<string, number>();
  let outage: OutageKind | undefined;

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    requireLoopback(request);
    const operation = operationOf(request);
    requests.set(operation, (requests.get(operation) ?? 0) + 1);
    if (outage !== undefined) return toOutageAnswer(outage, operation);
    throttle(operation);
    const input = await readInput(request);
    const latencyMs = drawFrom(random, switches.latencyMs ?? 0);
    if (latencyMs > 0) await new Promise<void>((resolve) => clock.after(latencyMs, resolve));
    return faults.impose(operation, () => toAnswer(() => operations[operation](service, input)));
  };

  const server = createServer((request, response) => {
    response.setHeader('x-amzn-requestid', randomUuid(random));
    // Node would set it to the machine's time, and clients set their clocks by it.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    void answer(request)
      .catch(toRefusal)
      .then((reply) => sendAnswer(response, reply));
  });
  const url = await listen(server, port);
  const endOutage = async () => {
    outage = undefined;
    if (!server.listening) await listen(server, Number(new URL(url).port));
  };
  return {
    url,
    store: service.store,
    clock,
    requests,
    faults: faults.counts,
    async beginOutage(kind) {
      await endOutage();
      outage = kind;
      if (kind === 'hang') for (const session of service.liveTail.sessions) session.silence();
      if (kind === 'reset') server.closeAllConnections();
      if (kind === 'refuse') await stopListening(server);
    },
    endOutage,
    close: () => stopListening(server),
  };
}

function createService(clock: Clock, region: string, switches: EndpointSwitches, random: Random): Service {
  const { tokenLifetimeMs, tokenRefusals = 0, seed = 0 } = switches;
  const tokenLife = createTokenLife({ lifetimeMs: tokenLifetimeMs, refusals: tokenRefusals }, clock.now, random);
  // What happens between requests must not change how they fare.
  const ownRandom = (subject: string) => createRandom(hashText(`${seed} ${subject}`));
  return {
    store: createLogStore(clock.now, createVisibility(clock.now, switches.visibility, ownRandom('visibility'))),
    clock,
    region,
    tokens: createPageTokens(randomHex(random, 32), tokenLife),
    tokenLife,
    page: pageLimits(switches),
    json: createJsonList(),
    drawEmptyPage: createEmptyPages(switches.emptyPages ?? 0, random),
    scannedBytes: switches.scannedBytes,
    includesEndTime: switches.endTime !== 'exclusive',
    liveTail: createLiveTail(switches.liveTail ?? {}, ownRandom('live tail')),
    insights: createInsights(switches.insights ?? {}, ownRandom('queries'), clock.now),
    exports: createExportTasks(switches.exports ?? {}, clock.now, ownRandom('exports')),
  };
}
