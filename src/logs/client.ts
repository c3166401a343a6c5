import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { type FinalizeRequestMiddleware, SMITHY_CONTEXT_KEY } from '@smithy/types';
import { ServiceError, textOf, UsageError } from '../errors.js';
import { isExpired, isThrottle } from '../failures.js';
import { isRegion } from '../partition.js';
import { createAgents } from './agents.js';
import { createRenewableCredentials } from './credentials.js';
import { createLimiter, type Limiter } from './limiter.js';
import { PageProtocol } from './page-protocol.js';
import { quotaOf } from './quotas.js';
import { notRegion } from './regions.js';
import { createRetryStrategy, maxAttemptsForeign } from './retry.js';

/** How to reach the service; whatever is left out comes from the SDK's default chain. */
export interface ClientOptions {
  readonly region?: string | undefined;
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** Another address than the region's own, such as a local endpoint. */
  readonly endpoint?: string | undefined;
  /** What the endpoint was given by, to name it where it is not the service; default: `--endpoint-url`. */
  readonly endpointFlag?: string | undefined;
  readonly credentials?: CloudWatchLogsClientConfig['credentials'];
  /** Requests a second, for each operation; default: a share of the region's known quota. */
  readonly ratePerSecond?: number | undefined;
  /** What it is for; default: to fetch. */
  readonly use?: ClientUse | undefined;
  /** Certificate authorities to trust beside the usual ones, in PEM. */
  readonly certificateAuthorities?: string | undefined;
  /** Asked for the code of an MFA device, by its serial number, where a profile assumes a role that wants one. */
  readonly mfaCode?: ((serial: string) => Promise<string>) | undefined;
  /** Told about every attempt, also those that are retried. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
  /** When an outage is tried on no longer, on the clock of performance.now(); default: when all attempts are made. */
  readonly outageEndMs?: (() => number | undefined) | undefined;
}

/**
 * - `fetch`: reads much at once, and a request that fails for good costs what was read.
 * - `tail`: reads a little for ever beside all others, and goes on by itself after a failure: it wants to hear of it.
 * - `write`: as `tail`, for what is put: it is held until the service can be reached again.
 */
type ClientUse = 'fetch' | 'tail' | 'write';

/** One request on the wire. */
export interface Attempt {
  readonly operation: string;
  readonly region: string;
  readonly durationMs: number;
  /** What the service's clock showed, in milliseconds since the epoch, to the second. */
  readonly dateMs?: number | undefined;
  /** What the attempt failed with. */
  readonly error?: unknown;
}

interface Manner {
  /** The share of a region's quota that one client uses: others in the account read logs too. */
  readonly quotaShare: number;
  readonly attempts: number;
  /** A connection on which nothing moves for so long is taken for dead and the request tried again. */
  readonly idleSocketTimeoutMs: number;
}

const manners: Readonly<Record<ClientUse, Manner>> = {
  fetch: { quotaShare: 0.85, attempts: 10, idleSocketTimeoutMs: 30_000 },
  tail: { quotaShare: 0.5, attempts: 3, idleSocketTimeoutMs: 10_000 },
  // A put that is taken for dead too early is stored twice.
  write: { quotaShare: 0.85, attempts: 3, idleSocketTimeoutMs: 30_000 },
};
const connectionTimeoutMs = 10_000;

/** How many requests of an operation a client with these options sends a second; undefined where it has to find out. */
export function startRate(
  { ratePerSecond, endpoint, use = 'fetch' }: ClientOptions,
  operation: string,
  region: string,
): number | undefined {
  if (ratePerSecond !== undefined || endpoint !== undefined) return ratePerSecond;
  const quota = quotaOf(operation, region);
  return quota === undefined ? undefined : quota * manners[use].quotaShare;
}

/** A client and the region it reads. */
export interface Connection {
  readonly client: CloudWatchLogsClient;
  readonly region: string;
}

/** Makes a client and finds out its region; fails where none is set. */
export async function connect(options: ClientOptions): Promise<Connection> {
  const client = createClient(options);
  try {
    const region = await client.config.region();
    // Whoever gave a region answers for it; what a profile has is seen here first.
    if (options.region === undefined && !isRegion(region)) throw notRegion(region, options.profile);
    return { client, region };
  } catch (cause) {
    client.destroy();
    if (cause instanceof UsageError) throw cause;
    const [, refused] = /^Region not accepted: region="(.*)" is not/s.exec(textOf(cause)) ?? [];
    if (refused !== undefined) throw notRegion(refused, options.profile);
    throw new ServiceError({ operation: 'connecting', cause, profile: options.profile });
  }
}

/**
 * Makes a client with the retry strategy, the limiter and the short way for pages. It goes through the proxy that
 * `HTTPS_PROXY` names, unless `NO_PROXY` excepts the host.
 */
