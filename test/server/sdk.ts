import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { onTestFinished } from 'vitest';
import { type EndpointOptions, type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';

/** Friday noon: what every test takes for now unless it moves the clock. */
export const nowMs = Date.UTC(2026, 10, 20, 12);

/** Starts an endpoint and a client of it, which both end with the test. */
export async function startPair(
  options: EndpointOptions = {},
): Promise<{ endpoint: LocalEndpoint; client: CloudWatchLogsClient }> {
  const endpoint = await startEndpoint({ now: () => nowMs, ...options });
  const client = new CloudWatchLogsClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    disableHostPrefix: true,
  });
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  return { endpoint, client };
}

/** What a promise fails with, as `name: message`. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return String(error);
  }
  return 'no failure';
}
