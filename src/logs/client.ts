import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { type FinalizeRequestMiddleware, SMITHY_CONTEXT_KEY } from '@smithy/types';
import { isThrottle, ServiceError } from '../errors.js';
import { createLimiter, type Limiter } from './limiter.js';
import { PageProtocol } from './page-protocol.js';
import { quotaOf } from './quotas.js';
import { createRetryStrategy } from './retry.js';

/** How to reach the service; whatever is left out comes from the SDK's default chain. */
export interface ClientOptions {
  readonly region?: string | undefined;
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** Another address than the region's own, such as a local endpoint. */
  readonly endpoint?: string | undefined;
  readonly credentials?: CloudWatchLogsClientConfig['credentials'];
  /** Requests a second, for each operation; default: a share of the region's known quota. */
  readonly ratePerSecond?: number | undefined;
  /** Told about every attempt, also those that are retried. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** One request on the wire. */
export interface Attempt {
  readonly operation: string;
  readonly durationMs: number;
  /** What the attempt failed with. */
  readonly error?: unknown;
}

/** The share of a region's quota that one client uses: others in the account read logs too. */
const quotaShare = 0.85;
const connectionTimeoutMs = 10_000;
/** A connection on which nothing moves for so long is taken for dead and the request tried again. */
const idleSocketTimeoutMs = 30_000;

/** A client and the region it reads. */
export interface Connection {
  readonly client: CloudWatchLogsClient;
  readonly region: string;
}

/** Makes a client and finds out its region; fails where none is set. */
export async function connect(options: ClientOptions): Promise<Connection> {
  const client = createClient(options);
  try {
    return { client, region: await client.config.region() };
  } catch (cause) {
    client.destroy();
    throw new ServiceError({ operation: 'connecting', cause, profile: options.profile });
  }
}

/** Makes a client with the retry strategy, the limiter and the short way for pages. */
export function createClient(options: ClientOptions): CloudWatchLogsClient {
  const { region, profile, endpoint, credentials } = options;
  const stopped = new AbortController();
  const retryStrategy = createRetryStrategy({ signal: stopped.signal });
  const client = new CloudWatchLogsClient({
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
    // A host prefix (`stream-`) and the FIPS and dual-stack host names belong to AWS's own addresses.
    ...(endpoint === undefined
      ? {}
      : { endpoint, disableHostPrefix: true, useFipsEndpoint: false, useDualstackEndpoint: false }),
    protocol: PageProtocol,
    retryStrategy,
    requestHandler: { connectionTimeout: connectionTimeoutMs, socketTimeout: idleSocketTimeoutMs },
  });
  // It copies every output for a log that nobody keeps: a fifth of the throughput.
  client.middlewareStack.remove('loggerMiddleware');
  // The SDK does not know of what its retry strategy waits for: nothing may keep the process once the client is done.
  const destroy = client.destroy.bind(client);
  client.destroy = () => {
    stopped.abort();
    destroy();
  };
  wrapErrors(client, profile);
  limitAttempts(client, options);
  return client;
}

function wrapErrors(client: CloudWatchLogsClient, profile: string | undefined): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (cause) {
        const region = await client.config.region().catch(() => undefined);
        throw new ServiceError({
          operation: operationOf(context.commandName),
          cause,
          region,
          profile,
          logGroup: logGroupOf(args.input),
        });
      }
    },
    { step: 'initialize', priority: 'high', name: 'serviceErrorMiddleware' },
  );
}

function limitAttempts(client: CloudWatchLogsClient, { ratePerSecond, endpoint, onAttempt }: ClientOptions): void {
  let limiter: Limiter | undefined;
  const middleware: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> =
    (next, context) => async (args) => {
      if (limiter === undefined) {
        const region = await client.config.region();
        limiter ??= createLimiter({
          startRate: (operation) =>
            ratePerSecond ?? (endpoint === undefined ? shareOf(quotaOf(operation, region)) : undefined),
        });
      }
      const operation = operationOf(context.commandName);
      const signal = context[SMITHY_CONTEXT_KEY]?.abortSignal;
      await limiter.take(operation, signal instanceof AbortSignal ? signal : undefined);
      const startMs = performance.now();
      try {
        const answer = await next(args);
        limiter.answered(operation);
        onAttempt?.({ operation, durationMs: performance.now() - startMs });
        return answer;
      } catch (error) {
        if (isThrottle(error)) limiter.throttled(operation);
        onAttempt?.({ operation, durationMs: performance.now() - startMs, error });
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

function shareOf(quota: number | undefined): number | undefined {
  return quota === undefined ? undefined : quota * quotaShare;
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
