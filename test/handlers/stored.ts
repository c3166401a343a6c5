import { createClient } from '../../src/logs/client.js';
import { fetchEvents } from '../../src/logs/read/fetch-events.js';
import type { LocalEndpoint } from '../../src/server/endpoint.js';

/** The messages that an endpoint holds of a group, in order. */
export async function messagesOf({ url }: LocalEndpoint, logGroup: string): Promise<string[]> {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = createClient({ region: 'us-east-1', endpoint: url, credentials });
  const messages: string[] = [];
  for await (const { message } of fetchEvents(client, { logGroups: [logGroup], endMs: Date.now() + 60_000 })) {
    messages.push(message);
  }
  client.destroy();
  return messages;
}
