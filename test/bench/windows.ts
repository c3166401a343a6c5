import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Run, runNode } from './measure.js';
import type { Row } from './run.js';

const latencyMs = [150, 250];
const events = 400_000;

/** One download from an endpoint with these switches. */
interface Trial {
  readonly what: string;
  readonly layout: 'uniform' | 'late' | 'gap';
  readonly ratePerSecond: number;
  readonly flags: readonly string[];
  readonly switches?: object;
  /** Most time, as a multiple of what the quota alone dictates. */
  readonly limit: number;
}

const trials: readonly Trial[] = [
  { what: 'uniform, --rate 25', layout: 'uniform', ratePerSecond: 25, flags: ['--rate', '25'], limit: 1.2 },
  { what: 'uniform, --rate 10', layout: 'uniform', ratePerSecond: 10, flags: ['--rate', '10'], limit: 1.2 },
  { what: 'uniform, learning 25 from throttles', layout: 'uniform', ratePerSecond: 25, flags: [], limit: 1.5 },
  { what: '90 % in the last 2 %, --rate 25', layout: 'late', ratePerSecond: 25, flags: ['--rate', '25'], limit: 1.6 },
  { what: '99 % of the range empty, --rate 25', layout: 'gap', ratePerSecond: 25, flags: ['--rate', '25'], limit: 1.6 },
  {
    what: 'filter matching 1 in 10,000, --rate 25',
    layout: 'uniform',
    ratePerSecond: 25,
    flags: ['--rate', '25', '--filter', 'needle'],
    switches: { scannedBytes: 512 * 1024 },
    limit: 1.4,
  },
];

/** Downloads that the quota and the latency govern, against the time that the quota alone dictates. */
export async function* windows(bin: string): AsyncGenerator<Row> {
  for (const trial of trials) {
    const plain = await download(bin, trial, {}, ['--concurrency', '1']);
    const switches = { latencyMs, requestsPerSecond: trial.ratePerSecond };
    const windowed = await download(bin, trial, switches, trial.flags);
    const needed = trial.flags.includes('--filter') ? plain.requests : plain.dataPages;
    const quotaMs = (needed / trial.ratePerSecond) * 1_000;
    const factor = windowed.wallMs / quotaMs;
    const requests = windowed.requests / plain.requests;
    yield [
      `windows: ${trial.what}`,
      `${(windowed.wallMs / 1_000).toFixed(1)} s`,
      `${factor.toFixed(2)} × quota (${(quotaMs / 1_000).toFixed(1)} s, ${needed} requests)`,
      `≤ ${trial.limit} · ${requests.toFixed(2)} × the requests, ≤ 1.35 · ${windowed.maxRssMb.toFixed(0)} MB, ≤ 320`,
    ];
  }
  yield await memoryOfMany(bin);
  yield await memoryOfSlowReader(bin);
}

const manyEvents = 2_000_000;

async function memoryOfMany(bin: string): Promise<Row> {
  const trial: Trial = { what: 'many', layout: 'uniform', ratePerSecond: 100, flags: ['--rate', '100'], limit: 0 };
  const run = await download(bin, trial, { latencyMs: 50 }, trial.flags, manyEvents);
  return ['windows: 2,000,000 events, peak memory', `${run.maxRssMb.toFixed(0)} MB`, '50 ms a request', '≤ 320 MB'];
}

const slowBytesPerSecond = 1_000_000;
const slowSeconds = 15;

/** A reader that takes a megabyte a second, for a while; then the run is interrupted. */
async function memoryOfSlowReader(bin: string): Promise<Row> {
  const setting = { layout: 'uniform', events, switches: { latencyMs: 50 } };
  const server = fork(endpointServer, [JSON.stringify(setting)]);
  try {
    const [{ url }] = await once(server, 'message');
    const run = await runNode([bin, 'fetch', '/bench', ...range, '--endpoint-url', url], {
      env,
      slowBytesPerSecond,
      interruptAfterMs: slowSeconds * 1_000,
    });
    const peak = `${run.maxRssMb.toFixed(0)} MB`;
    return ['windows: a reader of 1 MB/s, peak memory', peak, `after ${slowSeconds} s`, '≤ 320 MB'];
  } finally {
    server.kill();
  }
}

const endpointServer = fileURLToPath(new URL('./endpoint-server.js', import.meta.url));
const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
const range = ['--on', '2026-10-01', '--utc'];

interface Download extends Run {
  readonly requests: number;
  readonly dataPages: number;
}

async function download(
  bin: string,
  trial: Trial,
  switches: object,
  flags: readonly string[],
  count = events,
): Promise<Download> {
  const setting = { layout: trial.layout, events: count, switches: { ...trial.switches, ...switches } };
  const server = fork(endpointServer, [JSON.stringify(setting)]);
  try {
    const [{ url }] = await once(server, 'message');
    const filter = trial.flags.includes('--filter') && !flags.includes('--filter') ? ['--filter', 'needle'] : [];
    const args = [bin, 'fetch', '/bench', ...range, '--endpoint-url', url, '--stats', '--format', 'json'];
    const run = await runNode([...args, ...flags, ...filter], { env });
    const stats = JSON.parse(/\{.*\}/.exec(run.stderr)?.[0] ?? '{}');
    if (stats.events !== (trial.flags.includes('--filter') ? count / 10_000 : count)) {
      throw new Error(`${trial.what}: ${stats.events} events arrived`);
    }
    return { ...run, requests: stats.requests, dataPages: stats.pages - stats.emptyPages };
  } finally {
    server.kill();
  }
}
