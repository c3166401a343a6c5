import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { createServiceClock } from '../../../src/logs/tail/clock.js';
import type { WriterNews } from '../../../src/logs/write/news.js';
import { createWriter, type WriterOptions } from '../../../src/logs/write/writer.js';
import { type EndpointOptions, type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';

const ended: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** A writer on an endpoint of its own, and the lines that have arrived there. */
async function open(options: Partial<WriterOptions> = {}, endpointOptions: EndpointOptions = {}) {
  const endpoint: LocalEndpoint = await startEndpoint(endpointOptions);
  const client = createClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    use: 'write',
  });
  ended.push(
    () => client.destroy(),
    () => endpoint.close(),
  );
  const news: WriterNews[] = [];
  const clock = createServiceClock(endpointOptions.now);
  const onNews = (each: WriterNews): void => void news.push(each);
  const writer = createWriter(client, { logGroup: '/app', logStream: 's', clock, onNews, ...options });
  const lines = (logGroup = '/app') =>
    endpoint.store
      .group(logGroup)
      .timeline.events()
      .map(({ message }) => message);
  return { writer, endpoint, lines, news, kinds: () => news.map(({ kind }) => kind) };
}

test('what is written arrives in a group and stream that did not exist', async () => {
  const { writer, lines, kinds } = await open({ createGroup: true });
  writer.write({ timestamp: Date.now(), message: 'one' });
  writer.write({ timestamp: Date.now(), message: 'two' });
  expect(await writer.close()).toMatchObject({ delivered: 2, undelivered: 0, possiblyTwice: 0 });
  expect(lines()).toEqual(['one', 'two']);
  expect(kinds()).toEqual(['begin', 'group-created']);
});
