import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import type { EndpointSwitches } from '../../src/server/switches.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

// Failures are waited out for real, if only for fractions of seconds.
vi.setConfig({ testTimeout: 60_000 });

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const hourMs = 3_600_000;
let endpoint: LocalEndpoint | undefined;
let truth: string;

beforeEach(() => {
  endpoint = undefined;
});
afterEach(() => endpoint?.close());

test.each<[string, EndpointSwitches]>([
  ['one request in ten failing in every way', { faults: { share: 0.1 }, latencyMs: 2 }],
  ['two requests in five failing in every way', { faults: { share: 0.4 }, latencyMs: 2 }],
  ['tokens refused now and then', { tokenRefusals: 0.2, latencyMs: 30 }],
  ['empty pages in between', { emptyPages: 0.3, latencyMs: 30 }],
  ['an end that is exclusive', { endTime: 'exclusive', latencyMs: 30 }],
  ['few bytes scanned a request', { scannedBytes: 20_000, latencyMs: 30 }],
  [
    'all of it at once',
    { faults: { share: 0.1 }, tokenRefusals: 0.1, emptyPages: 0.2, scannedBytes: 30_000, latencyMs: 30 },
  ],
])('%s leaves the output as it is without', async (_, switches) => {
  await start({ ...switches, pageEvents: 400, seed: 7 });
  const io = newIo();
  expect(await fetch(io)).toBe(0);
  expect(io.stdout.text() === truth).toBe(true);
});

test('a filter that matches rarely finds everything through runs of empty pages', async () => {
  await start({ scannedBytes: 5_000, latencyMs: 30, seed: 7 });
  const io = newIo();
  expect(await fetch(io, '--filter', 'needle')).toBe(0);
  const needles = truth.split('\n').filter((line) => line.includes('needle'));
  expect(io.stdout.text()).toBe(`${needles.join('\n')}\n`);
});

test('one huge group among fifty small ones is merged with them', async () => {
  await start({ pageEvents: 100, latencyMs: 30 });
  for (let group = 0; group < 50; group++) {
    endpoint?.store.createGroup(`/small/${group}`);
    endpoint?.store.seedEvents(`/small/${group}`, 's', [
      { timestamp: nowMs - hourMs / 2 + group, message: `small ${group}` },
    ]);
  }
  const io = newIo();
  const small = Array.from({ length: 50 }, (_, group) => `/small/${group}`);
  expect(await main(['fetch', '/huge', ...small, '--start', '1h'], io)).toBe(0);
  const lines = io.stdout.text().split('\n').slice(0, -1);
  expect(lines.filter((line) => line.startsWith('small'))).toEqual(small.map((_, group) => `small ${group}`));
  expect(lines.filter((line) => !line.startsWith('small')).join('\n')).toBe(truth.trimEnd());
});

test('a service that goes on failing is given up, said and not taken for the end', async () => {
  await start({ faults: { share: 1, kinds: ['reset'] } });
  const io = newIo();
  expect(await fetch(io)).toBe(1);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toMatch(/^cwlogs: cannot reach CloudWatch Logs in us-east-1 [^\n]+\n$/);
});

async function start(switches: EndpointSwitches): Promise<void> {
  endpoint = await startEndpoint({ now: () => nowMs, switches });
  endpoint.store.createGroup('/huge');
  const messages: { timestamp: number; message: string }[] = [];
  let timestamp = nowMs - hourMs + 1;
  for (let index = 0; index < 12_000; index++) {
    // Bursts, some of them longer than a page, and gaps.
    timestamp += index % 1_500 === 0 ? 60_000 : index % 1_500 < 900 ? 0 : 40;
    messages.push({ timestamp, message: `${index}${index % 3_000 === 77 ? ' needle' : ''} ${'x'.repeat(index % 90)}` });
  }
  endpoint.store.seedEvents('/huge', 's', messages);
  truth = messages.map(({ message }) => `${message}\n`).join('');
}

function fetch(io: MemoryIo, ...flags: string[]): Promise<number> {
  return main(['fetch', '/huge', '--start', '1h', ...flags], io);
}

function newIo(): MemoryIo {
  return memoryIo({ env: endpointEnv(endpoint), nowMs });
}