export function createClient(options: ClientOptions): CloudWatchLogsClient {
  const { region, profile, endpoint, use = 'fetch' } = options;
  const { attempts, idleSocketTimeoutMs } = manners[use];
  const address = endpoint ?? `https://logs.${region ?? 'us-east-1'}.amazonaws.com`;
  const requestHandler = {
    connectionTimeout: connectionTimeoutMs,
    socketTimeout: idleSocketTimeoutMs,
    ...createAgents(address, options.certificateAuthorities),
  };
  const login = { profile, logger: silence, requestHandler, mfaCode: options.mfaCode };
  const renewable = options.credentials === undefined ? createRenewableCredentials(login) : undefined;
  const credentials = options.credentials ?? renewable?.provide;
  const stopped = new AbortController();
  const retryStrategy = createRetryStrategy({
    signal: stopped.signal,
    attempts,
    outageEndMs: options.outageEndMs,
    ...(endpoint === undefined ? {} : { foreignAttempts: maxAttemptsForeign }),
  });
  const client = new CloudWatchLogsClient({
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
    // A host prefix (`stream-`) and the FIPS and dual-stack host names belong to AWS's own addresses.
    ...(endpoint === undefined
      ? {}
      : { endpoint, disableHostPrefix: true, useFipsEndpoint: false, useDualstackEndpoint: false }),
    protocol: PageProtocol,
    // What it has to say comes as an error; its warnings run to eight lines and name no option of ours.
    logger: silence,
    retryStrategy,
    requestHandler,
  });
  // It copies every output for a log that nobody keeps: a fifth of the throughput.
  client.middlewareStack.remove('loggerMiddleware');
  // The SDK does not know of what its retry strategy waits for: nothing may keep the process once the client is done.
  const destroy = client.destroy.bind(client);
  client.destroy = () => {
    stopped.abort();
    destroy();
  };
  wrapErrors(client, options);
  limitAttempts(client, options, () => renewable?.renew());
  return client;
}

const nothing = (): void => {};
const silence = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function wrapErrors(client: CloudWatchLogsClient, { profile, endpoint: url, endpointFlag }: ClientOptions): void {
  const endpoint = url === undefined ? undefined : { url, flag: endpointFlag ?? '--endpoint-url' };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const signal = context[SMITHY_CONTEXT_KEY]?.abortSignal;
      try {
        return await endedBy(next(args), signal instanceof AbortSignal ? signal : undefined);
      } catch (cause) {
        const region = await client.config.region().catch(() => undefined);
        throw new ServiceError({
          operation: operationOf(context.commandName),
          cause,
          region,
          profile,
          logGroup: logGroupOf(args.input),
          endpoint,
        });
      }
    },
    { step: 'initialize', priority: 'high', name: 'serviceErrorMiddleware' },
  );
}

/** The SDK looks for credentials without heeding the signal: that may take for ever. */
async function endedBy<Answer>(answer: Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
  if (signal === undefined) return answer;
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function limitAttempts(client: CloudWatchLogsClient, options: ClientOptions, onExpired: () => void): void {
  const { onAttempt } = options;
  let limiter: Limiter | undefined;
  const middleware: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> =
    (next, context) => async (args) => {
      // Resolved once; asked again it is at hand.
      const region = await client.config.region();
      limiter ??= createLimiter({ startRate: (operation) => startRate(options, operation, region) });
      const operation = operationOf(context.commandName);
      const signal = context[SMITHY_CONTEXT_KEY]?.abortSignal;
      await limiter.take(operation, signal instanceof AbortSignal ? signal : undefined);
      const startMs = performance.now();
      try {
        const answer = await next(args);
        limiter.answered(operation);
        onAttempt?.({ operation, region, durationMs: performance.now() - startMs, dateMs: dateOf(answer.response) });
        return answer;
      } catch (error) {
        if (isThrottle(error)) limiter.throttled(operation);
        if (isExpired(error)) onExpired();
        onAttempt?.({ operation, region, durationMs: performance.now() - startMs, error });
        throw error;
      }
    };
  // Inside the retry loop and before signing: every attempt takes its turn, and no signature grows old waiting.
  client.middlewareStack.addRelativeTo(middleware, {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'limiterMiddleware',
  });
}

function dateOf(response: unknown): number | undefined {
  const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {};
  const date = typeof headers === 'object' && headers !== null && 'date' in headers ? headers.date : undefined;
  const dateMs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : dateMs;
}

function operationOf(commandName: string | undefined): string {
  return (commandName ?? 'request').replace(/Command$/, '');
}

function logGroupOf(input: object): string | undefined {
  const named = 'logGroupName' in input ? input.logGroupName : undefined;
  const identified = 'logGroupIdentifier' in input ? input.logGroupIdentifier : undefined;
  const logGroup = named ?? identified;
  return typeof logGroup === 'string' ? logGroup : undefined;
}
