import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../../src/logs/client.js';
import { type TailOptions, tailEvents } from '../../../src/logs/tail/tail-events.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import type { LiveTailSettings, SessionEnding } from '../../../src/server/live-tail.js';

// Updates come every second, and polling behind them every ten.
vi.setConfig({ testTimeout: 40_000 });

const count = 400;
const endpoints: LocalEndpoint[] = [];
afterAll(() => Promise.all(endpoints.map((endpoint) => endpoint.close())));

describe.concurrent('nothing is lost or repeated by Live Tail', () => {
  test.each<[string, LiveTailSettings]>([
    ...(['timeout', 'exception', 'cut', 'silence'] satisfies SessionEnding[]).map(
      (ending): [string, LiveTailSettings] => [
        `whose sessions end soon by ${ending}`,
        { sessionMs: [900, 2_500], ending },
      ],
    ),
    ['that drops updates without a word', { droppedUpdates: 0.4 }],
    ['that is refused', { refusal: 'InvalidOperationException' }],
  ])('%s', async (_, liveTail) => {
    const endpoint = await startEndpoint({
      switches: { liveTail, visibility: { delayMs: [0, 400], late: { share: 0.2, delayMs: [400, 4_000] } } },
    });
    endpoints.push(endpoint);
    for (const group of ['/a', '/b']) endpoint.store.createGroup(group);
    expect((await follow(endpoint)).toSorted(byNumber)).toEqual(Array.from({ length: count }, (_, index) => index));
  });
});

async function follow(endpoint: LocalEndpoint): Promise<number[]> {
  const stop = new AbortController();
  const options: TailOptions = { live: true, signal: stop.signal, graceMs: 20_000 };
  const client = createClient({
    region: 'us-east-1',
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    use: 'tail',
  });
  const seen: number[] = [];
  const writing = write(endpoint);
  try {
    for await (const { message } of tailEvents(client, { logGroups: ['/a', '/b'] }, options)) {
      seen.push(Number(message));
      if (seen.length === count) void polledOnceMore(endpoint).then(() => stop.abort());
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    client.destroy();
  }
  await writing;
  return seen;
}

/** What would be repeated comes with the next sweeps: of both groups, and one that was under way. */
function polledOnceMore(endpoint: LocalEndpoint): Promise<void> {
  const polls = (): number => endpoint.requests.get('FilterLogEvents') ?? 0;
  const before = polls();
  return vi.waitFor(() => expect(polls()).toBeGreaterThanOrEqual(before + 5), { timeout: 30_000, interval: 100 });
}

async function write(endpoint: LocalEndpoint): Promise<void> {
  await vi.waitFor(() => expect(endpoint.requests.has('StartLiveTail')).toBe(true), { timeout: 30_000, interval: 20 });
  for (let index = 0; index < count; index += 4) {
    for (const [at, group] of ['/a', '/b', '/a', '/b'].entries()) {
      endpoint.store.seedEvents(group, 's', [{ timestamp: Date.now(), message: String(index + at) }]);
    }
    await sleep(60);
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
